import { deploymentChart } from "../../generated/deployment.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { postponingSyncSetup, syncSamples } from "../sync-setup.ts";

/** What a sync wants to do next. */
export type DeploymentStep =
  | "claim"
  | "create"
  | "scale"
  | "delete"
  | "rollBack"
  | "status"
  | SyncEnd;

/** Claims, makes, scales and deletes ReplicaSets, and tells the status. */
export const deploymentMachine = postponingSyncSetup<DeploymentStep>().createMachine({
  ...deploymentChart,
  context: {},
});

export const deploymentSamples: Samples<typeof deploymentMachine> = syncSamples<DeploymentStep>(
  ["claim", "create", "scale", "delete", "rollBack", "status", "succeeded", "postponed", "failed"],
  4_000,
);
