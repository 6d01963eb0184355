import { assign, emit, setup } from "xstate";

import { assert } from "../assert.ts";
import { containerKillChart } from "../generated/container-kill.ts";
import type { Samples } from "../samples.ts";
import { timed } from "../timed.ts";
import type { ContainerKillReason, KillOutcome } from "./container-kill.ts";
import {
  type HookKind,
  nextPreStop,
  type PreStopStep,
  remainingGraceSeconds,
  stopTimeoutSeconds,
} from "./container-stop.ts";

export interface ContainerKillInput {
  /** `lifecycle.preStop` of the container. */
  readonly preStop: HookKind;
  /** How long a sleep hook sleeps; 0 for any other. */
  readonly sleepSeconds: number;
}

interface ContainerKillContext extends ContainerKillInput {
  /** What is left of the grace period. */
  readonly graceSeconds: number;
  /** The whole pod ends, and it has sidecars. */
  readonly isOrdered: boolean;
}

/** Why, how long it may take, and what is said; the sentence names the container by its slot. */
export interface ContainerKillRequested {
  readonly type: "container.killRequested";
  readonly reason: ContainerKillReason;
  /** Empty when the whole pod ends. */
  readonly message: string;
  readonly graceSeconds: number;
  readonly isOrdered: boolean;
  readonly isInSpec: boolean;
}

type ContainerKillEvent =
  | ContainerKillRequested
  | { type: "hook.succeeded"; elapsedSeconds: number }
  | { type: "hook.failed"; elapsedSeconds: number }
  | { type: "turn.granted"; elapsedSeconds: number }
  | { type: "StopContainer.succeeded" }
  | { type: "StopContainer.failed"; cause: "error" | "notFound" };

/** Stops one container; the requester waits for `container.killed`. */
export const containerKillMachine = setup({
  types: {} as {
    input: ContainerKillInput;
    context: ContainerKillContext;
    events: ContainerKillEvent;
    emitted:
      | { type: "event.recorded"; reason: "Killing"; message: string }
      | { type: "event.recorded"; reason: "FailedPreStopHook" }
      | { type: "hook.requested"; hook: "preStop"; kind: HookKind }
      | { type: "turn.awaited"; graceSeconds: number }
      | { type: "StopContainer"; timeoutSeconds: number }
      | { type: "container.killed"; outcome: KillOutcome }
      | { type: "container.killRefused"; outcome: "failed"; message: string };
  },
  guards: {
    isNotInSpec: ({ event }) => !requestOf(event).isInSpec,
    doesNext: ({ context }, { step }: { step: PreStopStep }) =>
      nextPreStop(context.preStop, context.graceSeconds) === step,
    mayHaveToWait: ({ context }) => context.isOrdered && context.graceSeconds > 0,
    isNotFound: ({ event }) => event.type === "StopContainer.failed" && event.cause === "notFound",
  },
  actions: {
    rememberRequest: assign(({ event }) => {
      const { graceSeconds, isOrdered } = requestOf(event);
      return { graceSeconds, isOrdered };
    }),
    deductElapsed: assign({
      graceSeconds: ({ context, event }) =>
        remainingGraceSeconds(context.graceSeconds, elapsedSecondsOf(event)),
    }),
    deductSleep: assign({
      graceSeconds: ({ context }) =>
        remainingGraceSeconds(context.graceSeconds, context.sleepSeconds),
    }),
    exhaustGrace: assign({ graceSeconds: 0 }),
    recordKilling: emit(({ event }) => ({
      type: "event.recorded",
      reason: "Killing",
      message: requestOf(event).message,
    })),
    recordFailedPreStopHook: emit({ type: "event.recorded", reason: "FailedPreStopHook" }),
    requestHook: emit(({ context: { preStop: kind } }) => ({
      type: "hook.requested",
      hook: "preStop",
      kind,
    })),
    awaitTurn: emit(({ context: { graceSeconds } }) => ({ type: "turn.awaited", graceSeconds })),
    stopContainer: emit(({ context }) => ({
      type: "StopContainer",
      timeoutSeconds: stopTimeoutSeconds(context.graceSeconds),
    })),
    refuse: emit(({ event }) => ({
      type: "container.killRefused",
      outcome: "failed",
      message: requestOf(event).message,
    })),
    answer: emit((_, { outcome }: { outcome: KillOutcome }) => ({
      type: "container.killed",
      outcome,
    })),
  },
  delays: {
    gracePeriod: timed("graceSeconds s", ({ context }) => context.graceSeconds * 1_000),
    preStopSleep: timed("sleepSeconds s", ({ context }) => context.sleepSeconds * 1_000),
  },
}).createMachine({
  ...containerKillChart,
  context: ({ input }) => ({ ...input, graceSeconds: 0, isOrdered: false }),
});

function requestOf(event: ContainerKillEvent): ContainerKillRequested {
  assert(event.type === "container.killRequested", "a kill begins with its request");
  return event;
}

function elapsedSecondsOf(event: ContainerKillEvent): number {
  assert("elapsedSeconds" in event, "the answer to a wait says how long it was");
  return event.elapsedSeconds;
}

const request: ContainerKillRequested = {
  type: "container.killRequested",
  reason: "Unknown",
  message: "",
  graceSeconds: 3,
  isOrdered: false,
  isInSpec: true,
};

export const containerKillSamples: Samples<typeof containerKillMachine> = {
  inputs: [
    { preStop: "none", sleepSeconds: 0 },
    { preStop: "exec", sleepSeconds: 0 },
    { preStop: "http", sleepSeconds: 0 },
    { preStop: "sleep", sleepSeconds: 1 },
    { preStop: "invalid", sleepSeconds: 0 },
  ],
  events: [
    request,
    { ...request, graceSeconds: 0 },
    { ...request, isOrdered: true },
    { ...request, isInSpec: false },
    { ...request, reason: "LivenessProbe", message: "Container c0 failed liveness probe" },
    { type: "hook.succeeded", elapsedSeconds: 1 },
    { type: "hook.failed", elapsedSeconds: 1 },
    { type: "turn.granted", elapsedSeconds: 2 },
    { type: "StopContainer.succeeded" },
    { type: "StopContainer.failed", cause: "error" },
    { type: "StopContainer.failed", cause: "notFound" },
  ],
};
