import type { Container, Volume } from "../api/pod.ts";
import { addQuantity, cmpQuantity, quantitySign, quantityValue } from "../api/quantity.ts";
import { formatQuantity, mustParse } from "../api/quantity-text.ts";
import { quote } from "../api/quote.ts";
import { podLimits, type PodOfResources } from "../api/resources.ts";
import { isCriticalPod, type PodOfPriority } from "./critical-pod.ts";
import type { PodStats } from "./node-stats.ts";
import { diskUsage } from "./pod-usage.ts";

/** Whose limit a pod's local storage exceeds. */
export type StorageLimit = "emptyDir" | "pod" | "container";

/** A limit that is exceeded, and what `status.message` says of it. */
export interface ExceededLimit {
  readonly limit: StorageLimit;
  readonly message: string;
}

export interface PodOfStorage extends PodOfPriority {
  readonly spec: PodOfPriority["spec"] &
    PodOfResources["spec"] & { readonly volumes?: readonly Volume[] };
}

/**
 * The first limit that the pod exceeds: of an emptyDir, of the whole pod, of a container. A
 * critical pod is left alone. pkg/kubelet/eviction/eviction_manager.go localStorageEviction
 */
export function exceededStorageLimit(
  pod: PodOfStorage,
  podStats: PodStats | undefined,
  dedicatedImageFs: boolean,
): ExceededLimit | undefined {
  if (podStats === undefined || isCriticalPod(pod)) return undefined;
  return (
    emptyDirLimitEviction(pod.spec.volumes, podStats) ??
    podEphemeralStorageLimitEviction(pod, podStats) ??
    containerEphemeralStorageLimitEviction(pod.spec.containers, podStats, dedicatedImageFs)
  );
}

/** A sizeLimit of 0 is none. */
function emptyDirLimitEviction(
  volumes: readonly Volume[] = [],
  { volume: stats = [] }: PodStats,
): ExceededLimit | undefined {
  for (const { name, emptyDir } of volumes) {
    const used = stats.findLast((one) => one.name === name);
    if (emptyDir?.sizeLimit === undefined || used === undefined) continue;
    const size = mustParse(emptyDir.sizeLimit);
    if (quantitySign(size) <= 0 || cmpQuantity(diskUsage(used), size) <= 0) continue;
    const limit = quote(formatQuantity(size));
    const message = `Usage of EmptyDir volume ${quote(name)} exceeds the limit ${limit}. `;
    return { limit: "emptyDir", message };
  }
  return undefined;
}

/** Containers without a limit add nothing to it. */
function podEphemeralStorageLimitEviction(
  pod: PodOfResources,
  podStats: PodStats,
): ExceededLimit | undefined {
  const limit = podLimits(pod).get("ephemeral-storage");
  const used = diskUsage(podStats["ephemeral-storage"]);
  if (limit === undefined || cmpQuantity(used, limit) <= 0) return undefined;
  const usage = "Pod ephemeral local storage usage";
  const message = `${usage} exceeds the total limit of containers ${formatQuantity(limit)}. `;
  return { limit: "pod", message };
}

/** Where images have a file system of their own, the writable layer does not count. */
function containerEphemeralStorageLimitEviction(
  containers: readonly Pick<Container, "name" | "resources">[],
  podStats: PodStats,
  dedicatedImageFs: boolean,
): ExceededLimit | undefined {
  for (const { name, logs, rootfs } of podStats.containers ?? []) {
    const container = containers.findLast((one) => one.name === name);
    const text = container?.resources?.limits?.["ephemeral-storage"];
    if (text === undefined) continue;
    const limit = mustParse(text);
    const layer = diskUsage(dedicatedImageFs ? undefined : rootfs);
    const used = addQuantity(diskUsage(logs), layer);
    if (quantityValue(limit) === 0 || cmpQuantity(limit, used) >= 0) continue;
    const size = quote(formatQuantity(limit));
    const message = `Container ${name} exceeded its local ephemeral storage limit ${size}. `;
    return { limit: "container", message };
  }
  return undefined;
}
