import { assign, emit, setup } from "xstate";

import { schedulingCycleChart } from "../generated/scheduling-cycle.ts";
import type { Samples } from "../samples.ts";
import { timed } from "../timed.ts";

/** Which nodes a pod fits on. */
export type FilterOutcome = "noNodes" | "error" | "none" | "one" | "many";
/** What preemption says. */
export type PreemptionOutcome = "preempting" | "notHelpful" | "notEligible" | "failed";

type SchedulingCycleEvent =
  | { type: "queue.checked"; isEmpty: boolean }
  | { type: "pod.taken"; isDeleting: boolean; isAssumed: boolean }
  | { type: "nodes.found"; outcome: FilterOutcome }
  | { type: "nodes.scored"; hasFailed: boolean }
  | { type: "victims.found"; outcome: PreemptionOutcome }
  | { type: "pod.reserved"; hasFailed: boolean }
  /** Milliseconds to the next whole second, 1 to 1000; seconds of half a minute, 0 to 29. */
  | { type: "waiting.begun"; windowMs: number; seconds: number }
  /** Whether nobody is left who may be flushed. */
  | { type: "waiting.checked"; isNobody: boolean };

type SchedulingCycleFact =
  | { type: "pod.asked" }
  | { type: "attempt.skipped"; because: "deleting" | "assumed" }
  | { type: "nodes.asked" }
  | { type: "scores.asked" }
  | { type: "victims.asked" }
  | { type: "victims.preempted" }
  | { type: "reserve.asked" }
  | { type: "attempt.errored"; because: "noNodes" | "plugin" | "reserve" }
  | { type: "attempt.rejected"; because: PreemptionOutcome }
  | { type: "attempt.succeeded" }
  | { type: "backOff.flushed" }
  | { type: "leftovers.flushed" };

interface SchedulingCycleContext {
  readonly windowMs: number;
  /** Since the leftovers were looked at. */
  readonly seconds: number;
}

/** Tries one pod after the other; the facts are about the one that is being tried. */
export const schedulingCycleMachine = setup({
  types: {} as {
    input: Record<never, never>;
    context: SchedulingCycleContext;
    events: SchedulingCycleEvent;
    emitted: SchedulingCycleFact;
  },
  guards: {
    isEmpty: ({ event }) => event.type === "queue.checked" && event.isEmpty,
    isDeleting: ({ event }) => event.type === "pod.taken" && event.isDeleting,
    isAssumed: ({ event }) => event.type === "pod.taken" && event.isAssumed,
    found: ({ event }, { outcome }: { outcome: FilterOutcome }) =>
      event.type === "nodes.found" && event.outcome === outcome,
    answered: ({ event }, { outcome }: { outcome: PreemptionOutcome }) =>
      event.type === "victims.found" && event.outcome === outcome,
    hasFailed: ({ event }) => "hasFailed" in event && event.hasFailed,
    isNobody: ({ event }) => event.type === "waiting.checked" && event.isNobody,
    isLeftoversTurn: ({ context }) => context.seconds + 1 >= leftoversPeriodSeconds,
  },
  actions: {
    askForPod: emit({ type: "pod.asked" }),
    skip: emit((_, { because }: { because: "deleting" | "assumed" }) => ({
      type: "attempt.skipped",
      because,
    })),
    askForNodes: emit({ type: "nodes.asked" }),
    askForScores: emit({ type: "scores.asked" }),
    askForVictims: emit({ type: "victims.asked" }),
    askToReserve: emit({ type: "reserve.asked" }),
    preempt: emit({ type: "victims.preempted" }),
    error: emit((_, { because }: { because: "noNodes" | "plugin" | "reserve" }) => ({
      type: "attempt.errored",
      because,
    })),
    reject: emit((_, { because }: { because: PreemptionOutcome }) => ({
      type: "attempt.rejected",
      because,
    })),
    succeed: emit({ type: "attempt.succeeded" }),
    noteWindow: assign(({ event }) =>
      event.type === "waiting.begun" ? { windowMs: event.windowMs, seconds: event.seconds } : {},
    ),
    flushBackOff: emit({ type: "backOff.flushed" }),
    flushLeftovers: emit({ type: "leftovers.flushed" }),
    countSecond: assign({ seconds: ({ context }) => context.seconds + 1 }),
    resetSeconds: assign({ seconds: 0 }),
  },
  delays: {
    window: timed("windowMs ms", ({ context }) => context.windowMs),
    second: 1_000,
  },
}).createMachine({ ...schedulingCycleChart, context: { windowMs: 0, seconds: 0 } });

/** pkg/scheduler/backend/queue/scheduling_queue.go Run: every 30 seconds. */
const leftoversPeriodSeconds = 30;

export const schedulingCycleSamples: Samples<typeof schedulingCycleMachine> = {
  inputs: [{}],
  events: [
    { type: "queue.checked", isEmpty: true },
    { type: "queue.checked", isEmpty: false },
    { type: "pod.taken", isDeleting: true, isAssumed: false },
    { type: "pod.taken", isDeleting: false, isAssumed: true },
    { type: "pod.taken", isDeleting: false, isAssumed: false },
    { type: "nodes.found", outcome: "noNodes" },
    { type: "nodes.found", outcome: "error" },
    { type: "nodes.found", outcome: "none" },
    { type: "nodes.found", outcome: "one" },
    { type: "nodes.found", outcome: "many" },
    { type: "nodes.scored", hasFailed: true },
    { type: "nodes.scored", hasFailed: false },
    { type: "victims.found", outcome: "preempting" },
    { type: "victims.found", outcome: "notHelpful" },
    { type: "victims.found", outcome: "notEligible" },
    { type: "victims.found", outcome: "failed" },
    { type: "pod.reserved", hasFailed: true },
    { type: "pod.reserved", hasFailed: false },
    { type: "waiting.begun", windowMs: 1_000, seconds: 28 },
    { type: "waiting.checked", isNobody: true },
    { type: "waiting.checked", isNobody: false },
  ],
};
