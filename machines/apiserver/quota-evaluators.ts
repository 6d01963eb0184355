import type { KubeObject } from "../api/meta.ts";
import { isStored } from "../api/objects.ts";
import type { Service } from "../api/network-objects.ts";
import type { PersistentVolumeClaim } from "../api/persistent-volume-claim.ts";
import type { ScopeRequirement } from "../api/policy-objects.ts";
import { cmpQuantity, newQuantity, type Quantity, roundUpQuantity } from "../api/quantity.ts";
import { quantities, type Quantities } from "../api/resources.ts";
import { resourceOf } from "./api-status.ts";
import { isPodResource, missingResources, podUsage } from "./quota-pods.ts";
import { claimMatchesScope, isTerminating, podMatchesScope } from "./quota-scopes.ts";

/** How objects of one kind are counted; apiserver/pkg/quota/v1 Evaluator. */
export interface QuotaEvaluator {
  /** Whether a write can change what is used; `old` is undefined of a new object. */
  readonly handles: (object: KubeObject, old: KubeObject | undefined, part: string) => boolean;
  readonly isResource: (name: string) => boolean;
  readonly matchesScope: (object: KubeObject, scope: ScopeRequirement) => boolean;
  /** What the object has to say and does not. */
  readonly missing: (object: KubeObject, required: readonly string[]) => string | undefined;
  readonly usage: (object: KubeObject, nowMs: number) => Quantities;
}

/** Of pods, Services and claims more is counted than how many there are. */
export function evaluatorOf(kind: string): QuotaEvaluator | undefined {
  if (kind === "Event") return undefined;
  return evaluators[kind] ?? objectCount(kind);
}

const evaluators: Readonly<Record<string, QuotaEvaluator>> = {
  Pod: {
    handles: (object, old, part) => {
      if (part === "resize") return true;
      if (part !== "") return false;
      if (!isStored(object, "Pod") || old === undefined || !isStored(old, "Pod")) return true;
      return isTerminating(object) !== isTerminating(old);
    },
    isResource: isPodResource,
    matchesScope: (object, scope) => isStored(object, "Pod") && podMatchesScope(object, scope),
    missing: (object, required) => {
      return isStored(object, "Pod") ? missingResources(object, required) : undefined;
    },
    usage: (object, nowMs) => (isStored(object, "Pod") ? podUsage(object, nowMs) : none),
  },
  Service: {
    handles: (_, __, part) => part === "",
    isResource: (name) => serviceResources.includes(name),
    matchesScope: () => false,
    missing: () => undefined,
    usage: (object) => (isStored(object, "Service") ? serviceUsage(object) : none),
  },
  PersistentVolumeClaim: {
    handles: (_, old, part) => part === "" || (part === "status" && old !== undefined),
    isResource: isClaimResource,
    matchesScope: (object, scope) => {
      return isStored(object, "PersistentVolumeClaim") && claimMatchesScope(object, scope);
    },
    missing: () => undefined,
    usage: (object) => (isStored(object, "PersistentVolumeClaim") ? claimUsage(object) : none),
  },
};

const none: Quantities = new Map();

/** generic/evaluator.go NewObjectCountEvaluator; old kinds have a name of their own besides. */
function objectCount(kind: string): QuotaEvaluator {
  const { group, resource } = resourceOf(kind);
  const name = `count/${group === "" ? resource : `${resource}.${group}`}`;
  const names = aliases.includes(resource) ? [name, resource] : [name];
  return {
    handles: (_, old, part) => part === "" && old === undefined,
    isResource: (one) => names.includes(one),
    matchesScope: () => false,
    missing: () => undefined,
    usage: () => new Map(names.map((one) => [one, newQuantity(1)])),
  };
}

/** pkg/quota/v1/evaluator/core/registry.go legacyObjectCountAliases */
const aliases = ["configmaps", "resourcequotas", "replicationcontrollers", "secrets"];

const serviceResources = [
  "count/services",
  "services",
  "services.nodeports",
  "services.loadbalancers",
];

/** pkg/quota/v1/evaluator/core/services.go Usage */
function serviceUsage({ spec = {} }: Service): Quantities {
  const { type, ports = [], allocateLoadBalancerNodePorts: allocates } = spec;
  const isBalanced = type === "LoadBalancer";
  const chosen = ports.filter(({ nodePort }) => nodePort !== undefined && nodePort !== 0);
  const exposed = isBalanced && allocates === false ? chosen : ports;
  const nodePorts = type === "NodePort" || isBalanced ? exposed.length : 0;
  return new Map([
    ["count/services", newQuantity(1)],
    ["services", newQuantity(1)],
    ["services.nodeports", newQuantity(nodePorts)],
    ["services.loadbalancers", newQuantity(isBalanced ? 1 : 0)],
  ]);
}

const claimResources = ["persistentvolumeclaims", "requests.storage"];
const ofClass = ".storageclass.storage.k8s.io/";

function isClaimResource(name: string): boolean {
  if (name === "count/persistentvolumeclaims" || claimResources.includes(name)) return true;
  return claimResources.some((one) => name.endsWith(`${ofClass}${one}`));
}

/** pkg/quota/v1/evaluator/core/persistent_volume_claims.go Usage */
function claimUsage(claim: PersistentVolumeClaim): Quantities {
  const storageClass =
    claim.metadata.annotations?.[classAnnotation] ?? claim.spec?.storageClassName;
  const storage = storageOf(claim);
  const usage: [string, Quantity][] = [
    ["persistentvolumeclaims", newQuantity(1)],
    ["count/persistentvolumeclaims", newQuantity(1)],
    ...(storage === undefined ? [] : [["requests.storage", storage] satisfies [string, Quantity]]),
  ];
  if (!storageClass) return new Map(usage);
  const counted = usage.filter(([name]) => claimResources.includes(name));
  const again = counted.map(
    ([name, amount]) => [`${storageClass}${ofClass}${name}`, amount] as const,
  );
  return new Map([...usage, ...again]);
}

const classAnnotation = "volume.beta.kubernetes.io/storage-class";

/** In whole bytes; what is allocated already counts where it is more. getStorageUsage */
function storageOf({ spec, status }: PersistentVolumeClaim): Quantity | undefined {
  const request = quantities(spec?.resources?.requests).get("storage");
  if (request === undefined) return undefined;
  const asked = roundUpQuantity(request, 0).rounded;
  const allocated = quantities(status?.allocatedResources).get("storage");
  const isMore = allocated !== undefined && cmpQuantity(allocated, asked) > 0;
  return isMore ? roundUpQuantity(allocated, 0).rounded : asked;
}
