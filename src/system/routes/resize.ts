import { podResizeMachine } from "../../../machines/kubelet/pod-resize.machine.ts";
import type { MachineRow, Route, Routes, View } from "../composition.ts";
import * as resize from "../projections/resize.ts";
import * as weighing from "../projections/resize-weighing.ts";
import { recordResized } from "../projections/runtime.ts";
import type { KubeWorld } from "../world.ts";
import { relist } from "./container.ts";
import { isOnNode, ofPod, podOf, toHandler, toSelf, viewing, telling } from "./receivers.ts";

/** The machine that decides about a changed demand of a pod for resources. */
export const resizeMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  podResize: {
    machine: podResizeMachine,
    exists: isOnNode,
    input: () => ({}),
    periodicDelays: ["resizeRetry"],
  },
};

/** A pod whose resize conditions have changed is synced. triggerPodSync */
const syncPod: Route<KubeWorld> = { to: ofPod("podWorker"), view: "podUpdated" };

export const resizeRoutes: Routes<KubeWorld> = {
  podResize: {
    "resize.withdrawn": [{ project: resize.withdraw }, syncPod],
    "resize.pended": [{ project: weighing.pend }, syncPod],
    "resize.allocated": [{ project: resize.allocate }, syncPod],
    UpdateContainerResources: [{ to: toHandler("runtime"), asOrigin: true }],
    "resize.actuated": [{ project: recordResized }, relist, syncPod],
    "resize.retried": [{ to: toSelf, view: "resizeWeighed" }],
  },
};

/** A pod that has stopped may leave room for the resize of another one. */
export const retryResizes: Route<KubeWorld> = {
  to: telling("podResize", weighing.resizesToRetry),
  view: "resizeWeighed",
};

export const resizeViews: Readonly<Record<string, View<KubeWorld>>> = {
  resizeWeighed: viewing("resize.weighed", (world, { to }) => ({
    type: "resize.weighed",
    verdict: weighing.weigh(world, podOf(to)).verdict,
  })),
};
