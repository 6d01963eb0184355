import type { Volume } from "../api/pod.ts";
import { newQuantity, type Quantity } from "../api/quantity.ts";
import type { FsStats, MemoryStats, PodStats } from "./node-stats.ts";

/** A part of a pod's disk usage; pkg/kubelet/eviction/helpers.go fsStatsType. */
export type FsStatsType = "localVolumeSource" | "logs" | "images" | "root";

/** What can run out on a file system. */
export type DiskResource = "ephemeral-storage" | "inodes";

/** The working set, 0 where it was not measured; memoryUsage. */
export function memoryUsage(stats: MemoryStats | undefined): Quantity {
  return newQuantity(stats?.workingSetBytes ?? 0, 0, "BinarySI");
}

/** Bytes in use, 0 where they were not measured; diskUsage. */
export function diskUsage(stats: FsStats | undefined): Quantity {
  return newQuantity(stats?.usedBytes ?? 0, 0, "BinarySI");
}

/** The parts that are measured of a pod, added up; images belong to no pod. podDiskUsage */
export function podDiskUsage(
  podStats: PodStats,
  volumes: readonly Volume[] | undefined,
  statsToMeasure: readonly FsStatsType[],
  resource: DiskResource,
): Quantity {
  const measured = [
    ...(podStats.containers ?? []).flatMap(({ rootfs, logs }) => [
      statsToMeasure.includes("root") ? rootfs : undefined,
      statsToMeasure.includes("logs") ? logs : undefined,
    ]),
    ...(statsToMeasure.includes("localVolumeSource") ? localVolumeStats(podStats, volumes) : []),
  ];
  const used = measured.map((stats) =>
    resource === "inodes" ? stats?.inodesUsed : stats?.usedBytes,
  );
  const sum = used.reduce<number>((total, amount) => total + (amount ?? 0), 0);
  return newQuantity(sum, 0, resource === "inodes" ? "DecimalSI" : "BinarySI");
}

function localVolumeStats(
  { volume: stats = [] }: PodStats,
  volumes: readonly Volume[] = [],
): readonly (FsStats | undefined)[] {
  const local = volumes.filter(isLocalVolume);
  return local.map((volume) => stats.find(({ name }) => name === volume.name));
}

/** localVolumeNames, and pkg/volume/util/util.go IsLocalEphemeralVolume. */
function isLocalVolume({ hostPath, gitRepo, emptyDir, configMap }: Volume): boolean {
  const isOnDisk = emptyDir !== undefined && (emptyDir.medium ?? "") === "";
  return isOnDisk || [hostPath, gitRepo, configMap].some((source) => source !== undefined);
}
