import type { JsonSchema } from "../../../machines/api/extension-objects.ts";
import { admissionTypes } from "./admission.ts";
import { autoscalingTypes } from "./autoscaling.ts";
import { containerTypes } from "./container.ts";
import { kubeletTypes } from "./kubelet.ts";
import { metadataTypes } from "./metadata.ts";
import { networkTypes } from "./network.ts";
import { nodeTypes } from "./node.ts";
import { objectsTypes } from "./objects.ts";
import { podTypes } from "./pod.ts";
import { policyTypes } from "./policy.ts";
import { schedulerTypes } from "./scheduler.ts";
import { storageTypes } from "./storage.ts";
import type { StructTypes } from "./type.ts";
import { volumeTypes } from "./volume.ts";
import { workloadsTypes } from "./workloads.ts";

/** A kind that a manifest may hold. */
export interface ManifestKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** False for what the whole cluster shares, and for configuration files. */
  readonly isNamespaced: boolean;
  /** Of a kind that somebody defines; `{}` of one that is only kept. */
  readonly custom?: { readonly schema?: JsonSchema };
}

/** Those that a cluster lives with, and the configuration files. */
const livedKinds: readonly ManifestKind[] = [
  { apiVersion: "v1", kind: "Pod", isNamespaced: true },
  { apiVersion: "v1", kind: "Node", isNamespaced: false },
  { apiVersion: "v1", kind: "ConfigMap", isNamespaced: true },
  { apiVersion: "v1", kind: "Secret", isNamespaced: true },
  { apiVersion: "v1", kind: "PersistentVolumeClaim", isNamespaced: true },
  { apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", isNamespaced: false },
  { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", isNamespaced: false },
  { apiVersion: "apps/v1", kind: "ReplicaSet", isNamespaced: true },
  { apiVersion: "apps/v1", kind: "Deployment", isNamespaced: true },
  { apiVersion: "v1", kind: "Service", isNamespaced: true },
  {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    isNamespaced: false,
  },
  {
    apiVersion: "kubescheduler.config.k8s.io/v1",
    kind: "KubeSchedulerConfiguration",
    isNamespaced: false,
  },
];

const ofNamespaces = [
  ["v1", "Endpoints ReplicationController ServiceAccount ResourceQuota LimitRange Event"],
  ["apps/v1", "StatefulSet DaemonSet ControllerRevision"],
  ["batch/v1", "Job CronJob"],
  ["autoscaling/v2", "HorizontalPodAutoscaler"],
  ["coordination.k8s.io/v1", "Lease"],
  ["discovery.k8s.io/v1", "EndpointSlice"],
  ["networking.k8s.io/v1", "NetworkPolicy"],
  ["policy/v1", "PodDisruptionBudget"],
  ["rbac.authorization.k8s.io/v1", "Role RoleBinding"],
  ["storage.k8s.io/v1", "CSIStorageCapacity"],
] as const;
const ofClusters = [
  ["v1", "Namespace PersistentVolume"],
  ["rbac.authorization.k8s.io/v1", "ClusterRole ClusterRoleBinding"],
  ["storage.k8s.io/v1", "StorageClass CSIDriver CSINode VolumeAttachment"],
  [
    "admissionregistration.k8s.io/v1",
    "MutatingWebhookConfiguration ValidatingWebhookConfiguration",
  ],
] as const;

/** Every kind whose structure is known, in the order in which messages name it. */
export const apiKinds: readonly ManifestKind[] = [
  ...livedKinds,
  ...ofNamespaces.flatMap((group) => kindsOf(group, true)),
  ...ofClusters.flatMap((group) => kindsOf(group, false)),
];

/** What a manifest may hold: these, and definitions of others. */
export const manifestKinds: readonly ManifestKind[] = [
  ...apiKinds,
  {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    isNamespaced: false,
    custom: {},
  },
];

function kindsOf(
  [apiVersion, kinds]: readonly [string, string],
  isNamespaced: boolean,
): readonly ManifestKind[] {
  return kinds.split(" ").map((kind) => ({ apiVersion, kind, isNamespaced }));
}

/** The type of each field of a struct by its name; undefined when there is no such struct. */
export function fieldsOf(struct: string): ReadonlyMap<string, string> | undefined {
  const known = fields.get(struct);
  if (known !== undefined) return known;
  const byType = structs[struct];
  if (byType === undefined) return undefined;
  const made = new Map(
    Object.entries(byType).flatMap(([type, names]) =>
      names.split(/\s+/).map((name) => [name, type] as const),
    ),
  );
  fields.set(struct, made);
  return made;
}

/** The type without what is said about its zero value. */
export function unmarked(type: string): string {
  return type.replace(/[*!]/, "");
}

const structs: StructTypes = {
  ...metadataTypes,
  ...volumeTypes,
  ...containerTypes,
  ...podTypes,
  ...nodeTypes,
  ...objectsTypes,
  ...kubeletTypes,
  ...schedulerTypes,
  ...workloadsTypes,
  ...networkTypes,
  ...storageTypes,
  ...policyTypes,
  ...admissionTypes,
  ...autoscalingTypes,
};

/** Looked up so far: the constants above are for people, this is for machines. */
const fields = new Map<string, ReadonlyMap<string, string>>();
