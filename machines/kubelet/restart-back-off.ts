import { durationString } from "../api/duration.ts";
import { parseDuration } from "../api/go-duration.ts";
import { type BackOffLimits, backOffMs, highestBackOffStep } from "./back-off-ladder.ts";

/** What of a KubeletConfiguration bounds the delay of restarts. */
export interface RestartBackOffConfiguration {
  readonly crashLoopBackOff?: { readonly maxContainerRestartPeriod?: string };
}

/** The feature gates it asks for; an absent one has its default of 1.35. */
export interface RestartBackOffGates {
  /** On: the configuration has the maximum. */
  readonly KubeletCrashLoopBackOffMax?: boolean;
  /** Off: the delay begins at 1 s and ends at 60 s. */
  readonly ReduceDefaultCrashLoopBackOffDecay?: boolean;
}

/** How long a start decision is remembered; pkg/kubelet/kubelet.go HasExpiredFunc. */
export const startForgettingMs = 600_000;

/** The bounds of a node's crash-loop back-off; pkg/kubelet/kubelet.go newCrashLoopBackOff. */
export function newCrashLoopBackOff(
  { crashLoopBackOff = {} }: RestartBackOffConfiguration,
  {
    KubeletCrashLoopBackOffMax = true,
    ReduceDefaultCrashLoopBackOffDecay = false,
  }: RestartBackOffGates = {},
): BackOffLimits {
  const initialBackOffMs = ReduceDefaultCrashLoopBackOffDecay ? 1_000 : 10_000;
  if (!KubeletCrashLoopBackOffMax) {
    const maximumBackOffMs = ReduceDefaultCrashLoopBackOffDecay ? 60_000 : maxContainerBackOffMs;
    return { initialBackOffMs, maximumBackOffMs };
  }
  const { maxContainerRestartPeriod = "" } = crashLoopBackOff;
  const maximumBackOffMs = parseDuration(maxContainerRestartPeriod) ?? maxContainerBackOffMs;
  return { initialBackOffMs: Math.min(initialBackOffMs, maximumBackOffMs), maximumBackOffMs };
}

// pkg/kubelet/apis/config/v1beta1/defaults.go MaxContainerBackOff, also the configuration's default
const maxContainerBackOffMs = 300_000;

/**
 * Whether a container that ended has to wait still: `passed` is the highest step whose whole delay
 * has gone by since the exit. client-go util/flowcontrol/backoff.go IsInBackOffSince
 */
export function isInBackOffSince(limits: BackOffLimits, step: number, passed: number): boolean {
  return backOffMs(limits, passed) < backOffMs(limits, step);
}

/** From the moment when one step's delay has passed to that of the next. */
export function untilNextStepMs(limits: BackOffLimits, passed: number): number {
  return backOffMs(limits, passed + 1) - backOffMs(limits, passed);
}

/** Then no step's delay can be under way any more. */
export function hasPassedAll(limits: BackOffLimits, passed: number): boolean {
  return passed >= highestBackOffStep(limits);
}

/** How the kubelet's texts name a pod; pkg/kubelet/util/format/pod.go Pod. */
export interface NamedPod {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
}

/** `state.waiting.message` of CrashLoopBackOff; kuberuntime_manager.go doBackOff. */
export function crashLoopBackOffMessage(delayMs: number, container: string, pod: NamedPod): string {
  const delay = durationString(delayMs);
  return `back-off ${delay} restarting failed container=${container} pod=${formatPod(pod)}`;
}

/** The Event of the same moment, without the delay, so that its repeats are counted. */
export function backOffRestartingMessage(container: string, pod: NamedPod): string {
  return `Back-off restarting failed container ${container} in pod ${formatPod(pod)}`;
}

function formatPod({ name, namespace = "default", uid = "" }: NamedPod): string {
  return `${name}_${namespace}(${uid})`;
}
