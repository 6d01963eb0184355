/** Where an exponential back-off begins and ends. */
export interface BackOffLimits {
  readonly initialBackOffMs: number;
  readonly maximumBackOffMs: number;
}

/**
 * How long the step makes one wait: it doubles with each one up to the maximum, without jitter; at
 * step 0 nobody waits. client-go util/flowcontrol/backoff.go Next
 */
export function backOffMs(
  { initialBackOffMs, maximumBackOffMs }: BackOffLimits,
  step: number,
): number {
  if (step === 0) return 0;
  return step === 1
    ? initialBackOffMs
    : Math.min(initialBackOffMs * 2 ** (step - 1), maximumBackOffMs);
}

/** The first step of the longest wait; a further one would change nothing. */
export function highestBackOffStep({ initialBackOffMs, maximumBackOffMs }: BackOffLimits): number {
  const doublings = Math.ceil(Math.log2(maximumBackOffMs / initialBackOffMs));
  return 1 + Math.max(doublings, 0);
}

/** One step up, or still the highest. */
export function nextBackOffStep(limits: BackOffLimits, step: number): number {
  return Math.min(step + 1, highestBackOffStep(limits));
}
