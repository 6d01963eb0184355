import { bindingCycleMachine } from "../../../machines/scheduler/binding-cycle.machine.ts";
import {
  type FilterOutcome,
  type PreemptionOutcome,
  schedulingCycleMachine,
} from "../../../machines/scheduler/scheduling-cycle.machine.ts";
import { schedulingQueueMachine } from "../../../machines/scheduler/scheduling-queue.machine.ts";
import type {
  Emission,
  Handler,
  HandlerContext,
  MachineRow,
  Message,
  Receiver,
  Route,
  Routes,
  View,
} from "../composition.ts";
import * as cycle from "../projections/scheduling-cycle.ts";
import * as outcome from "../projections/scheduling-outcome.ts";
import * as queue from "../projections/scheduling-queue.ts";
import { forget, podGone } from "../scheduler-informer.ts";
import type { Place } from "../scheduler-side.ts";
import type { KubeWorld } from "../world.ts";
import { podOf, toHandler, toSelf } from "./receivers.ts";

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

const theCycle: Receiver = { machine: "schedulingCycle", subject: {} };

/** Is anybody there who may be tried? */
const checkQueue: Route<KubeWorld> = {
  to: () => theCycle,
  view: "queueChecked",
  supersedes: "queue",
};

const beginWaiting: Route<KubeWorld> = { to: () => theCycle, view: "waitingBegun" };

/** Flushes are periodic and do not keep a run alive; a pod that will be tried again does. */
const checkQueueLater: Route<KubeWorld> = {
  to: () => theCycle,
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
  to: ({ scheduler }) => {
    return scheduler.queue.get(scheduler.ended)?.requeue && queue.queueOf(scheduler.ended);
  },
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
      { project: cycle.pop, to: ofAttempt, event: { type: "pod.popped" } },
      { to: toSelf, view: "podTaken" },
    ],
    "attempt.skipped": [
      { project: outcome.writeSkip, to: ofEnded, event: { type: "pod.left" } },
      checkQueue,
    ],
    "nodes.asked": [{ to: toSelf, view: "nodesFound" }],
    "scores.asked": [{ to: toSelf, view: "nodesScored" }],
    "victims.asked": [{ to: toSelf, view: "victimsFound" }],
    "victims.preempted": [{ project: outcome.choosePreemption, to: toHandler("scheduler") }],
    "reserve.asked": [{ to: toSelf, view: "podReserved" }],
    "attempt.errored": [{ project: outcome.writeError }, requeue, checkQueue],
    "attempt.rejected": [{ project: outcome.writeRejection }, requeue, checkQueue],
    "attempt.succeeded": [
      { project: cycle.assume, to: ofEnded, event: { type: "attempt.done" } },
      { to: bindingOfEnded, event: { type: "binding.begun" } },
      checkQueue,
    ],
    "backOff.flushed": [{ to: toHandler("scheduler") }],
    "leftovers.flushed": [{ to: toHandler("scheduler") }],
  },
  bindingCycle: {
    "bind.asked": [
      { to: toHandler("apiserver"), event: { type: "request.bind" }, detail: binding },
    ],
    "pod.bound": [{ project: announce }],
    "binding.failed": [{ to: toHandler("scheduler") }],
  },
};

export const schedulingViews: Readonly<Record<string, View<KubeWorld>>> = {
  queueChecked: (world) => ({
    type: "queue.checked",
    isEmpty: queue.firstInLine(world) === undefined,
  }),
  podTaken: (world) => {
    const { key, podInfo } = cycle.underWay(world);
    const isDeleting = podInfo.pod.metadata.deletionTimestamp !== undefined;
    return { type: "pod.taken", isDeleting, isAssumed: world.scheduler.assumed.has(key) };
  },
  nodesFound: (world) => ({ type: "nodes.found", outcome: filterOutcome(world) }),
  nodesScored: (world) => ({
    type: "nodes.scored",
    hasFailed: cycle.attemptOf(world).type === "error",
  }),
  victimsFound: (world) => ({ type: "victims.found", outcome: preemptionOutcome(world) }),
  podReserved: (world) => ({
    type: "pod.reserved",
    hasFailed: world.scheduler.assumed.has(cycle.underWay(world).key),
  }),
  attemptFailed: (world, { to }) => {
    const requeued = world.scheduler.queue.get(podOf(to))?.requeue ?? nothingKnown;
    return { type: "attempt.failed", ...requeued };
  },
  waitingBegun: (world, { now }) => {
    const nowMs = world.epochMs + now;
    const seconds = Math.floor(nowMs / 1_000) % 30;
    return { type: "waiting.begun", windowMs: 1_000 - (nowMs % 1_000), seconds };
  },
};

/** What the API server answers when the scheduler wants a victim to go. */
export interface SchedulerAnswers {
  preempt(about: { readonly pod: string }, atMs: number): ReturnType<outcome.Refusals>;
}

/** What the scheduler does for many pods at once. */
export function schedulerOf(answers: SchedulerAnswers): Handler<KubeWorld> {
  return (context) => actForMany(context, answers);
}

function actForMany(context: HandlerContext<KubeWorld>, answers: SchedulerAnswers): void {
  const { world, event, from, detail, now, send } = context;
  switch (event.type) {
    case "backOff.flushed":
      return sendAll(send, [...queue.flushBackOff(world, now), ...endWaiting(world)]);
    case "leftovers.flushed":
      return sendAll(send, queue.flushLeftovers(world, now));
    case "victims.preempted":
      return sendAll(send, preempted(world, now, answers));
    case "preemption.failed":
      return sendAll(send, queue.activated(world, String(detail?.["preemptor"])));
    case "binding.failed":
      return sendAll(
        send,
        bindingFailed(world, podOf(from?.subject ?? {}), String(detail?.["message"]), now),
      );
    default:
      throw new Error(`the scheduler is not told of ${event.type}`);
  }
}

/** A preemption that fails is begun again at once, or its pod might wait for ever. */
function preempted(world: KubeWorld, now: number, answers: SchedulerAnswers): readonly Message[] {
  const { deleted, failed } = outcome.preempt(world, now, (pod) => answers.preempt({ pod }, now));
  const deletions = deleted.map(deletion);
  if (failed === undefined) return deletions;
  const { takesMs, preemptor } = failed;
  const to = { machine: "scheduler", subject: {} };
  const event = { type: "preemption.failed" };
  return [...deletions, { to, event, detail: { preemptor }, delayMs: takesMs }];
}

function sendAll(send: (message: Message) => void, messages: readonly Message[]): void {
  for (const message of messages) send(message);
}

/** schedule_one.go handleBindingCycleError */
function bindingFailed(
  world: KubeWorld,
  key: string,
  message: string,
  now: number,
): readonly Message[] {
  const assumed = world.scheduler.assumed.get(key);
  if (assumed === undefined) return [];
  forget(world, assumed);
  const freed = podGone({ world, now }, assumed);
  outcome.fail(world, assumed, now, {
    reason: "SchedulerError",
    message: `running Bind plugin "DefaultBinder": ${message}`,
    unschedulablePlugins: [],
    nominatedNodeName: "",
  });
  const isThere = world.scheduler.queue.get(key)?.requeue !== undefined;
  const back: Message = {
    to: queue.queueOf(key),
    event: { type: "attempt.failed" },
    view: "attemptFailed",
  };
  return isThere ? [...freed, back] : freed;
}

function endWaiting({ scheduler: { queue: queued } }: KubeWorld): readonly Message[] {
  const places = ["backoff", "errorBackoff", "unschedulable"];
  const isAny = [...queued.values()].some(({ place }) => places.includes(place));
  return isAny ? [] : [{ to: theCycle, event: { type: "waiting.ended" } }];
}

function deletion(key: string): Message {
  const to = { machine: "apiserver", subject: {} };
  return { to, event: { type: "request.delete" }, detail: { kind: "Pod", key } };
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

const nothingKnown = { isSkipped: false, isGated: false, isBackingOff: false, isRejected: false };
