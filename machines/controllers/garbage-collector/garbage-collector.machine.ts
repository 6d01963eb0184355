import { garbageCollectorChart } from "../../generated/garbage-collector.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { syncSamples, syncSetup } from "../sync-setup.ts";

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

export const garbageCollectorSamples: Samples<typeof garbageCollectorMachine> =
  syncSamples<GarbageCollectorStep>([
    "read",
    "delete",
    "owners",
    "finalizer",
    "succeeded",
    "failed",
  ]);
