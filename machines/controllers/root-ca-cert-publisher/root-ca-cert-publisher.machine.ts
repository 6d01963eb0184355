import { rootCaCertPublisherChart } from "../../generated/root-ca-cert-publisher.ts";
import type { Samples } from "../../samples.ts";
import { syncSamples, syncSetup } from "../sync-setup.ts";

/** What a sync of a namespace wants to do next. */
export type RootCaCertPublisherStep = "create" | "update" | "failed" | "succeeded";

/** Gives pods of a namespace what they trust the API server by. */
export const rootCaCertPublisherMachine = syncSetup<RootCaCertPublisherStep>().createMachine({
  ...rootCaCertPublisherChart,
  context: {},
});

export const rootCaCertPublisherSamples: Samples<typeof rootCaCertPublisherMachine> =
  syncSamples<RootCaCertPublisherStep>(["create", "update", "succeeded", "failed"]);
