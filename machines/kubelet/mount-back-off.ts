/** Milliseconds without a try after the n-th failed mount in a row: 0.5 s, doubling to 2m2s. */
export function mountBackOffMs(step: number): number {
  return Math.min(initialBackOffMs * 2 ** (step - 1), maximumBackOffMs);
}

/** The first step whose back-off is the longest one; further failures change nothing. */
export const highestMountBackOffStep = 9;

// pkg/util/goroutinemap/exponentialbackoff: initialDurationBeforeRetry, maxDurationBeforeRetry
const initialBackOffMs = 500;
const maximumBackOffMs = 122_000;
