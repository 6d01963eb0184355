import { emit, setup } from "xstate";

import type { ConditionStatus, PodCondition, PodPhase } from "../api/pod-status.ts";
import { podConditionsChart } from "../generated/pod-conditions.ts";
import {
  type ConditionsPod,
  generateContainersReadyCondition,
  generatePodInitializedCondition,
  generatePodReadyCondition,
  generatePodReadyToStartContainersCondition,
  type ReadyStatus,
} from "./pod-conditions.ts";
import type { SandboxRecord } from "./runtime-status.ts";

/** What the conditions follow from; containers and readiness gates are named by their places. */
export interface ConditionsObservation {
  readonly pod: Pick<ConditionsPod, "spec">;
  /** Absent while the kubelet knows of no container. */
  readonly statuses?: readonly ReadyStatus[];
  readonly phase: PodPhase;
  readonly sandboxes: readonly SandboxRecord[];
  /** The conditions that readiness gates name. */
  readonly gates: readonly PodCondition[];
}

type PodConditionsEvent = { type: "phase.computed" } & ConditionsObservation;

export type ComputedCondition =
  | "PodReadyToStartContainers"
  | "Initialized"
  | "ContainersReady"
  | "Ready";

interface ConditionParams {
  readonly condition: ComputedCondition;
  readonly status: ConditionStatus;
  /** Empty: the condition has no reason. */
  readonly reason: string;
}

/** The four conditions that the kubelet computes anew with every status. */
export const podConditionsMachine = setup({
  types: {} as {
    events: PodConditionsEvent;
    emitted: ({ type: "condition.computed" } & ConditionParams) | { type: "conditions.computed" };
  },
  guards: {
    is: ({ event }, { condition, status, reason }: ConditionParams) => {
      const computed = computeCondition(condition, event);
      return computed.status === status && (computed.reason ?? "") === reason;
    },
  },
  actions: {
    report: emit((_, params: ConditionParams) => ({ type: "condition.computed", ...params })),
    complete: emit({ type: "conditions.computed" }),
  },
}).createMachine({ ...podConditionsChart, context: {} });

/** One condition as generate.go makes it from the observation; its message names what it sees. */
export function computeCondition(
  condition: ComputedCondition,
  { pod, statuses, phase, sandboxes, gates }: ConditionsObservation,
): PodCondition {
  switch (condition) {
    case "PodReadyToStartContainers":
      return generatePodReadyToStartContainersCondition(pod, sandboxes);
    case "Initialized":
      return generatePodInitializedCondition(pod, statuses, phase);
    case "ContainersReady":
      return generateContainersReadyCondition(pod, statuses, phase);
    case "Ready": {
      const containersReady = generateContainersReadyCondition(pod, statuses, phase);
      return generatePodReadyCondition(pod, gates, containersReady);
    }
  }
}
