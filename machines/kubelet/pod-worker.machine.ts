import { assign, emit, setup } from "xstate";

import { assert } from "../assert.ts";
import { podWorkerChart } from "../generated/pod-worker.ts";
import type { Samples } from "../samples.ts";
import { type SyncOutcome, syncOutcomes } from "./sync-outcome.ts";
import { calculateEffectiveGracePeriod } from "./termination-grace.ts";

/** What the worker is told of the pod whenever its object changes. */
export interface PodUpdate {
  /** It has a deletionTimestamp. */
  readonly isDeleted: boolean;
  /** Its phase at the API is Succeeded or Failed. */
  readonly isTerminal: boolean;
  /** The PLEG cache has no running container of it and no sandbox that is ready. */
  readonly isCacheTerminal: boolean;
  readonly deletionGracePeriodSeconds: number | null;
}

export interface PodWorkerInput {
  readonly terminationGracePeriodSeconds: number;
}

interface PodWorkerContext extends PodWorkerInput {
  /** Something happened while a sync was under way. */
  readonly hasPending: boolean;
  /** The PLEG cache is newer than the end of the last sync. */
  readonly cacheIsFresh: boolean;
  /** 0 while nobody has asked for a stop. */
  readonly gracePeriodSeconds: number;
}

type PodWorkerEvent =
  | ({ type: "pod.updated" } & PodUpdate)
  | { type: "kill.requested"; gracePeriodSeconds: number | null }
  | { type: "pleg.changed" }
  | { type: "pleg.relisted" }
  | { type: "probe.changed" }
  | { type: "work.due" }
  | { type: "deadline.observed"; isPast: boolean }
  | { type: "sync.ended"; outcome: SyncOutcome }
  | { type: "termination.ended"; outcome: "stopped" | "failed" }
  | { type: "pod.cleanedUp" };

/** Why the worker wants to be called again: `completeWork`'s cases. */
export type WorkQueueReason = "success" | "error" | "network" | "backOff";

/** One pod's worker on its node. It syncs, then terminates, then has terminated; never back. */
export const podWorkerMachine = setup({
  types: {} as {
    input: PodWorkerInput;
    context: PodWorkerContext;
    events: PodWorkerEvent;
    emitted:
      | { type: "sync.requested" }
      | { type: "sync.cancelled" }
      | { type: "relist.awaited" }
      | { type: "work.enqueued"; after: WorkQueueReason }
      | { type: "termination.requested"; gracePeriodSeconds: number | null }
      | { type: "cleanUp.requested" };
  },
  guards: {
    hasEnded: ({ event }) =>
      event.type === "pod.updated" && event.isTerminal && event.isCacheTerminal,
    mustTerminate: ({ event }) =>
      event.type === "pod.updated" && (event.isDeleted || event.isTerminal),
    hasPending: ({ context }) => context.hasPending,
    cacheIsFresh: ({ context }) => context.cacheIsFresh,
    endedWith: ({ event }, { outcome }: { outcome: SyncOutcome }) =>
      event.type === "sync.ended" && event.outcome === outcome,
    isPastDeadline: ({ event }) => event.type === "deadline.observed" && event.isPast,
    terminationFailed: ({ event }) =>
      event.type === "termination.ended" && event.outcome === "failed",
  },
  actions: {
    requestSync: emit({ type: "sync.requested" }),
    cancelSync: emit({ type: "sync.cancelled" }),
    requestTermination: emit(({ context: { gracePeriodSeconds } }) => ({
      type: "termination.requested",
      gracePeriodSeconds: gracePeriodSeconds === 0 ? null : gracePeriodSeconds,
    })),
    requestCleanUp: emit({ type: "cleanUp.requested" }),
    enqueue: emit((_, { after }: { after: WorkQueueReason }) => ({ type: "work.enqueued", after })),
    expireCache: assign({ cacheIsFresh: false }),
    awaitRelist: emit({ type: "relist.awaited" }),
    noteRelist: assign({ cacheIsFresh: true }),
    notePending: assign({ hasPending: true }),
    forgetPending: assign({ hasPending: false }),
    setGrace: assign({ gracePeriodSeconds: ({ context, event }) => graceAfter(context, event) }),
  },
}).createMachine({
  ...podWorkerChart,
  context: ({ input }) => ({
    ...input,
    hasPending: false,
    cacheIsFresh: true,
    gracePeriodSeconds: 0,
  }),
});

function graceAfter(context: PodWorkerContext, event: PodWorkerEvent): number {
  const { gracePeriodSeconds: current, terminationGracePeriodSeconds } = context;
  const spec = { terminationGracePeriodSeconds };
  if (event.type === "kill.requested") {
    const override = event.gracePeriodSeconds ?? undefined;
    return calculateEffectiveGracePeriod(current, { spec }, override).gracePeriodSeconds;
  }
  assert(event.type === "pod.updated", "only an update or a kill sets the grace period");
  if (!event.isDeleted) return current;
  const deletionSeconds = event.deletionGracePeriodSeconds;
  const metadata = deletionSeconds === null ? {} : { deletionGracePeriodSeconds: deletionSeconds };
  return calculateEffectiveGracePeriod(current, { metadata, spec }).gracePeriodSeconds;
}

const livingPod = {
  type: "pod.updated",
  isDeleted: false,
  isTerminal: false,
  isCacheTerminal: false,
  deletionGracePeriodSeconds: null,
} as const;

export const podWorkerSamples: Samples<typeof podWorkerMachine> = {
  inputs: [{ terminationGracePeriodSeconds: 30 }],
  events: [
    livingPod,
    { ...livingPod, isDeleted: true, deletionGracePeriodSeconds: 30 },
    { ...livingPod, isDeleted: true, deletionGracePeriodSeconds: 0 },
    { ...livingPod, isTerminal: true },
    { ...livingPod, isTerminal: true, isCacheTerminal: true },
    { type: "kill.requested", gracePeriodSeconds: null },
    { type: "kill.requested", gracePeriodSeconds: 1 },
    { type: "pleg.changed" },
    { type: "pleg.relisted" },
    { type: "probe.changed" },
    { type: "work.due" },
    { type: "deadline.observed", isPast: true },
    { type: "deadline.observed", isPast: false },
    ...syncOutcomes.map((outcome) => ({ type: "sync.ended", outcome }) as const),
    { type: "termination.ended", outcome: "stopped" },
    { type: "termination.ended", outcome: "failed" },
    { type: "pod.cleanedUp" },
  ],
};
