import { emit, setup } from "xstate";

import { podSandboxChart } from "../generated/pod-sandbox.ts";
import type { Samples } from "../samples.ts";

type PodSandboxEvent =
  | { type: "sandbox.requested" }
  | { type: "RunPodSandbox.succeeded" }
  | { type: "RunPodSandbox.failed" }
  | { type: "sandbox.died" }
  | { type: "sandbox.stopped" };

/** The pause container that holds a pod's network namespace and its addresses. */
export const podSandboxMachine = setup({
  types: {} as {
    events: PodSandboxEvent;
    emitted:
      | { type: "RunPodSandbox" }
      | { type: "sandbox.created" }
      | { type: "sandbox.refused" }
      | { type: "sandbox.ready" }
      | { type: "sandbox.notReady" }
      | { type: "event.recorded"; reason: "FailedCreatePodSandBox" };
  },
  actions: {
    runPodSandbox: emit({ type: "RunPodSandbox" }),
    reportReady: emit({ type: "sandbox.ready" }),
    reportNotReady: emit({ type: "sandbox.notReady" }),
    reportCreated: emit({ type: "sandbox.created" }),
    reportRefused: emit({ type: "sandbox.refused" }),
    record: emit((_, { reason }: { reason: "FailedCreatePodSandBox" }) => ({
      type: "event.recorded",
      reason,
    })),
  },
}).createMachine({ ...podSandboxChart, context: {} });

export const podSandboxSamples: Samples<typeof podSandboxMachine> = {
  inputs: [{}],
  events: [
    { type: "sandbox.requested" },
    { type: "RunPodSandbox.succeeded" },
    { type: "RunPodSandbox.failed" },
    { type: "sandbox.died" },
    { type: "sandbox.stopped" },
  ],
};
