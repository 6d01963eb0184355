import type { Node } from "../../api/node.ts";
import type { PersistentVolumeClaim } from "../../api/persistent-volume-claim.ts";
import { cmpQuantity } from "../../api/quantity.ts";
import type { PersistentVolume } from "../../api/storage-objects.ts";
import type { Handle } from "../framework/handle.ts";
import { getClaimClass, getVolumeClass } from "./claims.ts";
import { findMatchingVolume, requestedStorage } from "./find-matching-volume.ts";

/** The node for which a volume is to be provided. */
export function selectedNodeOf({ metadata }: PersistentVolumeClaim): string | undefined {
  return metadata.annotations?.[annSelectedNode];
}

/** What is left to do for unbound claims on a node; binder.go PodVolumes. */
export interface VolumesToBind {
  readonly bindings: readonly {
    readonly claim: PersistentVolumeClaim;
    readonly volume: PersistentVolume;
  }[];
  readonly provisions: readonly PersistentVolumeClaim[];
}

/** The volume that each claim gets, the smallest served first; for the rest there is none. */
export function volumesToBind(
  claims: readonly PersistentVolumeClaim[],
  { persistentVolumes }: Handle,
  node: Node,
): VolumesToBind {
  const toMatch = claims
    .filter((claim) => !isSelected(claim))
    .toSorted((a, b) => cmpQuantity(requestedStorage(a), requestedStorage(b)));
  const chosen = new Set<string>();
  const found = toMatch.map((claim) => {
    const name = getClaimClass(claim);
    const volumes = [...persistentVolumes.values()].filter((one) => ofClass(one, name));
    const volume = findMatchingVolume(claim, volumes, node, chosen);
    if (volume !== undefined) chosen.add(volume.metadata.name);
    return { claim, volume };
  });
  const bindings = found.flatMap(({ claim, volume }) => (volume ? [{ claim, volume }] : []));
  const unmatched = found.flatMap(({ claim, volume }) => (volume ? [] : [claim]));
  return { bindings, provisions: [...claims.filter(isSelected), ...unmatched] };
}

function isSelected(claim: PersistentVolumeClaim): boolean {
  return selectedNodeOf(claim) !== undefined;
}

function ofClass(volume: PersistentVolume, name: string): boolean {
  return getVolumeClass(volume) === name;
}

/** component-helpers/storage/volume/pv_helpers.go AnnSelectedNode */
export const annSelectedNode = "volume.kubernetes.io/selected-node";
