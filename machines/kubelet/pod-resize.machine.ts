import { emit, setup } from "xstate";

import { podResizeChart } from "../generated/pod-resize.ts";
import type { Samples } from "../samples.ts";
import type { ResizeVerdict } from "./resize-allocation.ts";

/** The reason of PodResizePending. */
export type PendingReason = "Deferred" | "Infeasible";

type PodResizeEvent =
  | { type: "resize.weighed"; verdict: ResizeVerdict }
  | { type: "UpdateContainerResources.succeeded" };

/** What becomes of a change of the resources of a pod that its node has admitted. */
export const podResizeMachine = setup({
  types: {} as {
    events: PodResizeEvent;
    emitted:
      | { type: "resize.withdrawn" }
      | { type: "resize.pended"; reason: PendingReason }
      | { type: "resize.allocated" }
      | { type: "UpdateContainerResources" }
      | { type: "resize.actuated" }
      | { type: "resize.retried" };
  },
  guards: {
    weighs: ({ event }, { verdict }: { verdict: ResizeVerdict }) =>
      event.type === "resize.weighed" && event.verdict === verdict,
  },
  actions: {
    withdraw: emit({ type: "resize.withdrawn" }),
    pend: emit((_, { reason }: { reason: PendingReason }) => ({ type: "resize.pended", reason })),
    allocate: emit({ type: "resize.allocated" }),
    update: emit({ type: "UpdateContainerResources" }),
    reportActuated: emit({ type: "resize.actuated" }),
    retry: emit({ type: "resize.retried" }),
  },
  delays: {
    resizeRetry: 180_000, // pkg/kubelet/allocation/allocation_manager.go retryDelay
  },
}).createMachine({ ...podResizeChart, context: {} });

export const podResizeSamples: Samples<typeof podResizeMachine> = {
  inputs: [{}],
  events: [
    { type: "resize.weighed", verdict: "same" },
    { type: "resize.weighed", verdict: "fits" },
    { type: "resize.weighed", verdict: "Deferred" },
    { type: "resize.weighed", verdict: "Infeasible" },
    { type: "UpdateContainerResources.succeeded" },
  ],
};
