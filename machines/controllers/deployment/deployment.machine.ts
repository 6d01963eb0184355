import { deploymentChart } from "../../generated/deployment.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";
import { postponingSyncSetup } from "../sync-setup.ts";

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

export const deploymentSamples: Samples<typeof deploymentMachine> = {
  inputs: [{}],
  events: [
    { type: "sync.asked" },
    { type: "step.found", step: "claim", afterMs: 0 },
    { type: "step.found", step: "create", afterMs: 0 },
    { type: "step.found", step: "scale", afterMs: 0 },
    { type: "step.found", step: "delete", afterMs: 0 },
    { type: "step.found", step: "rollBack", afterMs: 0 },
    { type: "step.found", step: "status", afterMs: 0 },
    { type: "step.found", step: "succeeded", afterMs: 0 },
    { type: "step.found", step: "postponed", afterMs: 4_000 },
    { type: "step.found", step: "failed", afterMs: 0 },
    { type: "calls.answered" },
  ],
};
