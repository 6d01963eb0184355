import { taintEvictionChart } from "../../generated/taint-eviction.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { postponingSyncSetup, syncSamples } from "../sync-setup.ts";

/** What a sync wants to do next. */
export type TaintEvictionStep = "read" | "mark" | "delete" | SyncEnd;

/** Plans the deletion of a pod, puts it off as long as it is tolerated, or cancels it. */
export const taintEvictionMachine = postponingSyncSetup<TaintEvictionStep>().createMachine({
  ...taintEvictionChart,
  context: {},
});

export const taintEvictionSamples: Samples<typeof taintEvictionMachine> =
  syncSamples<TaintEvictionStep>(
    ["read", "mark", "delete", "succeeded", "postponed", "failed"],
    300_000,
  );
