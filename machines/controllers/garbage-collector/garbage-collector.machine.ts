import { garbageCollectorChart } from "../../generated/garbage-collector.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { syncSetup } from "../sync-setup.ts";

/** What an attempt wants to do next. */
export type GarbageCollectorStep =
  | "read"
  | "delete"
  | "owners"
  | "finalizer"
  | Exclude<SyncEnd, "postponed">;

/** Reads an object and its owners, and deletes, orphans or keeps it. */
export const garbageCollectorMachine = syncSetup<GarbageCollectorStep>().createMachine({
  ...garbageCollectorChart,
  context: {},
});

export const garbageCollectorSamples: Samples<typeof garbageCollectorMachine> = {
  inputs: [{}],
  events: [
    { type: "sync.asked" },
    { type: "step.found", step: "read", afterMs: 0 },
    { type: "step.found", step: "delete", afterMs: 0 },
    { type: "step.found", step: "owners", afterMs: 0 },
    { type: "step.found", step: "finalizer", afterMs: 0 },
    { type: "step.found", step: "succeeded", afterMs: 0 },
    { type: "step.found", step: "failed", afterMs: 0 },
    { type: "calls.answered" },
  ],
};
