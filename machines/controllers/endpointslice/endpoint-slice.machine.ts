import { endpointSliceChart } from "../../generated/endpoint-slice.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { syncSetup } from "../sync-setup.ts";

/** What a sync wants to do next. */
export type EndpointSliceStep = "create" | "update" | "delete" | SyncEnd;

/** Compares, and writes slices one after the other. */
export const endpointSliceMachine = syncSetup<EndpointSliceStep>().createMachine({
  ...endpointSliceChart,
  context: {},
});

export const endpointSliceSamples: Samples<typeof endpointSliceMachine> = {
  inputs: [{}],
  events: [
    { type: "sync.asked" },
    { type: "step.found", step: "create", afterMs: 0 },
    { type: "step.found", step: "update", afterMs: 0 },
    { type: "step.found", step: "delete", afterMs: 0 },
    { type: "step.found", step: "succeeded", afterMs: 0 },
    { type: "step.found", step: "failed", afterMs: 0 },
    { type: "calls.answered" },
  ],
};
