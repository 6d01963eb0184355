import { newNodeSelector, nodeSelectorMatches } from "../../api/node-affinity.ts";
import type { Node } from "../../api/node.ts";
import type { PersistentVolumeClaim } from "../../api/persistent-volume-claim.ts";
import { cmpQuantity, newQuantity, type Quantity } from "../../api/quantity.ts";
import { quantities } from "../../api/resources.ts";
import { labelSelectorAsSelector, selectorMatches } from "../../api/selector.ts";
import type { PersistentVolume } from "../../api/storage-objects.ts";
import { getClaimClass, getVolumeClass } from "./claims.ts";

/**
 * The smallest volume that the claim could be bound to on the node, or the one that is reserved for
 * it already; component-helpers/storage/volume FindMatchingVolume.
 */
export function findMatchingVolume(
  claim: PersistentVolumeClaim,
  volumes: readonly PersistentVolume[],
  node: Node,
  excluded: ReadonlySet<string>,
): PersistentVolume | undefined {
  let smallest: PersistentVolume | undefined;
  for (const volume of volumes) {
    if (excluded.has(volume.metadata.name) || !isConsidered(claim, volume)) continue;
    if (isVolumeBoundToClaim(volume, claim)) {
      return checkNodeAffinity(volume, node) ? volume : undefined;
    }
    if (!isAvailable(claim, volume) || !checkNodeAffinity(volume, node)) continue;
    if (smallest !== undefined && cmpQuantity(storageOf(smallest), storageOf(volume)) <= 0)
      continue;
    smallest = volume;
  }
  return smallest;
}

/** component-helpers/storage/volume CheckNodeAffinity: of the node only its labels count. */
export function checkNodeAffinity({ spec }: PersistentVolume, { metadata }: Node): boolean {
  const required = spec?.nodeAffinity?.required;
  if (required === undefined) return true;
  const { labels = {} } = metadata;
  const terms = newNodeSelector(required.nodeSelectorTerms);
  return nodeSelectorMatches(terms, { metadata: { name: "", labels } });
}

/** Large enough, of the right mode and class of attributes, and nobody else's. */
function isConsidered(claim: PersistentVolumeClaim, volume: PersistentVolume): boolean {
  const { spec = {}, metadata } = volume;
  if (spec.claimRef !== undefined && !isVolumeBoundToClaim(volume, claim)) return false;
  if (cmpQuantity(storageOf(volume), requestedStorage(claim)) < 0) return false;
  const mode = claim.spec?.volumeMode ?? "Filesystem";
  if (mode !== (spec.volumeMode ?? "Filesystem")) return false;
  const attributes = claim.spec?.volumeAttributesClassName ?? "";
  if (attributes !== (spec.volumeAttributesClassName ?? "")) return false;
  return metadata.deletionTimestamp === undefined;
}

/** What no other claim has, and this one may use. */
function isAvailable(claim: PersistentVolumeClaim, volume: PersistentVolume): boolean {
  if (volume.status?.phase !== "Available") return false;
  const { selector } = claim.spec ?? {};
  if (selector !== undefined) {
    const parsed = labelSelectorAsSelector(selector);
    if ("error" in parsed || !selectorMatches(parsed, volume.metadata.labels)) return false;
  }
  if (getVolumeClass(volume) !== getClaimClass(claim)) return false;
  const modes = volume.spec?.accessModes ?? [];
  return (claim.spec?.accessModes ?? []).every((mode) => modes.includes(mode));
}

/** component-helpers/storage/volume IsVolumeBoundToClaim */
function isVolumeBoundToClaim({ spec }: PersistentVolume, { metadata }: PersistentVolumeClaim) {
  const { claimRef } = spec ?? {};
  if (claimRef === undefined) return false;
  if (claimRef.name !== metadata.name) return false;
  if ((claimRef.namespace ?? "") !== (metadata.namespace ?? "")) return false;
  const { uid = "" } = claimRef;
  return uid === "" || uid === metadata.uid;
}

export function requestedStorage({ spec }: PersistentVolumeClaim): Quantity {
  return quantities(spec?.resources?.requests).get("storage") ?? newQuantity(0);
}

function storageOf({ spec }: PersistentVolume): Quantity {
  return quantities(spec?.capacity).get("storage") ?? newQuantity(0);
}
