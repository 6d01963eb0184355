import type { FileSystems } from "./container-fs-thresholds.ts";
import { isCriticalPod } from "./critical-pod.ts";
import type { PodToEvict } from "./eviction-grace.ts";
import { type SignalObservations, statsAreNew, thresholdsMet } from "./eviction-observations.ts";
import type {
  ThresholdKind,
  ThresholdLevel,
  ThresholdRef,
  ThresholdView,
} from "./eviction-pass.ts";
import { type PodOfRanking, type RankedPod, rankForSignal } from "./eviction-ranking.ts";
import type { EvictionSignal } from "./eviction-signals.ts";
import { isHardEvictionThreshold, type Threshold } from "./eviction-thresholds.ts";
import {
  exceededStorageLimit,
  type PodOfStorage,
  type StorageLimit,
} from "./local-storage-eviction.ts";

/** A pod over a storage limit, by its place among the active pods. */
export interface PodOverLimit {
  readonly slot: number;
  readonly limit: StorageLimit;
}

/** What a pass needs to know of the stats; `given` thresholds stand before the derived ones. */
export function thresholdViews(
  thresholds: readonly Threshold[],
  given: number,
  observations: SignalObservations,
  last: SignalObservations,
): readonly ThresholdView[] {
  return thresholds.flatMap((threshold, index) => {
    const level = levelOf(threshold, observations);
    if (level === "satisfied") return [];
    const { signal } = threshold;
    const isNew = statsAreNew(signal, observations, last);
    const kind = kindOf(threshold);
    return [{ signal, kind, level, statsAreNew: isNew, isDerived: index >= given }];
  });
}

/** Where a signal stands to one of its thresholds. */
export function levelOf(threshold: Threshold, observations: SignalObservations): ThresholdLevel {
  if (thresholdsMet([threshold], observations, false).length > 0) return "met";
  const isReclaiming = thresholdsMet([threshold], observations, true).length > 0;
  return isReclaiming ? "reclaiming" : "satisfied";
}

/** The threshold of that kind and signal, unless it is one that is never met. */
export function thresholdOf(
  thresholds: readonly Threshold[],
  { kind, signal }: ThresholdRef,
): Threshold | undefined {
  return thresholds.find(
    (one) => one.signal === signal && kindOf(one) === kind && one.operator !== "",
  );
}

/** A threshold's kind follows from its grace period. */
export function kindOf(threshold: Pick<Threshold, "gracePeriodMs">): ThresholdKind {
  return isHardEvictionThreshold(threshold) ? "hard" : "soft";
}

/** Every active pod over one of its storage limits, in order; one pass evicts them all. */
export function podsOverLimit(
  pods: readonly RankedPod<PodOfRanking & PodOfStorage>[],
  dedicatedImageFs: boolean,
): readonly PodOverLimit[] {
  return pods.flatMap(({ pod, podStats }, slot) => {
    const exceeded = exceededStorageLimit(pod, podStats, dedicatedImageFs);
    return exceeded === undefined ? [] : [{ slot, limit: exceeded.limit }];
  });
}

/** The active pods in the order of eviction. */
export function podsToEvict<P extends PodOfRanking & PodOfStorage & PodOfGrace>(
  pods: readonly RankedPod<P>[],
  signal: EvictionSignal,
  fileSystems: FileSystems,
): readonly PodToEvict[] {
  const slots = new Map(pods.map(({ pod }, slot) => [pod, slot]));
  return rankForSignal(pods, signal, fileSystems).map(({ pod }) => {
    const { terminationGracePeriodSeconds } = pod.spec;
    const ranked = { slot: slots.get(pod) ?? 0, isCritical: isCriticalPod(pod) };
    return terminationGracePeriodSeconds === undefined
      ? ranked
      : { ...ranked, terminationGracePeriodSeconds };
  });
}

interface PodOfGrace {
  readonly spec: { readonly terminationGracePeriodSeconds?: number };
}
