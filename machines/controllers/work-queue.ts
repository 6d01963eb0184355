/**
 * How long a key waits after so many failures in a row. Source: client-go
 * util/workqueue/default_rate_limiters.go ItemExponentialFailureRateLimiter.
 */
export function itemBackOffMs(failures: number, baseDelayMs: number): number {
  return Math.min(baseDelayMs * 2 ** Math.min(failures - 1, 30), maxDelayMs);
}

/** After so many a key waits as long as it ever does. */
export const mostFailures = 19;

/** DefaultTypedControllerRateLimiter */
export const defaultBaseDelayMs = 5;
const maxDelayMs = 1_000_000;
