import { taintEvictionChart } from "../../generated/taint-eviction.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { postponingSyncSetup } from "../sync-setup.ts";

/** What a sync wants to do next. */
export type TaintEvictionStep = "read" | "mark" | "delete" | SyncEnd;

/** Plans the deletion of a pod, puts it off as long as it is tolerated, or cancels it. */
export const taintEvictionMachine = postponingSyncSetup<TaintEvictionStep>().createMachine({
  ...taintEvictionChart,
  context: {},
});

export const taintEvictionSamples: Samples<typeof taintEvictionMachine> = {
  inputs: [{}],
  events: [
    { type: "sync.asked" },
    { type: "step.found", step: "read", afterMs: 0 },
    { type: "step.found", step: "mark", afterMs: 0 },
    { type: "step.found", step: "delete", afterMs: 0 },
    { type: "step.found", step: "succeeded", afterMs: 0 },
    { type: "step.found", step: "postponed", afterMs: 300_000 },
    { type: "step.found", step: "failed", afterMs: 0 },
    { type: "calls.answered" },
  ],
};
