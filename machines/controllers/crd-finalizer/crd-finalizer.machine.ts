import { crdFinalizerChart } from "../../generated/crd-finalizer.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { postponingSyncSetup, syncSamples } from "../sync-setup.ts";

/** What the clean-up behind a definition wants to do next. */
export type CrdFinalizerStep = "list" | "delete" | "status" | SyncEnd;

/** Deletes the objects of a kind that is going. */
export const crdFinalizerMachine = postponingSyncSetup<CrdFinalizerStep>().createMachine({
  ...crdFinalizerChart,
  context: {},
});

export const crdFinalizerSamples: Samples<typeof crdFinalizerMachine> =
  syncSamples<CrdFinalizerStep>(
    ["list", "delete", "status", "succeeded", "postponed", "failed"],
    5_000,
  );
