import { replicaSetChart } from "../../generated/replica-set.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { postponingSyncSetup, syncSamples } from "../sync-setup.ts";

/** What a sync wants to do next. */
export type ReplicaSetStep = "claim" | "create" | "delete" | "status" | SyncEnd;

/** Observes, claims, creates or deletes in batches, and tells the status. */
export const replicaSetMachine = postponingSyncSetup<ReplicaSetStep>().createMachine({
  ...replicaSetChart,
  context: {},
});

export const replicaSetSamples: Samples<typeof replicaSetMachine> = syncSamples<ReplicaSetStep>(
  ["claim", "create", "delete", "status", "succeeded", "postponed", "failed"],
  4_000,
);
