import { nodeTaintChart } from "../../generated/node-taint.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { syncSamples, syncSetup } from "../sync-setup.ts";

/** What a sync wants to do next. */
export type NodeTaintStep = "taint" | Exclude<SyncEnd, "postponed">;

/** The taints that keep new pods away from a node. */
export const nodeTaintMachine = syncSetup<NodeTaintStep>().createMachine({
  ...nodeTaintChart,
  context: {},
});

export const nodeTaintSamples: Samples<typeof nodeTaintMachine> = syncSamples<NodeTaintStep>([
  "taint",
  "succeeded",
  "failed",
]);
