import type { BackOffLimits } from "./back-off-ladder.ts";

/** pkg/kubelet/kubelet.go imageBackOffPeriod, MaxImageBackOff: no configuration changes them. */
export const imageBackOffLimits: BackOffLimits = {
  initialBackOffMs: 10_000,
  maximumBackOffMs: 300_000,
};

/** When a failed pull is forgotten; client-go util/flowcontrol/backoff.go hasExpired. */
export function failureForgettingMs({ maximumBackOffMs }: BackOffLimits): number {
  return 2 * maximumBackOffMs;
}
