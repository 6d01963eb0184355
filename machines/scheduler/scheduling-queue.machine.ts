import { emit, setup } from "xstate";

import { schedulingQueueChart } from "../generated/scheduling-queue.ts";
import type { Samples } from "../samples.ts";

type SchedulingQueueEvent =
  | { type: "pod.added"; isGated: boolean }
  | {
      type: "requeue.asked";
      /** A PreEnqueue plugin refuses it. */
      isGated: boolean;
      isBackingOff: boolean;
      /** A plugin asks for it, whether the pod backs off or not. */
      isForced: boolean;
    }
  | { type: "backOff.flushed"; isBackingOff: boolean }
  | { type: "pod.popped" }
  | {
      type: "attempt.failed";
      /** Nothing that happened helps it. */
      isSkipped: boolean;
      isGated: boolean;
      /** A plugin has refused it, so that its wait is no matter of errors. */
      isRejected: boolean;
    }
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
    isForced: ({ event }) => event.type === "requeue.asked" && event.isForced,
    isRejected: ({ event }) => event.type === "attempt.failed" && event.isRejected,
  },
  actions: {
    gate: emit({ type: "queue.gated" }),
    activate: emit({ type: "queue.activated" }),
    backOff: emit({ type: "queue.backedOff" }),
    backOffAfterError: emit({ type: "queue.errorBackedOff" }),
    park: emit({ type: "queue.parked" }),
  },
}).createMachine({ ...schedulingQueueChart, context: {} });

const free = { isGated: false, isBackingOff: false, isForced: false };
const refused = { isSkipped: false, isGated: false, isRejected: true };

export const schedulingQueueSamples: Samples<typeof schedulingQueueMachine> = {
  inputs: [{}],
  events: [
    { type: "pod.added", isGated: false },
    { type: "pod.added", isGated: true },
    { type: "requeue.asked", ...free },
    { type: "requeue.asked", ...free, isGated: true },
    { type: "requeue.asked", ...free, isBackingOff: true },
    { type: "requeue.asked", ...free, isForced: true },
    { type: "backOff.flushed", isBackingOff: true },
    { type: "backOff.flushed", isBackingOff: false },
    { type: "pod.popped" },
    { type: "attempt.failed", ...refused, isSkipped: true },
    { type: "attempt.failed", ...refused },
    { type: "attempt.failed", ...refused, isGated: true },
    { type: "attempt.failed", ...refused, isRejected: false },
    { type: "attempt.done" },
    { type: "pod.left" },
  ],
};
