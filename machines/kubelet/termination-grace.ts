import type { ObjectMeta } from "../api/meta.ts";
import type { PodSpec, Probe } from "../api/pod.ts";
import type { ContainerKillReason } from "./container-kill.ts";

/** minimumGracePeriodInSeconds, pkg/kubelet/kuberuntime/kuberuntime_manager.go */
export const minimumGracePeriodSeconds = 2;

interface TerminatedPod {
  readonly metadata?: Pick<ObjectMeta, "deletionGracePeriodSeconds">;
  readonly spec?: Pick<PodSpec, "terminationGracePeriodSeconds">;
}

type ProbePeriod = Pick<Probe, "terminationGracePeriodSeconds">;

/**
 * How long one container has to stop. A probe's own period counts for that probe's kills, and only
 * in a pod that has a period. pkg/kubelet/kuberuntime/kuberuntime_container.go
 */
export function setTerminationGracePeriod(
  pod: TerminatedPod,
  container: { readonly startupProbe?: ProbePeriod; readonly livenessProbe?: ProbePeriod },
  reason: ContainerKillReason,
): number {
  const deletionSeconds = pod.metadata?.deletionGracePeriodSeconds;
  if (deletionSeconds !== undefined) return deletionSeconds;
  const podSeconds = pod.spec?.terminationGracePeriodSeconds;
  if (podSeconds === undefined) return minimumGracePeriodSeconds;
  return probeOf(container, reason)?.terminationGracePeriodSeconds ?? podSeconds;
}

/**
 * The period a terminating pod has; it can only get shorter, and 0 means that none is set.
 * pkg/kubelet/pod_workers.go
 */
export function calculateEffectiveGracePeriod(
  currentSeconds: number,
  pod: TerminatedPod,
  overrideSeconds?: number,
): { readonly gracePeriodSeconds: number; readonly shortened: boolean } {
  let seconds = currentSeconds;
  let overridden = false;
  for (const override of [pod.metadata?.deletionGracePeriodSeconds, overrideSeconds]) {
    if (override === undefined || (seconds !== 0 && override >= seconds)) continue;
    seconds = override;
    overridden = true;
  }
  if (!overridden && seconds === 0) seconds = pod.spec?.terminationGracePeriodSeconds ?? 0;
  const gracePeriodSeconds = Math.max(1, seconds);
  const shortened = currentSeconds !== 0 && currentSeconds !== gracePeriodSeconds;
  return { gracePeriodSeconds, shortened };
}

function probeOf(
  container: { readonly startupProbe?: ProbePeriod; readonly livenessProbe?: ProbePeriod },
  reason: ContainerKillReason,
): ProbePeriod | undefined {
  if (reason === "StartupProbe") return container.startupProbe;
  return reason === "LivenessProbe" ? container.livenessProbe : undefined;
}
