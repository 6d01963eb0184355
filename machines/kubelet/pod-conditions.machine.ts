import { emit, setup } from "xstate";

import { forVersion } from "../for-version.ts";
import { podConditionsChart } from "../generated/pod-conditions.ts";
import type { Samples } from "../samples.ts";
import {
  type ConditionReport,
  type ConditionsObservation,
  computeCondition,
} from "./computed-conditions.ts";

type PodConditionsEvent = { type: "phase.computed" } & ConditionsObservation;

const everyPodConditions = setup({
  types: {} as {
    events: PodConditionsEvent;
    emitted: ({ type: "condition.computed" } & ConditionReport) | { type: "conditions.computed" };
  },
  guards: {
    is: ({ event }, { condition, status, reason }: ConditionReport) => {
      const computed = computeCondition(condition, { ...event, wasInitialized: false });
      return computed.status === status && (computed.reason ?? "") === reason;
    },
    staysInitialized: ({ event }) =>
      event.wasInitialized === true && computeCondition("Initialized", event).status === "True",
    couldNotRestartAll: ({ event }) => event.allContainers === undefined,
  },
  actions: {
    report: emit((_, params: ConditionReport) => ({ type: "condition.computed", ...params })),
    complete: emit({ type: "conditions.computed" }),
  },
}).createMachine({ ...podConditionsChart, context: {} });

/** The conditions that the kubelet computes anew with every status. */
export const podConditionsMachine = forVersion(everyPodConditions);

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

const restarting = { shouldRestart: true, areCleanedUp: false };

export const podConditionsSamples: Samples<typeof podConditionsMachine> = {
  inputs: [{}],
  events: [
    unknownPod,
    {
      ...unknownPod,
      pod: { spec: { ...unknownPod.pod.spec, initContainers: [{ name: "i0" }] } },
      statuses: [{ name: "i0" }],
    },
    readyPod,
    { ...readyPod, gates: [{ type: "g0", status: "True" }] },
    { ...readyPod, statuses: [{ name: "c0", ready: false, state: {} }] },
    { ...readyPod, sandboxes: [{ id: "s0", state: "SANDBOX_NOTREADY" }] },
    { ...readyPod, phase: "Succeeded", allContainers: restarting },
    { ...readyPod, phase: "Failed", allContainers: restarting },
    { ...readyPod, allContainers: restarting },
    { ...readyPod, allContainers: { ...restarting, areCleanedUp: true } },
    {
      ...readyPod,
      pod: { spec: { ...readyPod.pod.spec, initContainers: [{ name: "i0" }] } },
      statuses: [{ name: "i0", ready: false, state: {} }],
    },
    {
      ...readyPod,
      pod: { spec: { ...readyPod.pod.spec, initContainers: [{ name: "i0" }] } },
      statuses: [{ name: "i0", ready: false, state: {} }],
      wasInitialized: true,
    },
  ],
};
