import { assign, emit, setup } from "xstate";

import { restartBackOffChart } from "../generated/restart-back-off.ts";
import type { Samples } from "../samples.ts";
import { timed } from "../timed.ts";
import {
  type BackOffLimits,
  backOffMs,
  highestBackOffStep,
  nextBackOffStep,
} from "./back-off-ladder.ts";
import {
  hasPassedAll,
  isInBackOffSince,
  startForgettingMs,
  untilNextStepMs,
} from "./restart-back-off.ts";

export interface RestartBackOffInput extends BackOffLimits {
  /** How long a start decision is remembered. */
  readonly forgettingMs: number;
}

interface RestartBackOffContext extends RestartBackOffInput {
  /** Starts that were decided after an exit, up to the longest delay; 0: none is remembered. */
  readonly step: number;
  /** The highest step whose whole delay has passed since the last exit. */
  readonly passed: number;
}

type RestartBackOffEvent =
  | { type: "container.exited" }
  | {
      type: "restart.requested";
      /** The PLEG cache has an ended container of this name. */
      hasExited: boolean;
      /** Image and resources are those of the start that is remembered. */
      isSameKey: boolean;
    }
  | { type: "backOff.collected" };

/** Delays the restarts of one container. */
export const restartBackOffMachine = setup({
  types: {} as {
    input: RestartBackOffInput;
    context: RestartBackOffContext;
    events: RestartBackOffEvent;
    emitted:
      | { type: "restart.allowed" }
      | { type: "restart.refused"; backOffMs: number }
      | { type: "backOff.advanced"; backOffMs: number }
      | { type: "backOff.aged" }
      | { type: "backOff.forgotten" }
      | { type: "exit.noted" };
  },
  guards: {
    hasNotExited: ({ event }) => event.type === "restart.requested" && !event.hasExited,
    isAnotherKey: ({ event }) => event.type === "restart.requested" && !event.isSameKey,
    isInBackOff: ({ context }) => isInBackOffSince(context, context.step, context.passed),
    isLastStep: ({ context }) => hasPassedAll(context, context.passed + 1),
  },
  actions: {
    begin: assign({ step: 1 }),
    forget: assign({ step: 0 }),
    advance: assign({ step: ({ context }) => nextBackOffStep(context, context.step) }),
    passStep: assign({ passed: ({ context }) => context.passed + 1 }),
    countDelays: assign({ passed: 0 }),
    noteExit: emit({ type: "exit.noted" }),
    allow: emit({ type: "restart.allowed" }),
    refuse: emit(({ context }) => ({
      type: "restart.refused",
      backOffMs: backOffMs(context, context.step),
    })),
    reportAdvance: emit(({ context }) => ({
      type: "backOff.advanced",
      backOffMs: backOffMs(context, context.step),
    })),
    reportAge: emit({ type: "backOff.aged" }),
    reportForgotten: emit({ type: "backOff.forgotten" }),
  },
  delays: {
    startForgetting: timed("(forgettingMs + 1) ms", ({ context }) => context.forgettingMs + 1),
    nextStep: timed("(backOff(passed + 1) - backOff(passed)) ms", ({ context }) =>
      untilNextStepMs(context, context.passed),
    ),
  },
}).createMachine({
  ...restartBackOffChart,
  context: ({ input }) => ({ ...input, step: 0, passed: highestBackOffStep(input) }),
});

export const restartBackOffSamples: Samples<typeof restartBackOffMachine> = {
  inputs: [
    { initialBackOffMs: 10_000, maximumBackOffMs: 300_000, forgettingMs: startForgettingMs },
    { initialBackOffMs: 1_000, maximumBackOffMs: 1_000, forgettingMs: startForgettingMs },
  ],
  events: [
    { type: "container.exited" },
    { type: "restart.requested", hasExited: false, isSameKey: true },
    { type: "restart.requested", hasExited: true, isSameKey: true },
    { type: "restart.requested", hasExited: true, isSameKey: false },
    { type: "backOff.collected" },
  ],
};
