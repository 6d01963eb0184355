import type { RuntimeStatus } from "./runtime-status.ts";

/** How a pod worker's run ended, as far as its next run depends on it. */
export type WorkOutcome =
  | { readonly type: "phaseTransition" }
  | { readonly type: "synced" }
  | { readonly type: "networkNotReady" }
  | { readonly type: "failed"; readonly backOffEndsInMs?: readonly number[] };

export interface DelayBounds {
  readonly minDelayMs: number;
  /** Excluded, unless both are the same. */
  readonly maxDelayMs: number;
}

const resyncIntervalMs = 60_000; // syncFrequency of a KubeletConfiguration
const backOffPeriodMs = 10_000; // pkg/kubelet/kubelet.go backOffPeriod
const backOffOnTransientErrorPeriodMs = 1_000; // pkg/kubelet/pod_workers.go
const jitterFactor = 0.5; // worker{ResyncInterval,BackOffPeriod}JitterFactor, the same file

/**
 * When the pod is looked at again. A failure that waits for a back-off to end is retried at the
 * end of the first one. pkg/kubelet/pod_workers.go completeWork
 */
export function completeWork(outcome: WorkOutcome): DelayBounds {
  switch (outcome.type) {
    case "phaseTransition":
      return jittered(0);
    case "synced":
      return jittered(resyncIntervalMs);
    case "networkNotReady":
      return jittered(backOffOnTransientErrorPeriodMs);
    case "failed": {
      const { backOffEndsInMs = [] } = outcome;
      const delayMs = backOffEndsInMs.length > 0 ? Math.min(...backOffEndsInMs) : backOffPeriodMs;
      return jittered(Math.min(Math.max(delayMs, 0), resyncIntervalMs));
    }
  }
}

/**
 * What the worker makes of an error's text and of the back-offs that the error carries.
 * pkg/kubelet/pod_workers.go completeWork
 */
export function workOutcome(
  phaseTransition: boolean,
  error: string | undefined,
  backOffEndsInMs: readonly number[] = [],
): WorkOutcome {
  if (phaseTransition) return { type: "phaseTransition" };
  if (error === undefined) return { type: "synced" };
  if (error.includes("network is not ready")) return { type: "networkNotReady" };
  return { type: "failed", backOffEndsInMs };
}

/**
 * Whether nothing of a pod runs any more, as the last relist saw it: a finished pod that a kubelet
 * meets so when it starts has been stopped before. pkg/kubelet/pod_workers.go
 */
export function isPodStatusCacheTerminal({
  containers = [],
  sandboxes = [],
}: RuntimeStatus): boolean {
  return (
    !containers.some(({ state }) => state === "running") &&
    !sandboxes.some(({ state }) => state === "SANDBOX_READY")
  );
}

/** The static pods of one full name; only one of them may run. */
export interface StaticPodStarts {
  readonly startedStaticPod: string;
  /** Uids, the first one is next. */
  readonly waitingStaticPods: readonly string[];
}

export interface KnownWorker {
  readonly uid: string;
  readonly terminationRequested?: boolean;
  readonly terminated?: boolean;
}

export interface PodStart extends StaticPodStarts {
  readonly canStart: boolean;
  readonly canEverStart: boolean;
}

/**
 * Whether a worker may start its pod; a static pod waits for its namesakes.
 * pkg/kubelet/pod_workers.go allowPodStart, allowStaticPodStart
 */
export function allowPodStart(
  pod: { readonly uid: string; readonly isStatic: boolean },
  workers: readonly KnownWorker[],
  starts: StaticPodStarts,
): PodStart {
  if (!pod.isStatic) return { ...starts, canStart: true, canEverStart: true };
  const worker = workers.find(({ uid }) => uid === pod.uid);
  if (worker === undefined || worker.terminationRequested === true) {
    return { ...starts, canStart: false, canEverStart: false };
  }
  if (starts.startedStaticPod !== "") {
    return { ...starts, canStart: starts.startedStaticPod === pod.uid, canEverStart: true };
  }
  const { waitingStaticPods } = starts;
  const at = waitingStaticPods.findIndex((uid) => isAlive(workers, uid));
  const next = waitingStaticPods[at];
  if (next !== undefined && next !== pod.uid) {
    const waiting = waitingStaticPods.slice(at);
    return { ...starts, waitingStaticPods: waiting, canStart: false, canEverStart: true };
  }
  return {
    startedStaticPod: pod.uid,
    waitingStaticPods: next === undefined ? waitingStaticPods : waitingStaticPods.slice(at + 1),
    canStart: true,
    canEverStart: true,
  };
}

function isAlive(workers: readonly KnownWorker[], uid: string): boolean {
  const worker = workers.find((known) => known.uid === uid);
  return worker !== undefined && !worker.terminationRequested && !worker.terminated;
}

function jittered(delayMs: number): DelayBounds {
  return { minDelayMs: delayMs, maxDelayMs: delayMs * (1 + jitterFactor) };
}
