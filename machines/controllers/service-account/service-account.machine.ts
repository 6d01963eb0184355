import { serviceAccountChart } from "../../generated/service-account.ts";
import type { Samples } from "../../samples.ts";
import { syncSamples, syncSetup } from "../sync-setup.ts";

/** What a sync of a namespace wants to do next. */
export type ServiceAccountStep = "create" | "failed" | "succeeded";

/** Makes what pods of a namespace run as. */
export const serviceAccountMachine = syncSetup<ServiceAccountStep>().createMachine({
  ...serviceAccountChart,
  context: {},
});

export const serviceAccountSamples: Samples<typeof serviceAccountMachine> =
  syncSamples<ServiceAccountStep>(["create", "succeeded", "failed"]);
