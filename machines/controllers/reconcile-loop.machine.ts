import { assign, emit, setup } from "xstate";

import { reconcileLoopChart } from "../generated/reconcile-loop.ts";
import type { Samples } from "../samples.ts";
import { timed } from "../timed.ts";
import { itemBackOffMs, mostFailures } from "./work-queue.ts";

interface ReconcileLoopInput {
  /** 0: it is tried for ever. */
  readonly maxRetries: number;
  /** How long it waits after the first failure, in milliseconds. */
  readonly baseDelayMs: number;
}

interface ReconcileLoopContext extends ReconcileLoopInput {
  readonly failures: number;
  readonly postponedMs: number;
}

type ReconcileLoopEvent =
  | { type: "key.added" }
  | { type: "sync.succeeded" }
  | { type: "sync.postponed"; afterMs: number }
  | { type: "sync.failed" };

/** One key in the work queue that all controllers have. */
export const reconcileLoopMachine = setup({
  types: {} as {
    input: ReconcileLoopInput;
    context: ReconcileLoopContext;
    events: ReconcileLoopEvent;
    emitted: { type: "sync.asked" };
  },
  guards: {
    isGivenUp: ({ context: { failures, maxRetries } }) => maxRetries > 0 && failures >= maxRetries,
  },
  actions: {
    askForSync: emit({ type: "sync.asked" }),
    forget: assign({ failures: 0 }),
    countFailure: assign({
      failures: ({ context }) => Math.min(context.failures + 1, mostFailures),
    }),
    noteTime: assign(({ event }) =>
      event.type === "sync.postponed" ? { postponedMs: event.afterMs } : {},
    ),
  },
  delays: {
    backOff: timed("min(baseDelayMs * 2^(failures - 1), 1000000) ms", ({ context }) =>
      itemBackOffMs(context.failures, context.baseDelayMs),
    ),
    postponement: timed("postponedMs ms", ({ context }) => context.postponedMs),
  },
}).createMachine({
  ...reconcileLoopChart,
  context: ({ input }) => ({ ...input, failures: 0, postponedMs: 0 }),
});

export const reconcileLoopSamples: Samples<typeof reconcileLoopMachine> = {
  inputs: [
    { maxRetries: 0, baseDelayMs: 5 },
    { maxRetries: 1, baseDelayMs: 1_000 },
  ],
  events: [
    { type: "key.added" },
    { type: "sync.succeeded" },
    { type: "sync.postponed", afterMs: 7_000 },
    { type: "sync.failed" },
  ],
};
