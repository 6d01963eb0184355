import { endpointsChart } from "../../generated/endpoints.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { syncSamples, syncSetup } from "../sync-setup.ts";

/** What a sync wants to do next. */
export type EndpointsStep = "create" | "update" | "delete" | SyncEnd;

/** Compares, and writes one object. */
export const endpointsMachine = syncSetup<EndpointsStep>().createMachine({
  ...endpointsChart,
  context: {},
});

export const endpointsSamples: Samples<typeof endpointsMachine> = syncSamples<EndpointsStep>([
  "create",
  "update",
  "delete",
  "succeeded",
  "failed",
]);
