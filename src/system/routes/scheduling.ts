import { bindingCycleMachine } from "../../../machines/scheduler/binding-cycle.machine.ts";
import {
  type FilterOutcome,
  type PreemptionOutcome,
  schedulingCycleMachine,
} from "../../../machines/scheduler/scheduling-cycle.machine.ts";
import { schedulingQueueMachine } from "../../../machines/scheduler/scheduling-queue.machine.ts";
import type { Emission, MachineRow, Receiver, Route, Routes, View } from "../composition.ts";
import { isLed } from "../control-plane.ts";
import * as cycle from "../projections/scheduling-cycle.ts";
import * as outcome from "../projections/scheduling-outcome.ts";
import { choosePreemption } from "../projections/scheduling-preemption.ts";
import * as queue from "../projections/scheduling-queue.ts";
import type { Place } from "../scheduler-side.ts";
import type { KubeWorld } from "../world.ts";
import * as volumes from "../projections/scheduling-volumes.ts";
import { podOf, toHandler, toSelf, viewing, telling } from "./receivers.ts";

/** A pod's place in the queue and its binding are its own; attempts are made one by one. */
export const schedulingMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  schedulingQueue: { machine: schedulingQueueMachine, exists: () => true, input: () => ({}) },
  schedulingCycle: {
    machine: schedulingCycleMachine,
    exists: () => true,
    input: () => ({}),
    periodicDelays: ["window", "second"],
  },
  bindingCycle: { machine: bindingCycleMachine, exists: () => true, input: () => ({}) },
};

export const theCycle: Receiver = { machine: "schedulingCycle", subject: {} };
const toCycle = telling("schedulingCycle", () => theCycle);

/** Is anybody there who may be tried? */
const checkQueue: Route<KubeWorld> = {
  to: toCycle,
  view: "queueChecked",
  supersedes: "queue",
};

const beginWaiting: Route<KubeWorld> = { to: toCycle, view: "waitingBegun" };

/** Flushes are periodic and do not keep a run alive; a pod that will be tried again does. */
const checkQueueLater: Route<KubeWorld> = {
  to: telling("schedulingCycle", ({ scheduler }, { from }) => {
    const { backoffUntilMs } = scheduler.queue.get(podOf(from.subject)) ?? {};
    return backoffUntilMs === undefined ? undefined : theCycle;
  }),
  view: "queueChecked",
  latencyMs: (world, { from, now }) => {
    const { backoffUntilMs = 0 } = world.scheduler.queue.get(podOf(from.subject)) ?? {};
    return backoffUntilMs + longestFlushMs - world.epochMs - now;
  },
};

/** Within this time after its back-off a pod is flushed: the next whole second but one. */
const longestFlushMs = 2_000;

function placed(place: Place): Route<KubeWorld> {
  return { project: (world, { from }) => queue.moveTo(world, podOf(from.subject), place) };
}

/** The pod's place after an attempt that has failed. */
const requeue: Route<KubeWorld> = {
  to: telling("schedulingQueue", ({ scheduler }) => {
    return scheduler.queue.get(scheduler.ended)?.requeue && queue.queueOf(scheduler.ended);
  }),
  view: "attemptFailed",
};

export const schedulingRoutes: Routes<KubeWorld> = {
  schedulingQueue: {
    "queue.gated": [placed("gated")],
    "queue.parked": [placed("unschedulable"), beginWaiting],
    "queue.backedOff": [placed("backoff"), beginWaiting, checkQueue],
    "queue.errorBackedOff": [placed("errorBackoff"), beginWaiting, checkQueueLater],
    "queue.activated": [placed("active"), checkQueue],
  },
  schedulingCycle: {
    "pod.asked": [
      {
        project: cycle.pop,
        to: telling("schedulingQueue", ofAttempt),
        event: { type: "pod.popped" },
      },
      { to: toSelf, view: "podTaken" },
    ],
    "attempt.skipped": [
      {
        project: outcome.writeSkip,
        to: telling("schedulingQueue", ofEnded),
        event: { type: "pod.left" },
      },
      checkQueue,
    ],
    "nodes.asked": [
      { project: cycle.look, to: toSelf, view: "nodesFound", latencyMs: cycle.attemptMs },
    ],
    "scores.asked": [{ to: toSelf, view: "nodesScored" }],
    "victims.asked": [{ to: toSelf, view: "victimsFound" }],
    "victims.preempted": [
      { project: choosePreemption, to: toHandler("scheduler"), detail: preemptorOf },
    ],
    "reserve.asked": [{ to: toSelf, view: "podReserved" }],
    "attempt.errored": [{ project: outcome.writeError }, requeue, checkQueue],
    "attempt.rejected": [{ project: outcome.writeRejection }, requeue, checkQueue],
    "attempt.succeeded": [
      {
        project: cycle.assume,
        to: telling("schedulingQueue", ofEnded),
        event: { type: "attempt.done" },
      },
      { to: telling("bindingCycle", bindingOfEnded), view: "bindingBegun" },
      checkQueue,
    ],
    "backOff.flushed": [{ to: toHandler("scheduler") }],
    "leftovers.flushed": [{ to: toHandler("scheduler") }],
  },
  bindingCycle: {
    "pod.nominated": [{ project: volumes.nominateAssumed }],
    "claims.asked": [{ project: volumes.bindClaims, to: toHandler("claims") }],
    "bind.asked": [
      { to: toHandler("apiserver"), event: { type: "request.bind" }, detail: binding },
    ],
    "pod.bound": [{ project: announce }],
    "binding.failed": [{ to: toHandler("scheduler") }],
  },
};

export const schedulingViews: Readonly<Record<string, View<KubeWorld>>> = {
  queueChecked: viewing("queue.checked", (world) => ({
    type: "queue.checked",
    isEmpty: !isLed(world, "kube-scheduler") || queue.firstInLine(world) === undefined,
  })),
  podTaken: viewing("pod.taken", (world) => {
    const { key, podInfo } = cycle.underWay(world);
    const isDeleting = podInfo.pod.metadata.deletionTimestamp !== undefined;
    return { type: "pod.taken", isDeleting, isAssumed: world.scheduler.assumed.has(key) };
  }),
  nodesFound: viewing("nodes.found", (world) => ({
    type: "nodes.found",
    outcome: filterOutcome(world),
  })),
  nodesScored: viewing("nodes.scored", (world) => ({
    type: "nodes.scored",
    hasFailed: cycle.attemptOf(world).type === "error",
  })),
  victimsFound: viewing("victims.found", (world) => ({
    type: "victims.found",
    outcome: preemptionOutcome(world),
  })),
  podReserved: viewing("pod.reserved", (world) => ({
    type: "pod.reserved",
    hasFailed: cycle.isInCache(world),
  })),
  bindingBegun: viewing("binding.begun", (world, { to }) => ({
    type: "binding.begun",
    hasClaims: volumes.hasClaimsToBind(world, podOf(to)),
  })),
  attemptFailed: viewing("attempt.failed", (world, { to }) => {
    const requeued = world.scheduler.queue.get(podOf(to))?.requeue ?? nothingKnown;
    return { type: "attempt.failed", ...requeued };
  }),
  waitingChecked: viewing("waiting.checked", (world) => ({
    type: "waiting.checked",
    isNobody: !queue.isAnyToFlush(world),
  })),
  waitingBegun: viewing("waiting.begun", (world, { now }) => {
    const nowMs = world.epochMs + now;
    const seconds = Math.floor(nowMs / 1_000) % 30;
    return { type: "waiting.begun", windowMs: 1_000 - (nowMs % 1_000), seconds };
  }),
};

function preemptorOf(world: KubeWorld) {
  return { uid: cycle.underWay(world).podInfo.pod.metadata.uid };
}

function ofAttempt(world: KubeWorld): Receiver {
  return queue.queueOf(cycle.underWay(world).key);
}

function ofEnded({ scheduler: { ended } }: KubeWorld): Receiver {
  return queue.queueOf(ended);
}

function bindingOfEnded({ scheduler: { ended } }: KubeWorld): Receiver {
  return { machine: "bindingCycle", subject: { pod: ended } };
}

function binding(world: KubeWorld, { from }: Emission) {
  const key = podOf(from.subject);
  const assumed = world.scheduler.assumed.get(key);
  return { key, uid: assumed?.metadata.uid, nodeName: assumed?.spec.nodeName };
}

function announce(world: KubeWorld, { from, now }: Emission): void {
  const pod = world.pod(podOf(from.subject));
  if (pod !== undefined) outcome.tellScheduled(world, pod, now);
}

function filterOutcome(world: KubeWorld): FilterOutcome {
  const attempt = cycle.attemptOf(world);
  switch (attempt.type) {
    case "noNodes":
      return "noNodes";
    case "unfit":
      return "none";
    case "error":
      return (attempt.found?.feasibleNodes.length ?? 0) > 1 ? "many" : "error";
    case "fits":
      return attempt.scores === undefined ? "one" : "many";
  }
}

function preemptionOutcome(world: KubeWorld): PreemptionOutcome {
  const { candidates, nominatedNodeName, postFilterMsg } = cycle.postFilteredOf(world);
  if (candidates.length > 0) return "preempting";
  if (nominatedNodeName !== undefined) return "notHelpful";
  return postFilterMsg.includes("not eligible") ? "notEligible" : "failed";
}

/** Another pod has come in its place meanwhile, whose attempt it was not. */
const nothingKnown = { isSkipped: true, isGated: false, isRejected: true };
