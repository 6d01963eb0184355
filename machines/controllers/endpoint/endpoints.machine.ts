import { endpointsChart } from "../../generated/endpoints.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { syncSetup } from "../sync-setup.ts";

/** What a sync wants to do next. */
export type EndpointsStep = "create" | "update" | "delete" | SyncEnd;

/** Compares, and writes one object. */
export const endpointsMachine = syncSetup<EndpointsStep>().createMachine({
  ...endpointsChart,
  context: {},
});

export const endpointsSamples: Samples<typeof endpointsMachine> = {
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
