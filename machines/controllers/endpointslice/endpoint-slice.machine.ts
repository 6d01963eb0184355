import { endpointSliceChart } from "../../generated/endpoint-slice.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { syncSamples, syncSetup } from "../sync-setup.ts";

/** What a sync wants to do next. */
export type EndpointSliceStep = "create" | "update" | "delete" | SyncEnd;

/** Compares, and writes slices one after the other. */
export const endpointSliceMachine = syncSetup<EndpointSliceStep>().createMachine({
  ...endpointSliceChart,
  context: {},
});

export const endpointSliceSamples: Samples<typeof endpointSliceMachine> =
  syncSamples<EndpointSliceStep>(["create", "update", "delete", "succeeded", "failed"]);
