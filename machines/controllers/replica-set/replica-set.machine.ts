import { replicaSetChart } from "../../generated/replica-set.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { postponingSyncSetup } from "../sync-setup.ts";

/** What a sync wants to do next. */
export type ReplicaSetStep = "claim" | "create" | "delete" | "status" | SyncEnd;

/** Observes, claims, creates or deletes in batches, and tells the status. */
export const replicaSetMachine = postponingSyncSetup<ReplicaSetStep>().createMachine({
  ...replicaSetChart,
  context: {},
});

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
