import type { Node } from "../../api/node.ts";
import type { PersistentVolumeClaim } from "../../api/persistent-volume-claim.ts";
import type { Pod } from "../../api/pod.ts";
import { quantityValue } from "../../api/quantity.ts";
import { mustParse } from "../../api/quantity-text.ts";
import { labelSelectorAsSelector, selectorMatches } from "../../api/selector.ts";
import type {
  CSIStorageCapacity,
  StorageClass,
  TopologySelectorTerm,
} from "../../api/storage-objects.ts";
import type { Handle } from "../framework/handle.ts";
import { namespacedName } from "../framework/node-info.ts";
import { bindingModeError, claimOfVolume, getClaim, getClaimClass } from "./claims.ts";
import { checkNodeAffinity, requestedStorage } from "./find-matching-volume.ts";
import { selectedNodeOf, volumesToBind } from "./volumes-to-bind.ts";

/** The claims of a pod by what is left to do; plugins/volumebinding/binder.go PodVolumeClaims. */
export interface PodVolumeClaims {
  readonly boundClaims: readonly PersistentVolumeClaim[];
  readonly unboundClaimsDelayBinding: readonly PersistentVolumeClaim[];
  readonly unboundClaimsImmediate: readonly PersistentVolumeClaim[];
}

/** What stops a scheduling attempt as an error, not as a refusal. */
export interface VolumeError {
  readonly error: string;
}

/** `GetPodVolumeClaims`, of a pod whose claims all exist. */
export function getPodVolumeClaims(pod: Pod, handle: Handle): PodVolumeClaims | VolumeError {
  const boundClaims: PersistentVolumeClaim[] = [];
  const unboundClaimsDelayBinding: PersistentVolumeClaim[] = [];
  const unboundClaimsImmediate: PersistentVolumeClaim[] = [];
  for (const volume of pod.spec.volumes ?? []) {
    const claim = getClaim(handle, pod, claimOfVolume(pod, volume)?.claimName ?? "");
    if (claim === undefined) continue;
    if (isClaimFullyBound(claim)) {
      boundClaims.push(claim);
      continue;
    }
    const storageClass = handle.storageClasses.get(getClaimClass(claim));
    if (storageClass !== undefined && storageClass.volumeBindingMode === undefined) {
      return { error: bindingModeError(storageClass) };
    }
    const isDelayed = storageClass?.volumeBindingMode === "WaitForFirstConsumer";
    const isUnnamed = (claim.spec?.volumeName ?? "") === "";
    (isDelayed && isUnnamed ? unboundClaimsDelayBinding : unboundClaimsImmediate).push(claim);
  }
  return { boundClaims, unboundClaimsDelayBinding, unboundClaimsImmediate };
}

/** Why a node cannot have the pod's volumes, in the order in which Kubernetes says so. */
export function findPodVolumes(
  claims: PodVolumeClaims,
  handle: Handle,
  node: Node,
): readonly string[] | VolumeError {
  const bound = checkBoundClaims(claims.boundClaims, handle, node);
  const unbound = checkUnboundClaims(claims.unboundClaimsDelayBinding, handle, node);
  if (typeof unbound === "object") return unbound;
  return [
    ...(bound === "conflict" ? ["node(s) didn't match PersistentVolume's node affinity"] : []),
    ...(unbound === "conflict" ? ["node(s) didn't find available persistent volumes to bind"] : []),
    ...(unbound === "full" ? ["node(s) did not have enough free storage"] : []),
    ...(bound === "missing"
      ? ["node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)"]
      : []),
  ];
}

export function isClaimFullyBound({ metadata, spec }: PersistentVolumeClaim): boolean {
  const isBound = metadata.annotations?.["pv.kubernetes.io/bind-completed"] !== undefined;
  return isBound && (spec?.volumeName ?? "") !== "";
}

function checkBoundClaims(
  claims: readonly PersistentVolumeClaim[],
  { persistentVolumes }: Handle,
  node: Node,
): "satisfied" | "conflict" | "missing" {
  for (const { spec } of claims) {
    const volume = persistentVolumes.get(spec?.volumeName ?? "");
    if (volume === undefined) return "missing";
    if (!checkNodeAffinity(volume, node)) return "conflict";
  }
  return "satisfied";
}

type Unbound = "satisfied" | "conflict" | "full" | VolumeError;

/** A volume that exists comes first; what finds none must be provisioned. */
function checkUnboundClaims(
  claims: readonly PersistentVolumeClaim[],
  handle: Handle,
  node: Node,
): Unbound {
  const isElsewhere = claims.some((claim) => {
    const selected = selectedNodeOf(claim);
    return selected !== undefined && selected !== node.metadata.name;
  });
  if (isElsewhere) return "conflict";
  return checkVolumeProvisions(volumesToBind(claims, handle, node).provisions, handle, node);
}

function checkVolumeProvisions(
  claims: readonly PersistentVolumeClaim[],
  handle: Handle,
  node: Node,
): Unbound {
  for (const claim of claims) {
    const { namespace, name } = claim.metadata;
    const className = getClaimClass(claim);
    if (className === "")
      return { error: `no class for claim "${namespacedName(namespace, name)}"` };
    const storageClass = handle.storageClasses.get(className);
    if (storageClass === undefined) return { error: `failed to find storage class "${className}"` };
    const { provisioner, allowedTopologies = [] } = storageClass;
    if (provisioner === "" || provisioner === "kubernetes.io/no-provisioner") return "conflict";
    if (!matchTopologySelectorTerms(allowedTopologies, node)) return "conflict";
    if (!hasEnoughCapacity(claim, storageClass, handle, node)) return "full";
  }
  return "satisfied";
}

/** pkg/apis/core/v1/helper MatchTopologySelectorTerms */
function matchTopologySelectorTerms(
  terms: readonly TopologySelectorTerm[],
  { metadata: { labels = {} } }: Node,
): boolean {
  return (
    terms.length === 0 ||
    terms.some(({ matchLabelExpressions: expressions = [] }) => {
      const holds = expressions.every(({ key, values }) => values.includes(labels[key] ?? ""));
      return expressions.length > 0 && holds;
    })
  );
}

/** Only of a driver that publishes what it has. */
function hasEnoughCapacity(
  claim: PersistentVolumeClaim,
  { provisioner, metadata }: StorageClass,
  { csiDrivers, csiStorageCapacities }: Handle,
  node: Node,
): boolean {
  if (claim.spec?.resources?.requests?.["storage"] === undefined) return true;
  if (csiDrivers.get(provisioner)?.spec?.storageCapacity !== true) return true;
  const bytes = quantityValue(requestedStorage(claim));
  return csiStorageCapacities.some((capacity) => {
    if (capacity.storageClassName !== metadata.name) return false;
    return isSufficient(capacity, bytes) && nodeHasAccess(capacity, node);
  });
}

function isSufficient({ capacity, maximumVolumeSize }: CSIStorageCapacity, bytes: number): boolean {
  const limit = maximumVolumeSize ?? capacity;
  return limit !== undefined && quantityValue(mustParse(limit)) >= bytes;
}

function nodeHasAccess({ nodeTopology }: CSIStorageCapacity, { metadata }: Node): boolean {
  const selector = labelSelectorAsSelector(nodeTopology);
  return !("error" in selector) && selectorMatches(selector, metadata.labels);
}
