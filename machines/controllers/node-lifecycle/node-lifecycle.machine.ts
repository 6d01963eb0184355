import { nodeLifecycleChart } from "../../generated/node-lifecycle.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { postponingSyncSetup } from "../sync-setup.ts";

/** What a pass wants to do next. */
export type NodeLifecycleStep = "unknown" | "pods" | "taint" | SyncEnd;

/** Watches leases and conditions, marks nodes and pods, and taints at a rate for each zone. */
export const nodeLifecycleMachine = postponingSyncSetup<NodeLifecycleStep>().createMachine({
  ...nodeLifecycleChart,
  context: {},
});

export const nodeLifecycleSamples: Samples<typeof nodeLifecycleMachine> = {
  inputs: [{}],
  events: [
    { type: "sync.asked" },
    { type: "step.found", step: "unknown", afterMs: 0 },
    { type: "step.found", step: "pods", afterMs: 0 },
    { type: "step.found", step: "taint", afterMs: 0 },
    { type: "step.found", step: "succeeded", afterMs: 0 },
    { type: "step.found", step: "postponed", afterMs: 5_000 },
    { type: "step.found", step: "failed", afterMs: 0 },
    { type: "calls.answered" },
  ],
};
