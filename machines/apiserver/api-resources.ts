import type { JsonSchema, ScalePaths } from "../api/extension-objects.ts";

/** Where and how the API server keeps the objects of one kind; pkg/registry. */
export interface ApiResource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The word in paths, `replicasets`. */
  readonly resource: string;
  readonly isNamespaced: boolean;
  readonly subresources: readonly string[];
  /** A change of what makes another generation; undefined where there is none. */
  readonly generation: Generation | undefined;
  /** A PUT without resourceVersion is the last word. AllowUnconditionalUpdate */
  readonly isUnconditional: boolean;
  /** A PUT makes what is not there. AllowCreateOnUpdate */
  readonly createsOnUpdate: boolean;
  /** What becomes of the dependents unless a request says; DefaultGarbageCollectionPolicy. */
  readonly dependents: "delete" | "orphan" | "unsupported";
  /** Of kinds that are not Kubernetes' own. */
  readonly custom?: CustomKind;
}

/** What the API server knows of the objects of a kind that it does not have itself. */
export interface CustomKind {
  /** Undefined of a kind that is only kept. */
  readonly schema?: JsonSchema;
  readonly scale?: ScalePaths;
  readonly shortNames: readonly string[];
  /** Its definition is being deleted: nothing of the kind is created any more. */
  readonly isTerminating?: boolean;
}

/** `once`: the first stays; `content`: everything but metadata. */
export type Generation = "once" | "spec" | "spec and annotations" | "content";

/** The resource of a kind that Kubernetes itself has. */
export function resourceOfKind(kind: string): ApiResource | undefined {
  return byKind.get(kind);
}

/** The resource that a path names. */
export function findResource(
  group: string,
  version: string,
  resource: string,
): ApiResource | undefined {
  return byPath.get(`${group}/${version}/${resource}`);
}

/** The resource of a kind that somebody has defined, or that is only kept. */
export function opaqueResource(apiVersion: string, kind: string, isNamespaced = true): ApiResource {
  const slash = apiVersion.indexOf("/");
  const group = slash < 0 ? "" : apiVersion.slice(0, slash);
  return {
    group,
    version: apiVersion.slice(slash + 1),
    kind,
    resource: pluralOf(kind),
    isNamespaced,
    subresources: ["status", "scale"],
    generation: "content",
    isUnconditional: false,
    createsOnUpdate: false,
    dependents: "delete",
    custom: { shortNames: [] },
  };
}

/** apimachinery/pkg/api/meta UnsafeGuessKindToResource */
export function pluralOf(kind: string): string {
  const word = kind.toLowerCase();
  if (word === "endpoints") return word;
  if (word.endsWith("s")) return `${word}es`;
  return word.endsWith("y") ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/**
 * apiVersion, kind, scope (N or C), how generation counts, and what else there is: `!` a PUT needs
 * a resourceVersion, `+` a PUT creates, then subresources.
 */
const table = `
v1 Pod N spec status binding eviction resize ephemeralcontainers log exec attach
v1 Node C - status
v1 Namespace C - status finalize
v1 ConfigMap N -
v1 Secret N -
v1 ServiceAccount N - token
v1 Service N - + status
v1 Endpoints N - +
v1 Event N - +
v1 PersistentVolume C - status
v1 PersistentVolumeClaim N - status
v1 ResourceQuota N - status
v1 LimitRange N - +
v1 ReplicationController N spec status scale
apps/v1 ReplicaSet N spec status scale
apps/v1 Deployment N spec-and-annotations status scale
apps/v1 StatefulSet N spec status scale
apps/v1 DaemonSet N spec status
apps/v1 ControllerRevision N -
batch/v1 Job N spec status
batch/v1 CronJob N spec status
autoscaling/v2 HorizontalPodAutoscaler N - status
policy/v1 PodDisruptionBudget N spec ! status
discovery.k8s.io/v1 EndpointSlice N content
networking.k8s.io/v1 NetworkPolicy N spec
coordination.k8s.io/v1 Lease N - ! +
storage.k8s.io/v1 StorageClass C -
storage.k8s.io/v1 CSINode C - !
scheduling.k8s.io/v1 PriorityClass C once
node.k8s.io/v1 RuntimeClass C - ! +
rbac.authorization.k8s.io/v1 Role N - +
rbac.authorization.k8s.io/v1 RoleBinding N - +
rbac.authorization.k8s.io/v1 ClusterRole C - +
rbac.authorization.k8s.io/v1 ClusterRoleBinding C - +
apiextensions.k8s.io/v1 CustomResourceDefinition C spec ! status
admissionregistration.k8s.io/v1 MutatingWebhookConfiguration C content !
admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration C content !
`;

/** Old kinds let go of their dependents, and nothing depends on an Event. */
const dependentsOf: Readonly<Record<string, ApiResource["dependents"]>> = {
  Job: "orphan",
  ReplicationController: "orphan",
  Event: "unsupported",
};

const generations: Readonly<Record<string, Generation>> = {
  once: "once",
  spec: "spec",
  "spec-and-annotations": "spec and annotations",
  content: "content",
};

/** Every kind that Kubernetes has here. */
export const apiResources: readonly ApiResource[] = table.trim().split("\n").map(parsed);

function parsed(line: string): ApiResource {
  const [apiVersion = "", kind = "", scope, generation = "", ...words] = line.split(" ");
  const slash = apiVersion.indexOf("/");
  return {
    group: slash < 0 ? "" : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind,
    resource: pluralOf(kind),
    isNamespaced: scope === "N",
    subresources: words.filter((word) => word.length > 1),
    generation: generations[generation],
    isUnconditional: !words.includes("!"),
    createsOnUpdate: words.includes("+"),
    dependents: dependentsOf[kind] ?? "delete",
  };
}

const byKind: ReadonlyMap<string, ApiResource> = new Map(
  apiResources.map((one) => [one.kind, one]),
);
const byPath: ReadonlyMap<string, ApiResource> = new Map(
  apiResources.map((one) => [`${one.group}/${one.version}/${one.resource}`, one]),
);
