import type { ThresholdKind } from "./eviction-pass.ts";

/** A pod that may be evicted, by its place among the active pods. */
export interface PodToEvict {
  readonly slot: number;
  readonly isCritical: boolean;
  readonly terminationGracePeriodSeconds?: number;
}

/** Critical pods are passed over; at most one pod goes in a pass. */
export function podToEvict(ranked: readonly PodToEvict[]): PodToEvict | undefined {
  return ranked.find(({ isCritical }) => !isCritical);
}

/**
 * How long the pod has: a soft threshold leaves it its own period up to a maximum. Less than a
 * second becomes one in the pod's worker. pkg/kubelet/eviction/eviction_manager.go synchronize
 */
export function gracePeriodOverride(
  kind: ThresholdKind,
  { terminationGracePeriodSeconds }: Pick<PodToEvict, "terminationGracePeriodSeconds">,
  maxPodGracePeriodSeconds: number,
): number {
  if (kind === "hard") return immediateEvictionGracePeriodSeconds;
  return Math.min(maxPodGracePeriodSeconds, terminationGracePeriodSeconds ?? Infinity);
}

/** How long the manager waits for the kill; pkg/kubelet/pod_workers.go killPodNow. */
export function killTimeoutMs(gracePeriodSeconds: number): number {
  const seconds = gracePeriodSeconds + Math.trunc(gracePeriodSeconds / 2);
  return Math.max(seconds, minKillTimeoutSeconds) * 1_000;
}

/** pkg/kubelet/eviction/eviction_manager.go. */
export const immediateEvictionGracePeriodSeconds = 1;
/** pkg/kubelet/kubelet.go evictionMonitoringPeriod. */
export const monitoringIntervalMs = 10_000;
/** pkg/kubelet/eviction/eviction_manager.go. */
export const podCleanupTimeoutMs = 30_000;
/** pkg/kubelet/eviction/eviction_manager.go podCleanupPollFreq. */
export const podCleanupPollFrequencyMs = 1_000;
/** pkg/kubelet/pod_workers.go killPodNow, minTimeout. */
const minKillTimeoutSeconds = 10;
