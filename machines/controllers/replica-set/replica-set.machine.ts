import { emit, setup } from "xstate";

import { replicaSetChart } from "../../generated/replica-set.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";

/** What a sync wants to do next. */
export type ReplicaSetStep = "claim" | "create" | "delete" | "status" | SyncEnd;

type ReplicaSetEvent =
  | { type: "sync.asked" }
  | { type: "step.found"; step: ReplicaSetStep; afterMs: number }
  | { type: "calls.answered" };

/** Observes, claims, creates or deletes in batches, and tells the status. */
export const replicaSetMachine = setup({
  types: {} as {
    input: Record<never, never>;
    context: Record<never, never>;
    events: ReplicaSetEvent;
    emitted:
      | { type: "sync.begun" }
      | { type: "calls.sent" }
      | { type: "answers.taken" }
      | { type: "sync.succeeded" }
      | { type: "sync.postponed"; afterMs: number }
      | { type: "sync.failed" };
  },
  guards: {
    is: ({ event }, { step }: { step: ReplicaSetStep }) =>
      event.type === "step.found" && event.step === step,
  },
  actions: {
    begin: emit({ type: "sync.begun" }),
    send: emit({ type: "calls.sent" }),
    take: emit({ type: "answers.taken" }),
    succeed: emit({ type: "sync.succeeded" }),
    postpone: emit(({ event }) => ({
      type: "sync.postponed",
      afterMs: event.type === "step.found" ? event.afterMs : 0,
    })),
    fail: emit({ type: "sync.failed" }),
  },
}).createMachine({ ...replicaSetChart, context: {} });

export const replicaSetSamples: Samples<typeof replicaSetMachine> = {
  inputs: [{}],
  events: [
    { type: "sync.asked" },
    { type: "step.found", step: "claim", afterMs: 0 },
    { type: "step.found", step: "create", afterMs: 0 },
    { type: "step.found", step: "delete", afterMs: 0 },
    { type: "step.found", step: "status", afterMs: 0 },
    { type: "step.found", step: "succeeded", afterMs: 0 },
    { type: "step.found", step: "postponed", afterMs: 4_000 },
    { type: "step.found", step: "failed", afterMs: 0 },
    { type: "calls.answered" },
  ],
};
