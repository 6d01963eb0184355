import { nodeLifecycleChart } from "../../generated/node-lifecycle.ts";
import type { Samples } from "../../samples.ts";
import type { PassEnd } from "../sync-end.ts";
import { passSetup, syncSamples } from "../sync-setup.ts";

/** What a pass wants to do next. */
export type NodeLifecycleStep = "unknown" | "pods" | "taint" | PassEnd;

/** Watches leases and conditions, marks nodes and pods, and taints at a rate for each zone. */
export const nodeLifecycleMachine = passSetup<NodeLifecycleStep>().createMachine({
  ...nodeLifecycleChart,
  context: {},
});

export const nodeLifecycleSamples: Samples<typeof nodeLifecycleMachine> =
  syncSamples<NodeLifecycleStep>(["unknown", "pods", "taint", "succeeded", "postponed"], 5_000);
