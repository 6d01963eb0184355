/** What a pod's back-off follows from; framework/types.go QueuedPodInfo. */
export interface BackOffRecord {
  /** Milliseconds since 1970 when its last attempt ended. */
  readonly timestampMs: number;
  /** Attempts in which a plugin refused it; never forgotten. */
  readonly unschedulableCount: number;
  /** Attempts since the last refusal that ended in an error. */
  readonly consecutiveErrorsCount: number;
}

/** Of a KubeSchedulerConfiguration. */
export interface BackOffSettings {
  readonly podInitialBackoffSeconds: number;
  readonly podMaxBackoffSeconds: number;
}

/** apis/config/v1/defaults.go */
export const defaultBackOff: BackOffSettings = {
  podInitialBackoffSeconds: 1,
  podMaxBackoffSeconds: 10,
};

/**
 * Until when the pod backs off, in whole seconds; undefined when it need not.
 * pkg/scheduler/backend/queue/backoff_queue.go getBackoffTime
 */
export function getBackoffTime(
  record: BackOffRecord,
  settings: BackOffSettings = defaultBackOff,
): number | undefined {
  const { timestampMs, unschedulableCount, consecutiveErrorsCount } = record;
  const count = consecutiveErrorsCount > 0 ? consecutiveErrorsCount : unschedulableCount;
  return count === 0
    ? undefined
    : alignToWindow(timestampMs + calculateBackoffDuration(count, settings));
}

/** A back-off that ends within this second still lasts. */
export function isPodBackingoff(
  record: BackOffRecord,
  nowMs: number,
  settings: BackOffSettings = defaultBackOff,
): boolean {
  const untilMs = getBackoffTime(record, settings);
  return untilMs !== undefined && untilMs >= alignToWindow(nowMs);
}

/** 1 s, 2 s, 4 s, 8 s, 10 s, 10 s, … */
export function calculateBackoffDuration(
  count: number,
  { podInitialBackoffSeconds, podMaxBackoffSeconds }: BackOffSettings = defaultBackOff,
): number {
  return Math.min(podInitialBackoffSeconds * 2 ** (count - 1), podMaxBackoffSeconds) * 1_000;
}

function alignToWindow(timeMs: number): number {
  return Math.floor(timeMs / orderingWindowMs) * orderingWindowMs;
}

const orderingWindowMs = 1_000; // backoffQOrderingWindowDuration
