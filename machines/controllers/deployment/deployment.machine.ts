import { emit, setup } from "xstate";

import { deploymentChart } from "../../generated/deployment.ts";
import type { Samples } from "../../samples.ts";
import type { SyncEnd } from "../sync-end.ts";

/** What a sync wants to do next. */
export type DeploymentStep =
  | "claim"
  | "create"
  | "scale"
  | "delete"
  | "rollBack"
  | "status"
  | SyncEnd;

type DeploymentEvent =
  | { type: "sync.asked" }
  | { type: "step.found"; step: DeploymentStep; afterMs: number }
  | { type: "calls.answered" };

/** Claims, makes, scales and deletes ReplicaSets, and tells the status. */
export const deploymentMachine = setup({
  types: {} as {
    input: Record<never, never>;
    context: Record<never, never>;
    events: DeploymentEvent;
    emitted:
      | { type: "sync.begun" }
      | { type: "calls.sent" }
      | { type: "answers.taken" }
      | { type: "sync.succeeded" }
      | { type: "sync.postponed"; afterMs: number }
      | { type: "sync.failed" };
  },
  guards: {
    is: ({ event }, { step }: { step: DeploymentStep }) =>
      event.type === "step.found" && event.step === step,
  },
  actions: {
    begin: emit({ type: "sync.begun" }),
    send: emit({ type: "calls.sent" }),
    take: emit({ type: "answers.taken" }),
    succeed: emit({ type: "sync.succeeded" }),
    postpone: emit(({ event }) => ({
      type: "sync.postponed",
      afterMs: event.type === "step.found" ? event.afterMs : 0,
    })),
    fail: emit({ type: "sync.failed" }),
  },
}).createMachine({ ...deploymentChart, context: {} });

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
