import { emit, setup } from "xstate";

import { podConditionsChart } from "../generated/pod-conditions.ts";
import type { Samples } from "../samples.ts";
import {
  type ConditionReport,
  type ConditionsObservation,
  computeCondition,
} from "./computed-conditions.ts";

type PodConditionsEvent = { type: "phase.computed" } & ConditionsObservation;

/** The four conditions that the kubelet computes anew with every status. */
export const podConditionsMachine = setup({
  types: {} as {
    events: PodConditionsEvent;
    emitted: ({ type: "condition.computed" } & ConditionReport) | { type: "conditions.computed" };
  },
  guards: {
    is: ({ event }, { condition, status, reason }: ConditionReport) => {
      const computed = computeCondition(condition, event);
      return computed.status === status && (computed.reason ?? "") === reason;
    },
  },
  actions: {
    report: emit((_, params: ConditionReport) => ({ type: "condition.computed", ...params })),
    complete: emit({ type: "conditions.computed" }),
  },
}).createMachine({ ...podConditionsChart, context: {} });

/** One container and one readiness gate, nothing known of either. */
const unknownPod = {
  type: "phase.computed",
  pod: { spec: { containers: [{ name: "c0" }], readinessGates: [{ conditionType: "g0" }] } },
  phase: "Pending",
  sandboxes: [],
  gates: [],
} as const;

const readyPod = {
  ...unknownPod,
  phase: "Running",
  statuses: [{ name: "c0", ready: true, started: true, state: { running: {} } }],
  sandboxes: [{ id: "s0", state: "SANDBOX_READY", ip: "10.0.0.1" }],
} as const;

export const podConditionsSamples: Samples<typeof podConditionsMachine> = {
  inputs: [{}],
  events: [
    unknownPod,
    readyPod,
    { ...readyPod, gates: [{ type: "g0", status: "True" }] },
    { ...readyPod, statuses: [{ name: "c0", ready: false, state: {} }] },
    { ...readyPod, sandboxes: [{ id: "s0", state: "SANDBOX_NOTREADY" }] },
    { ...readyPod, phase: "Succeeded" },
    { ...readyPod, phase: "Failed" },
    {
      ...readyPod,
      pod: { spec: { ...readyPod.pod.spec, initContainers: [{ name: "i0" }] } },
      statuses: [{ name: "i0", ready: false, state: {} }],
    },
  ],
};
