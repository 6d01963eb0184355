import { assign, emit, setup } from "xstate";

import { controlPlaneComponentChart } from "../generated/control-plane-component.ts";
import type { Samples } from "../samples.ts";
import { timed } from "../timed.ts";

interface ComponentInput {
  /** Whether it may run before any other. */
  readonly needsNobody: boolean;
  /** How long a process waits for the other one before it exits. */
  readonly patienceMs: number;
}

interface ComponentContext extends ComponentInput {
  /** Restarts since it has last run for ten minutes, at most as many as make a difference. */
  readonly restarts: number;
}

type ComponentEvent =
  | { type: "component.started" }
  | { type: "component.stopped" }
  | { type: "component.killed" }
  | { type: "process.begun"; hasFailed: boolean }
  | { type: "dependency.found"; isHealthy: boolean }
  | { type: "process.exited" };

/** pkg/kubelet/kubelet.go MaxCrashLoopBackOff, and the back-off that it begins with. */
const [maxBackOffMs, backOffPeriodMs] = [300_000, 10_000];
/** 10 s doubled so often is more than the most. */
const mostRestarts = 6;

/** etcd, the API server, a controller manager or a scheduler. */
export const controlPlaneComponentMachine = setup({
  types: {} as {
    input: ComponentInput;
    context: ComponentContext;
    events: ComponentEvent;
    emitted:
      | { type: "process.asked" }
      | { type: "dependency.asked" }
      | { type: "component.runs" }
      | { type: "component.ends" }
      | { type: "component.dies" };
  },
  guards: {
    needsNobody: ({ context }) => context.needsNobody,
    hasFailed: ({ event }) => event.type === "process.begun" && event.hasFailed,
    isHealthy: ({ event }) => event.type === "dependency.found" && event.isHealthy,
  },
  actions: {
    startProcess: emit({ type: "process.asked" }),
    askDependency: emit({ type: "dependency.asked" }),
    run: emit({ type: "component.runs" }),
    end: emit({ type: "component.ends" }),
    die: emit({ type: "component.dies" }),
    countRestart: assign({
      restarts: ({ context }) => Math.min(context.restarts + 1, mostRestarts),
    }),
    forget: assign({ restarts: 0 }),
  },
  delays: {
    patience: timed("patienceMs ms", ({ context }) => context.patienceMs),
    poll: 1_000,
    forgetting: 600_000,
    backOff: timed("min(10 * floor(2^(restarts - 1)), 300) s", ({ context: { restarts } }) =>
      Math.min(backOffPeriodMs * Math.floor(2 ** (restarts - 1)), maxBackOffMs),
    ),
  },
}).createMachine({
  ...controlPlaneComponentChart,
  context: ({ input }) => ({ ...input, restarts: 0 }),
});

export const controlPlaneComponentSamples: Samples<typeof controlPlaneComponentMachine> = {
  inputs: [
    { needsNobody: true, patienceMs: 20_000 },
    { needsNobody: false, patienceMs: 10_000 },
  ],
  events: [
    { type: "component.started" },
    { type: "process.begun", hasFailed: true },
    { type: "process.begun", hasFailed: false },
    { type: "dependency.found", isHealthy: false },
    { type: "dependency.found", isHealthy: true },
    { type: "process.exited" },
    { type: "component.killed" },
    { type: "component.stopped" },
  ],
};
