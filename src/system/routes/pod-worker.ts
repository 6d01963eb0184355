import { isPodPhaseTerminal } from "../../../machines/api/pod-status.ts";
import { activeForMs, shouldSync } from "../../../machines/kubelet/active-deadline.ts";
import { podSyncMachine } from "../../../machines/kubelet/pod-sync.machine.ts";
import { isPodStatusCacheTerminal } from "../../../machines/kubelet/pod-worker-rules.ts";
import { podTerminationMachine } from "../../../machines/kubelet/pod-termination.machine.ts";
import { podWorkerMachine } from "../../../machines/kubelet/pod-worker.machine.ts";
import type { Emission, MachineRow, Route, Routes, Subject, View } from "../composition.ts";
import { type KubeletEvent, recordPodEvent } from "../projections/events.ts";
import { networkNotReady } from "../projections/node.ts";
import { killErrorOf } from "../projections/kill.ts";
import { purgeInitContainers, removeContainer } from "../projections/runtime.ts";
import { forgetGenerated, generateStatus } from "../projections/status.ts";
import { missingPullSecrets, missingPullSecretsMessage } from "../projections/pull-secrets.ts";
import { gatesOfPod } from "../gates.ts";
import type { KubeWorld } from "../world.ts";
import { relist } from "./container.ts";
import { evictionEnd } from "./eviction.ts";
import { purgedOf, reviewPurged } from "./container-review.ts";
import { podObserved } from "./pod-observation.ts";
import { addProbes, removeProbes, stopProbes } from "./probe.ts";
import {
  isOnNode,
  ofPod,
  ofSlot,
  podOf,
  toHandler,
  toSelf,
  telling,
  viewing,
} from "./receivers.ts";
import { retryResizes } from "./resize.ts";
import { condemnedPhase } from "./status.ts";
import { volumesOf } from "./volume.ts";

/** The machines that carry a pod through its life on a node. */
export const podWorkerMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  podWorker: {
    machine: podWorkerMachine,
    exists: hasWorker,
    input: (world, { pod }) => ({
      terminationGracePeriodSeconds: world.side(pod).pod.spec.terminationGracePeriodSeconds ?? 0,
    }),
  },
  podSync: { machine: podSyncMachine, exists: isOnNode, input: () => ({}), gates: gatesOfPod },
  podTermination: { machine: podTerminationMachine, exists: isOnNode, input: () => ({}) },
};

/**
 * A worker that has finished is not started again for the same UID, and a kubelet that has stopped
 * has none.
 */
function hasWorker(world: KubeWorld, subject: Subject): boolean {
  if (!isOnNode(world, subject)) return false;
  const { isFinished, isForgotten } = world.side(subject.pod);
  return !isFinished && isForgotten !== true;
}

const requestStatus: Route<KubeWorld> = {
  project: generateStatus,
  to: ofPod("podPhase"),
  view: "phaseObservation",
  asOrigin: true,
};

const killPod: Route<KubeWorld> = { to: ofPod("podKill"), view: "podToKill", asOrigin: true };

/** That records are gone is seen at the next relist, as all else. */
const relistPurged: Route<KubeWorld> = {
  ...relist,
  to: telling("pleg", (world, { from: { subject } }) => {
    const isPurged = purgedOf(world, podOf(subject)).length > 0;
    return isPurged ? { machine: "pleg", subject: { pod: podOf(subject) } } : undefined;
  }),
};

export const podWorkerRoutes: Routes<KubeWorld> = {
  podWorker: {
    "sync.requested": [{ to: ofPod("podSync") }],
    "sync.cancelled": [{ to: ofPod("podSync") }],
    "relist.awaited": [
      {
        to: telling("pleg", (_, { from }) => ({
          machine: "pleg",
          subject: { pod: podOf(from.subject) },
        })),
        event: { type: "relist" },
        latencyMs: (world, { from, now }) =>
          world.untilRelistMs(world.side(from.subject.pod).node, now),
        supersedes: "relist",
        keepsPending: true,
      },
    ],
    "work.enqueued": [{ project: forgetGenerated, to: toHandler("workQueue") }],
    "termination.requested": [{ to: ofPod("podTermination") }],
    "cleanUp.requested": [{ to: ofPod("podTermination") }],
  },
  podSync: {
    "status.requested": [requestStatus],
    "volumes.awaited": [
      { to: telling("volume", volumesOf), event: { type: "volume.requested" } },
      { to: toSelf, view: "volumesObserved" },
    ],
    "probes.added": addProbes,
    "actions.requested": [{ to: toSelf, view: "podObserved" }],
    "pod.killRequested": [killPod],
    "container.killRequested": [
      { to: ofSlot("containerKill"), view: "killRequested", asOrigin: true },
    ],
    "container.removeRequested": [
      { project: removeContainer },
      { to: ofSlot("container"), event: { type: "container.reviewed" }, view: "containerReviewed" },
      relist,
    ],
    "sandbox.requested": [
      { project: purgeInitContainers, to: ofPod("podSandbox") },
      reviewPurged,
      relistPurged,
    ],
    "container.startRequested": [{ to: ofSlot("containerStart"), view: "startRequested" }],
    "event.recorded": [{ project: recordSyncEvent }],
    "sync.ended": [{ to: ofPod("podWorker") }],
  },
  podTermination: {
    "status.requested": [
      requestStatus,
      { to: telling("podPhase", condemnedPhase), event: { type: "pod.condemned" } },
    ],
    "probes.stopped": stopProbes,
    "probes.removed": [
      {
        project: (world, { from }) => void world.change(from.subject.pod, { isStopped: true }),
      },
      ...removeProbes,
    ],
    "pod.killRequested": [killPod],
    "termination.ended": [{ to: ofPod("podWorker") }, evictionEnd, retryResizes],
    "volumes.unmountRequested": [
      { to: telling("volume", volumesOf), event: { type: "volume.unmountRequested" } },
      { to: toSelf, view: "volumesObserved" },
    ],
    "pod.terminated": [{ to: ofPod("statusManager"), view: "podTerminated" }],
    "pod.cleanedUp": [{ to: ofPod("podWorker") }],
    "event.recorded": [
      {
        project: (world, { from, now }) =>
          recordPodEvent(world, now, from.subject.pod, {
            type: "Warning",
            reason: "FailedKillPod",
            message: `error killing pod: ${killErrorOf(world, from.subject.pod) ?? ""}`,
          }),
      },
    ],
  },
};

export const podWorkerViews: Readonly<Record<string, View<KubeWorld>>> = {
  podUpdated: viewing("pod.updated", (world, { to }) => {
    const { pod, cache } = world.side(to.pod);
    const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
    return {
      type: "pod.updated",
      isDeleted: deletionTimestamp !== undefined,
      isTerminal: isPodPhaseTerminal(pod.status?.phase),
      isCacheTerminal: isPodStatusCacheTerminal(cache),
      deletionGracePeriodSeconds: deletionGracePeriodSeconds ?? null,
    };
  }),
  podObserved,
  /** getPodsToSync, at a tick of the sync loop. */
  deadlineObserved: viewing("deadline.observed", (world, { to, now }) => {
    const { pod, node, staged } = world.side(to.pod);
    const activeMs = activeForMs(pod, staged?.status, world.nodeEpochMs(node) + now);
    return { type: "deadline.observed", isPast: shouldSync(pod.spec, activeMs) };
  }),
  podTerminated: viewing("pod.terminated", (world, { to }) => ({
    type: "pod.terminated",
    phase: world.side(to.pod).staged?.status.phase ?? "Pending",
  })),
};

function recordSyncEvent(world: KubeWorld, { from, now, fact }: Emission): void {
  recordPodEvent(world, now, from.subject.pod, syncEvent(world, from.subject.pod, fact["reason"]));
}

function syncEvent(world: KubeWorld, pod: string | undefined, reason: unknown): KubeletEvent {
  switch (reason) {
    case "SandboxChanged":
      return { type: "Normal", reason, message: sandboxChanged };
    case "FailedToRetrieveImagePullSecret": {
      const names = missingPullSecrets(world, world.side(pod).pod);
      return { type: "Warning", reason, message: missingPullSecretsMessage(names) };
    }
    default:
      const message = `network is not ready: ${networkNotReady}`;
      return { type: "Warning", reason: "NetworkNotReady", message };
  }
}

const sandboxChanged = "Pod sandbox changed, it will be killed and re-created.";
