import { assign, emit, setup } from "xstate";

import { assert } from "../assert.ts";
import { podKillChart } from "../generated/pod-kill.ts";
import type { Samples } from "../samples.ts";
import type { KillOutcome } from "./container-kill.ts";
import { containerTerminated, type TerminationOrdering, waitForTurn } from "./termination-order.ts";

/** Containers are named by their slots. */
export interface PodKillRequested {
  readonly type: "pod.killRequested";
  /** null: each container has the period that the pod or its probe gives it. */
  readonly gracePeriodSeconds: number | null;
  readonly running: readonly string[];
  /** null: the pod has no sidecars, so nobody waits. */
  readonly ordering: TerminationOrdering | null;
  readonly hasSandbox: boolean;
}

interface PodKillContext extends Omit<PodKillRequested, "type"> {
  /** Sidecars whose turn has not come. */
  readonly waiting: readonly string[];
  readonly hasFailed: boolean;
}

type PodKillEvent =
  | PodKillRequested
  | { type: "turn.awaited"; slot: string; graceSeconds: number }
  | { type: "container.killed"; slot: string; outcome: KillOutcome }
  | { type: "StopPodSandbox.succeeded" }
  | { type: "StopPodSandbox.failed" };

/** Stops all of a pod that runs; the requester waits for `pod.killed`. */
export const podKillMachine = setup({
  types: {} as {
    context: PodKillContext;
    events: PodKillEvent;
    emitted:
      | { type: "pod.killing" }
      | {
          type: "container.killRequested";
          reason: "Unknown";
          message: "";
          slots: readonly string[];
          gracePeriodSeconds: number | null;
          isOrdered: boolean;
        }
      | { type: "turn.granted"; slots: readonly string[] }
      | { type: "StopPodSandbox" }
      | { type: "sandbox.stopFailed" }
      | { type: "pod.killed"; outcome: KillOutcome };
  },
  guards: {
    hasRunningContainers: ({ event }) => requestOf(event).running.length > 0,
    allHaveEnded: ({ context }) => context.running.length === 0,
    isItsTurn: ({ context, event }) =>
      event.type === "turn.awaited" && isItsTurn(context, event.slot, event.graceSeconds),
    killFailed: ({ event }) => event.type === "container.killed" && event.outcome === "failed",
    freesSidecar: ({ context, event }) =>
      freedSidecars(context, orderingAfter(context, event)).length > 0,
    hasSandbox: ({ context }) => context.hasSandbox,
    hasFailed: ({ context }) => context.hasFailed,
  },
  actions: {
    rememberRequest: assign(({ event }) => {
      const { type: _, ...request } = requestOf(event);
      return { ...request, waiting: [], hasFailed: false };
    }),
    reportKilling: emit({ type: "pod.killing" }),
    killContainers: emit(({ context }) => ({
      type: "container.killRequested",
      reason: "Unknown",
      message: "",
      slots: context.running,
      gracePeriodSeconds: context.gracePeriodSeconds,
      isOrdered: context.ordering !== null,
    })),
    grantTurn: emit(({ event }) => ({ type: "turn.granted", slots: [slotOf(event)] })),
    grantFreedTurns: emit(({ context }) => ({
      type: "turn.granted",
      slots: freedSidecars(context, context.ordering),
    })),
    holdBack: assign({
      waiting: ({ context, event }) => [...context.waiting, slotOf(event)],
    }),
    forgetFreed: assign({
      waiting: ({ context }) => without(context.waiting, freedSidecars(context, context.ordering)),
    }),
    forgetContainer: assign(({ context, event }) => ({
      running: without(context.running, [slotOf(event)]),
      waiting: without(context.waiting, [slotOf(event)]),
    })),
    noteTerminated: assign({ ordering: ({ context, event }) => orderingAfter(context, event) }),
    noteFailure: assign({ hasFailed: true }),
    stopSandbox: emit({ type: "StopPodSandbox" }),
    reportSandboxFailure: emit({ type: "sandbox.stopFailed" }),
    answer: emit((_, { outcome }: { outcome: KillOutcome }) => ({ type: "pod.killed", outcome })),
  },
}).createMachine({
  ...podKillChart,
  context: {
    gracePeriodSeconds: null,
    running: [],
    ordering: null,
    hasSandbox: false,
    waiting: [],
    hasFailed: false,
  },
});

function isItsTurn(
  { ordering }: Pick<PodKillContext, "ordering">,
  slot: string,
  graceSeconds: number,
): boolean {
  return ordering === null || waitForTurn(ordering, slot, graceSeconds).length === 0;
}

/** Those who wait have some of their grace period left. */
function freedSidecars(
  { waiting }: Pick<PodKillContext, "waiting">,
  ordering: TerminationOrdering | null,
): readonly string[] {
  return waiting.filter((slot) => isItsTurn({ ordering }, slot, 1));
}

function orderingAfter({ ordering }: PodKillContext, event: PodKillEvent) {
  return ordering === null ? null : containerTerminated(ordering, slotOf(event));
}

function requestOf(event: PodKillEvent): PodKillRequested {
  assert(event.type === "pod.killRequested", "a kill begins with its request");
  return event;
}

function slotOf(event: PodKillEvent): string {
  assert("slot" in event, "what concerns one container names its slot");
  return event.slot;
}

function without(slots: readonly string[], gone: readonly string[]): readonly string[] {
  return slots.filter((slot) => !gone.includes(slot));
}

const request: PodKillRequested = {
  type: "pod.killRequested",
  gracePeriodSeconds: null,
  running: ["c0"],
  ordering: null,
  hasSandbox: true,
};

export const podKillSamples: Samples<typeof podKillMachine> = {
  inputs: [{}],
  events: [
    request,
    { ...request, running: [] },
    { ...request, hasSandbox: false },
    { ...request, gracePeriodSeconds: 1, running: [], hasSandbox: false },
    {
      ...request,
      running: ["i0", "c0"],
      ordering: { prerequisites: { i0: ["c0"], c0: [] }, running: ["i0", "c0"] },
    },
    { type: "turn.awaited", slot: "c0", graceSeconds: 1 },
    { type: "turn.awaited", slot: "i0", graceSeconds: 1 },
    { type: "container.killed", slot: "c0", outcome: "ok" },
    { type: "container.killed", slot: "c0", outcome: "failed" },
    { type: "container.killed", slot: "i0", outcome: "ok" },
    { type: "StopPodSandbox.succeeded" },
    { type: "StopPodSandbox.failed" },
  ],
};
