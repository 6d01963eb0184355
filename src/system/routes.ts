import type { MachineRow, Routes, View } from "./composition.ts";
import { processOf } from "./control-plane.ts";
import { backOffMachines, backOffRoutes, backOffViews } from "./routes/back-off.ts";
import { containerMachines, containerRoutes, containerViews } from "./routes/container.ts";
import { controllersMachines, controllersRoutes, controllersViews } from "./routes/controllers.ts";
import {
  controlPlaneMachines,
  controlPlaneRoutes,
  controlPlaneViews,
} from "./routes/control-plane.ts";
import { evictionMachines, evictionRoutes, evictionViews } from "./routes/eviction.ts";
import { imageMachines, imageRoutes, imageViews } from "./routes/image.ts";
import { killMachines, killRoutes, killViews } from "./routes/kill.ts";
import { kubeletMachines, kubeletRoutes, kubeletViews } from "./routes/kubelet.ts";
import {
  leaderElectionMachines,
  leaderElectionRoutes,
  leaderElectionViews,
} from "./routes/leader-election.ts";
import { podWorkerMachines, podWorkerRoutes, podWorkerViews } from "./routes/pod-worker.ts";
import { probeMachines, probeRoutes, probeViews } from "./routes/probe.ts";
import { proxyMachines, proxyRoutes } from "./routes/proxy.ts";
import { requestMachines, requestRoutes, requestViews } from "./routes/request.ts";
import { resizeMachines, resizeRoutes, resizeViews } from "./routes/resize.ts";
import { schedulingMachines, schedulingRoutes, schedulingViews } from "./routes/scheduling.ts";
import { statusMachines, statusRoutes, statusViews } from "./routes/status.ts";
import { volumeMachines, volumeRoutes, volumeViews } from "./routes/volume.ts";
import type { KubeWorld } from "./world.ts";

/** Who exists when: every machine of the composition. */
export const machines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  ...requestMachines,
  ...kubeletMachines,
  ...podWorkerMachines,
  ...volumeMachines,
  ...statusMachines,
  ...containerMachines,
  ...killMachines,
  ...imageMachines,
  ...probeMachines,
  ...backOffMachines,
  ...evictionMachines,
  ...resizeMachines,
  ...processOf("kube-scheduler", schedulingMachines),
  ...processOf("kube-controller-manager", controllersMachines),
  ...controlPlaneMachines,
  ...leaderElectionMachines,
  ...proxyMachines,
};

/** Who receives what: one row for each fact of each machine. */
export const routes: Routes<KubeWorld> = {
  ...requestRoutes,
  ...kubeletRoutes,
  ...podWorkerRoutes,
  ...volumeRoutes,
  ...statusRoutes,
  ...containerRoutes,
  ...killRoutes,
  ...imageRoutes,
  ...probeRoutes,
  ...backOffRoutes,
  ...evictionRoutes,
  ...resizeRoutes,
  ...schedulingRoutes,
  ...controllersRoutes,
  ...controlPlaneRoutes,
  ...leaderElectionRoutes,
  ...proxyRoutes,
};

/** The closed, nameless events that are built from objects. */
export const views: Readonly<Record<string, View<KubeWorld>>> = {
  ...requestViews,
  ...kubeletViews,
  ...podWorkerViews,
  ...volumeViews,
  ...statusViews,
  ...containerViews,
  ...killViews,
  ...imageViews,
  ...probeViews,
  ...backOffViews,
  ...evictionViews,
  ...resizeViews,
  ...schedulingViews,
  ...controlPlaneViews,
  ...leaderElectionViews,
  ...controllersViews,
};
