import type { Labels } from "../../api/selector.ts";
import type { PersistentVolume } from "../../api/storage-objects.ts";
import type { Pod } from "../../api/pod.ts";
import type { Handle } from "../framework/handle.ts";
import type { FilterPlugin } from "../framework/plugin.ts";
import { type Status, skip, unresolvable } from "../framework/status.ts";
import { bindingModeError, getClaim, getClaimClass, notFound } from "../volume/claims.ts";

/** plugins/volumezone/volume_zone.go */
export const volumeZone: FilterPlugin = {
  name: "VolumeZone",
  hasPreFilter: true,
  preFilter: ({ pod }, handle) => {
    const topologies = getTopologies(pod, handle);
    if ("code" in topologies) return topologies;
    if (topologies.length === 0) return skip;
    return {
      filter: ({ node: { metadata } }) => {
        return isInZones(topologies, metadata.labels ?? {}) ? undefined : refusal;
      },
    };
  },
};

/** Where a volume is: `values` of a label of nodes. */
interface PvTopology {
  readonly key: string;
  readonly values: readonly string[];
}

/** A node without any zone label is not asked. */
function isInZones(topologies: readonly PvTopology[], labels: Labels): boolean {
  if (!topologyLabels.some((key) => labels[key] !== undefined)) return true;
  return topologies.every(({ key, values }) => {
    const value = labels[key] ?? labels[translateToGALabel(key)];
    return value !== undefined && values.includes(value);
  });
}

/** `getPVbyPod`: of volumes that are bound; those that wait for their first pod come later. */
function getTopologies(pod: Pod, handle: Handle): readonly PvTopology[] | Status {
  const found: PvTopology[] = [];
  for (const { persistentVolumeClaim } of pod.spec.volumes ?? []) {
    if (persistentVolumeClaim === undefined) continue;
    const volume = getVolume(persistentVolumeClaim.claimName, pod, handle);
    if (volume === undefined) continue;
    if ("code" in volume) return volume;
    found.push(...getPvTopologies(volume));
  }
  return found;
}

function getVolume(
  claimName: string,
  pod: Pod,
  handle: Handle,
): PersistentVolume | Status | undefined {
  if (claimName === "") return unresolvable("PersistentVolumeClaim had no name");
  const claim = getClaim(handle, pod, claimName);
  if (claim === undefined) return unresolvable(notFound.claim(claimName));
  const { volumeName = "" } = claim.spec ?? {};
  if (volumeName === "") return volumelessStatus(getClaimClass(claim), handle);
  return handle.persistentVolumes.get(volumeName) ?? unresolvable(notFound.volume(volumeName));
}

/** Undefined when the class waits for its first pod. */
function volumelessStatus(className: string, { storageClasses }: Handle): Status | undefined {
  if (className === "") {
    return unresolvable("PersistentVolumeClaim had no pv name and storageClass name");
  }
  const storageClass = storageClasses.get(className);
  if (storageClass === undefined) return unresolvable(notFound.storageClass(className));
  const { volumeBindingMode } = storageClass;
  if (volumeBindingMode === undefined) return unresolvable(bindingModeError(storageClass));
  if (volumeBindingMode === "WaitForFirstConsumer") return undefined;
  return unresolvable("PersistentVolume had no name");
}

/** A label may name several zones, `a__b`; one that names an empty one is ignored. */
export function getPvTopologies({
  metadata: { labels = {} },
}: Pick<PersistentVolume, "metadata">): readonly PvTopology[] {
  return topologyLabels.flatMap((key) => {
    const values = labels[key]?.split("__").map((zone) => zone.trim()) ?? [""];
    return values.includes("") ? [] : [{ key, values }];
  });
}

function translateToGALabel(label: string): string {
  return label.replace("failure-domain.beta.kubernetes.io/", "topology.kubernetes.io/");
}

const topologyLabels = [
  "failure-domain.beta.kubernetes.io/zone",
  "failure-domain.beta.kubernetes.io/region",
  "topology.kubernetes.io/zone",
  "topology.kubernetes.io/region",
];
const refusal = unresolvable("node(s) had no available volume zone");
