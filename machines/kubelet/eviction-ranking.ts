import type { PodSpec } from "../api/pod.ts";
import { cmpQuantity, type Quantity, subQuantity } from "../api/quantity.ts";
import { getResourceRequestQuantity, type PodOfResources } from "../api/resources.ts";
import type { FileSystems } from "./container-fs-thresholds.ts";
import { type EvictionSignal, signalToResource } from "./eviction-signals.ts";
import type { PodStats } from "./node-stats.ts";
import { type DiskResource, type FsStatsType, memoryUsage, podDiskUsage } from "./pod-usage.ts";

/** What of a pod its place in the ranking depends on. */
export interface PodOfRanking extends PodOfResources {
  readonly spec: PodOfResources["spec"] & Pick<PodSpec, "priority" | "volumes">;
}

/** A pod with its stats, where there are any. */
export interface RankedPod<P extends PodOfRanking = PodOfRanking> {
  readonly pod: P;
  readonly podStats: PodStats | undefined;
}

/** Negative when `a` is evicted before `b`. */
type Compare = (a: RankedPod, b: RankedPod) => number;

/** The pods in the order of eviction; pkg/kubelet/eviction/helpers.go buildSignalToRankFunc. */
export function rankForSignal<P extends PodOfRanking>(
  pods: readonly RankedPod<P>[],
  signal: EvictionSignal,
  fileSystems: FileSystems,
): readonly RankedPod<P>[] {
  switch (signalToResource(signal)) {
    case "memory":
      return rankMemoryPressure(pods);
    case "pids":
      return rankPIDPressure(pods);
    case "inodes":
      return rankDiskPressure(pods, fsStatsToMeasure(signal, fileSystems), "inodes");
    case "ephemeral-storage":
      return rankDiskPressure(pods, fsStatsToMeasure(signal, fileSystems), "ephemeral-storage");
  }
}

/** Who uses more than requested, then lower priority, then who exceeds its request by more. */
export function rankMemoryPressure<P extends PodOfRanking>(
  pods: readonly RankedPod<P>[],
): readonly RankedPod<P>[] {
  return orderedBy(pods, [
    byStats(exceeds(workingSet, "memory")),
    byPriority,
    byStats(byExcess(workingSet, "memory")),
  ]);
}

/** Lower priority first, then who has more processes. */
export function rankPIDPressure<P extends PodOfRanking>(
  pods: readonly RankedPod<P>[],
): readonly RankedPod<P>[] {
  return orderedBy(pods, [byPriority, byStats((a, b) => processUsage(b) - processUsage(a))]);
}

/**
 * As for memory. Excess is reckoned from the request for bytes even where inodes run out.
 * rankDiskPressureFunc
 */
export function rankDiskPressure<P extends PodOfRanking>(
  pods: readonly RankedPod<P>[],
  statsToMeasure: readonly FsStatsType[],
  resource: DiskResource,
): readonly RankedPod<P>[] {
  const usage = ({ pod, podStats }: MeasuredPod): Quantity =>
    podDiskUsage(podStats, pod.spec.volumes, statsToMeasure, resource);
  return orderedBy(pods, [
    byStats(exceeds(usage, resource)),
    byPriority,
    byStats(byExcess(usage, "ephemeral-storage")),
  ]);
}

/** Which parts of a pod's disk usage lie on the file system that the signal watches. */
export function fsStatsToMeasure(
  signal: EvictionSignal,
  { dedicatedImageFs, dedicatedContainerFs }: FileSystems,
): readonly FsStatsType[] {
  if (!dedicatedImageFs) return ["images", "root", "logs", "localVolumeSource"];
  const isImageFs = signal.startsWith("imagefs.");
  if (dedicatedContainerFs) return isImageFs ? ["images"] : ["logs", "localVolumeSource", "root"];
  return signal.startsWith("nodefs.") ? ["logs", "localVolumeSource"] : ["root", "images"];
}

interface MeasuredPod {
  readonly pod: PodOfRanking;
  readonly podStats: PodStats;
}

function workingSet({ podStats }: MeasuredPod): Quantity {
  return memoryUsage(podStats.memory);
}

function processUsage({ podStats }: MeasuredPod): number {
  return podStats.process_stats?.process_count ?? 0;
}

function orderedBy<P extends PodOfRanking>(
  pods: readonly RankedPod<P>[],
  compares: readonly Compare[],
): readonly RankedPod<P>[] {
  return pods.toSorted((a, b) => {
    for (const compare of compares) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** A pod without stats goes first. */
function byStats(compare: (a: MeasuredPod, b: MeasuredPod) => number): Compare {
  return (a, b) => {
    if (isMeasured(a) && isMeasured(b)) return compare(a, b);
    return trueFirst(!isMeasured(a), !isMeasured(b));
  };
}

function isMeasured(ranked: RankedPod): ranked is MeasuredPod {
  return ranked.podStats !== undefined;
}

function byPriority(a: RankedPod, b: RankedPod): number {
  return (a.pod.spec.priority ?? 0) - (b.pod.spec.priority ?? 0);
}

function exceeds(usage: (pod: MeasuredPod) => Quantity, resource: string) {
  const isOver = (one: MeasuredPod): boolean =>
    cmpQuantity(usage(one), getResourceRequestQuantity(one.pod, resource)) > 0;
  return (a: MeasuredPod, b: MeasuredPod): number => trueFirst(isOver(a), isOver(b));
}

function byExcess(usage: (pod: MeasuredPod) => Quantity, resource: string) {
  const excess = (one: MeasuredPod): Quantity =>
    subQuantity(usage(one), getResourceRequestQuantity(one.pod, resource));
  return (a: MeasuredPod, b: MeasuredPod): number => cmpQuantity(excess(b), excess(a));
}

/** cmpBool. */
function trueFirst(a: boolean, b: boolean): number {
  return Number(b) - Number(a);
}
