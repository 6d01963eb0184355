import type { Pod, Volume } from "../../api/pod.ts";
import type { Handle } from "../framework/handle.ts";
import { namespacedName } from "../framework/node-info.ts";
import type { FilterPlugin, NodeFilter } from "../framework/plugin.ts";
import { type Status, skip, unresolvable, unschedulable } from "../framework/status.ts";
import { getClaim, notFound } from "../volume/claims.ts";

/** plugins/volumerestrictions/volume_restrictions.go */
export const volumeRestrictions: FilterPlugin = {
  name: "VolumeRestrictions",
  hasPreFilter: true,
  preFilter: ({ pod }, handle) => {
    const { volumes = [] } = pod.spec;
    const claims = readWriteOncePodClaims(pod, handle);
    if ("code" in claims) return claims;
    const { namespace } = pod.metadata;
    const used = [...claims].filter((claim) => {
      return handle.snapshot.usedPVCs().has(namespacedName(namespace, claim));
    });
    const disks = volumes.filter(needsRestrictionsCheck);
    if (disks.length === 0 && used.length === 0) return skip;
    return nodeFilter(disks, claims, used.length);
  },
};

/** `conflicts` is how many uses there are of claims that only one pod may use. */
function nodeFilter(
  disks: readonly Volume[],
  claims: ReadonlySet<string>,
  conflicts: number,
): NodeFilter {
  return {
    filter: ({ pods }) => {
      if (disks.some((disk) => pods.some(({ pod }) => isVolumeConflict(disk, pod)))) {
        return diskConflict;
      }
      return conflicts > 0 ? readWriteOncePodConflict : undefined;
    },
    addPod: ({ pod }) => nodeFilter(disks, claims, conflicts + usesOf(claims, pod)),
    removePod: ({ pod }) => nodeFilter(disks, claims, conflicts - usesOf(claims, pod)),
  };
}

/** Upstream compares names only, whatever the namespace. */
function usesOf(claims: ReadonlySet<string>, { spec: { volumes = [] } }: Pod): number {
  const uses = volumes.filter(({ persistentVolumeClaim }) => {
    return persistentVolumeClaim !== undefined && claims.has(persistentVolumeClaim.claimName);
  });
  return uses.length;
}

function readWriteOncePodClaims(pod: Pod, handle: Handle): ReadonlySet<string> | Status {
  const claims = new Set<string>();
  for (const { persistentVolumeClaim } of pod.spec.volumes ?? []) {
    if (persistentVolumeClaim === undefined) continue;
    const { claimName } = persistentVolumeClaim;
    const claim = getClaim(handle, pod, claimName);
    if (claim === undefined) return unresolvable(notFound.claim(claimName));
    if (claim.spec?.accessModes?.includes("ReadWriteOncePod") === true) claims.add(claimName);
  }
  return claims;
}

function needsRestrictionsCheck(volume: Volume): boolean {
  const { gcePersistentDisk, awsElasticBlockStore, rbd, iscsi } = volume;
  return [gcePersistentDisk, awsElasticBlockStore, rbd, iscsi].some((one) => one !== undefined);
}

/** A disk is shared only by those who all just read, and an EBS volume never. */
export function isVolumeConflict(volume: Volume, { spec: { volumes = [] } }: Pod): boolean {
  return volumes.some((existing) => {
    const { gcePersistentDisk: gce, awsElasticBlockStore: aws, iscsi, rbd } = existing;
    return (
      isShared(volume.gcePersistentDisk, gce, (a, b) => a.pdName === b.pdName) ||
      isShared(volume.iscsi, iscsi, (a, b) => a.iqn === b.iqn) ||
      (aws !== undefined && volume.awsElasticBlockStore?.volumeID === aws.volumeID) ||
      isShared(volume.rbd, rbd, (a, b) => {
        const isSamePool = (a.pool ?? "") === (b.pool ?? "") && a.image === b.image;
        return isSamePool && a.monitors.some((monitor) => b.monitors.includes(monitor));
      })
    );
  });
}

function isShared<Disk extends { readonly readOnly?: boolean }>(
  one: Disk | undefined,
  other: Disk | undefined,
  isSame: (a: Disk, b: Disk) => boolean,
): boolean {
  if (one === undefined || other === undefined || !isSame(one, other)) return false;
  return !(one.readOnly === true && other.readOnly === true);
}

const diskConflict = unschedulable("node(s) had no available disk");
const readWriteOncePodConflict = unschedulable(
  "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod",
);
