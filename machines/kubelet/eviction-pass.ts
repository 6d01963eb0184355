import { type EvictionSignal, isMemorySignal } from "./eviction-signals.ts";

export type ThresholdKind = "hard" | "soft";

/** One threshold of a node: no two have the same kind and signal. */
export interface ThresholdRef {
  readonly kind: ThresholdKind;
  readonly signal: EvictionSignal;
}

/** Reclaiming: no longer crossed, but by less than the minimum reclaim. */
export type ThresholdLevel = "met" | "reclaiming" | "satisfied";

/** What a pass sees of a threshold that is crossed, or was and is not yet reclaimed by enough. */
export interface ThresholdView extends ThresholdRef {
  readonly level: Exclude<ThresholdLevel, "satisfied">;
  /** The signal was measured anew since the last pass. */
  readonly statsAreNew: boolean;
  /** Derived for containerfs: the first pass looks at the thresholds before they are derived. */
  readonly isDerived: boolean;
}

/** What a kubelet remembers from one pass to the next. */
export interface PassMemory {
  /** Whether the first pass is over. */
  readonly fileSystemsAreKnown: boolean;
  /** Crossed, their grace period over, and not yet reclaimed; `m.thresholdsMet` upstream. */
  readonly thresholdsMet: readonly ThresholdRef[];
  /** Signals whose soft threshold has been crossed for its whole grace period. */
  readonly gracePeriodsOver: readonly EvictionSignal[];
}

/**
 * Those crossed now and those due before that are not yet reclaimed, whatever their grace period.
 * pkg/kubelet/eviction/eviction_manager.go synchronize
 */
export function thresholdsCrossed(
  views: readonly ThresholdView[],
  { fileSystemsAreKnown, thresholdsMet }: PassMemory,
): readonly ThresholdView[] {
  return views.filter(
    (view) =>
      (fileSystemsAreKnown || !view.isDerived) &&
      (view.level === "met" || thresholdsMet.some(isSame(view))),
  );
}

/** Those whose grace period is over; pkg/kubelet/eviction/helpers.go thresholdsMetGracePeriod. */
export function thresholdsDue(
  views: readonly ThresholdView[],
  memory: PassMemory,
): readonly ThresholdView[] {
  return thresholdsCrossed(views, memory).filter(
    ({ kind, signal }) => kind === "hard" || memory.gracePeriodsOver.includes(signal),
  );
}

/**
 * The due thresholds that may be reclaimed now, measured anew, memory before all else. Kubernetes
 * ranges over a map, so which of several comes first is open. byEvictionPriority
 */
export function thresholdsToReclaim(
  views: readonly ThresholdView[],
  memory: PassMemory,
): readonly ThresholdRef[] {
  const due = thresholdsDue(views, memory).filter(({ statsAreNew }) => statsAreNew);
  const ofMemory = due.filter(({ signal }) => isMemorySignal(signal));
  return refsOf(ofMemory.length > 0 ? ofMemory : due);
}

/** Which thresholds they are, each once. */
export function refsOf(thresholds: readonly ThresholdRef[]): readonly ThresholdRef[] {
  const first = thresholds.filter((one, index) => thresholds.findIndex(isSame(one)) === index);
  return first.map(({ kind, signal }) => ({ kind, signal }));
}

function isSame({ kind, signal }: ThresholdRef): (other: ThresholdRef) => boolean {
  return (other) => other.kind === kind && other.signal === signal;
}
