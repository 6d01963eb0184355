import { resourceQuotaChart } from "../../generated/resource-quota.ts";
import type { Samples } from "../../samples.ts";
import { syncSamples, syncSetup } from "../sync-setup.ts";

/** What a sync of a quota wants to do next. */
export type ResourceQuotaStep = "status" | "failed" | "succeeded";

/** What a quota counts after the fact; what is created is charged at admission. */
export const resourceQuotaMachine = syncSetup<ResourceQuotaStep>().createMachine({
  ...resourceQuotaChart,
  context: {},
});

export const resourceQuotaSamples: Samples<typeof resourceQuotaMachine> =
  syncSamples<ResourceQuotaStep>(["status", "succeeded", "failed"]);
