/** What a pod's back-off follows from; framework/types.go QueuedPodInfo. */
export interface BackOffRecord {
  /** Milliseconds since 1970 when its last attempt ended. */
  readonly timestampMs: number;
  /** Attempts in which a plugin refused it; never forgotten. */
  readonly unschedulableCount: number;
  /** Attempts since the last refusal that ended in an error. */
  readonly consecutiveErrorsCount: number;
}

/**
 * Until when the pod backs off, in whole seconds; undefined when it need not.
 * pkg/scheduler/backend/queue/backoff_queue.go getBackoffTime
 */
export function getBackoffTime(record: BackOffRecord): number | undefined {
  const { timestampMs, unschedulableCount, consecutiveErrorsCount } = record;
  const count = consecutiveErrorsCount > 0 ? consecutiveErrorsCount : unschedulableCount;
  return count === 0 ? undefined : alignToWindow(timestampMs + calculateBackoffDuration(count));
}

/** A back-off that ends within this second still lasts. */
export function isPodBackingoff(record: BackOffRecord, nowMs: number): boolean {
  const untilMs = getBackoffTime(record);
  return untilMs !== undefined && untilMs >= alignToWindow(nowMs);
}

/** 1 s, 2 s, 4 s, 8 s, 10 s, 10 s, … */
export function calculateBackoffDuration(count: number): number {
  const durationMs = podInitialBackoffMs * 2 ** (count - 1);
  return Math.min(durationMs, podMaxBackoffMs);
}

function alignToWindow(timeMs: number): number {
  return Math.floor(timeMs / orderingWindowMs) * orderingWindowMs;
}

const podInitialBackoffMs = 1_000; // apis/config/v1/defaults.go
const podMaxBackoffMs = 10_000;
const orderingWindowMs = 1_000; // backoffQOrderingWindowDuration
