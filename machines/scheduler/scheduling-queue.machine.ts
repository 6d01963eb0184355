import { emit, setup } from "xstate";

import { schedulingQueueChart } from "../generated/scheduling-queue.ts";
import type { Samples } from "../samples.ts";

/** What the queue knows of a pod when something may move it. */
interface Requeue {
  /** A PreEnqueue plugin refuses it. */
  readonly isGated: boolean;
  readonly isBackingOff: boolean;
  /** A plugin has refused it, so that its wait is no matter of errors. */
  readonly isRejected: boolean;
}

type SchedulingQueueEvent =
  | { type: "pod.added"; isGated: boolean }
  | ({ type: "requeue.asked" } & Requeue)
  | { type: "backOff.flushed"; isBackingOff: boolean }
  | { type: "pod.activated"; isGated: boolean }
  | { type: "pod.popped" }
  | ({
      type: "attempt.failed" /** Nothing that happened helps it. */;
      isSkipped: boolean;
    } & Requeue)
  | { type: "attempt.done" }
  | { type: "pod.left" };

/** Where a pod without a node waits for its next scheduling attempt. */
export const schedulingQueueMachine = setup({
  types: {} as {
    input: Record<never, never>;
    context: Record<never, never>;
    events: SchedulingQueueEvent;
    emitted:
      | { type: "queue.gated" }
      | { type: "queue.activated" }
      | { type: "queue.backedOff" }
      | { type: "queue.errorBackedOff" }
      | { type: "queue.parked" };
  },
  guards: {
    isSkipped: ({ event }) => event.type === "attempt.failed" && event.isSkipped,
    isGated: ({ event }) => "isGated" in event && event.isGated,
    isBackingOff: ({ event }) => "isBackingOff" in event && event.isBackingOff,
    isErrorBackingOff: ({ event }) =>
      "isRejected" in event && event.isBackingOff && !event.isRejected,
  },
  actions: {
    gate: emit({ type: "queue.gated" }),
    activate: emit({ type: "queue.activated" }),
    backOff: emit({ type: "queue.backedOff" }),
    backOffAfterError: emit({ type: "queue.errorBackedOff" }),
    park: emit({ type: "queue.parked" }),
  },
}).createMachine({ ...schedulingQueueChart, context: {} });

const free: Requeue = { isGated: false, isBackingOff: false, isRejected: true };
const waiting: Requeue = { ...free, isBackingOff: true };

export const schedulingQueueSamples: Samples<typeof schedulingQueueMachine> = {
  inputs: [{}],
  events: [
    { type: "pod.added", isGated: false },
    { type: "pod.added", isGated: true },
    { type: "requeue.asked", ...free },
    { type: "requeue.asked", ...free, isGated: true },
    { type: "requeue.asked", ...waiting },
    { type: "requeue.asked", ...waiting, isRejected: false },
    { type: "backOff.flushed", isBackingOff: true },
    { type: "backOff.flushed", isBackingOff: false },
    { type: "pod.activated", isGated: false },
    { type: "pod.activated", isGated: true },
    { type: "pod.popped" },
    { type: "attempt.failed", isSkipped: true, ...waiting },
    { type: "attempt.failed", isSkipped: false, ...free },
    { type: "attempt.failed", isSkipped: false, ...free, isGated: true },
    { type: "attempt.failed", isSkipped: false, ...waiting },
    { type: "attempt.failed", isSkipped: false, ...waiting, isRejected: false },
    { type: "attempt.done" },
    { type: "pod.left" },
  ],
};
