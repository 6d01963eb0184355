import { nodeTaintChart } from "../../generated/node-taint.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { syncSetup } from "../sync-setup.ts";

/** What a sync wants to do next. */
export type NodeTaintStep = "taint" | Exclude<SyncEnd, "postponed">;

/** The taints that keep new pods away from a node. */
export const nodeTaintMachine = syncSetup<NodeTaintStep>().createMachine({
  ...nodeTaintChart,
  context: {},
});

export const nodeTaintSamples: Samples<typeof nodeTaintMachine> = {
  inputs: [{}],
  events: [
    { type: "sync.asked" },
    { type: "step.found", step: "taint", afterMs: 0 },
    { type: "step.found", step: "succeeded", afterMs: 0 },
    { type: "step.found", step: "failed", afterMs: 0 },
    { type: "calls.answered" },
  ],
};
