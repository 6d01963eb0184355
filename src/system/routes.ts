import type { MachineRow, Routes, View } from "./composition.ts";
import { backOffMachines, backOffRoutes, backOffViews } from "./routes/back-off.ts";
import { containerMachines, containerRoutes, containerViews } from "./routes/container.ts";
import { imageMachines, imageRoutes, imageViews } from "./routes/image.ts";
import { killMachines, killRoutes, killViews } from "./routes/kill.ts";
import { probeMachines, probeRoutes, probeViews } from "./routes/probe.ts";
import { statusMachines, statusRoutes, statusViews } from "./routes/status.ts";
import { workerMachines, workerRoutes, workerViews } from "./routes/worker.ts";
import type { KubeWorld } from "./world.ts";

/** Who exists when: every machine of the composition. */
export const machines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  ...workerMachines,
  ...statusMachines,
  ...containerMachines,
  ...killMachines,
  ...imageMachines,
  ...probeMachines,
  ...backOffMachines,
};

/** Who receives what: one row for each fact of each machine. */
export const routes: Routes<KubeWorld> = {
  ...workerRoutes,
  ...statusRoutes,
  ...containerRoutes,
  ...killRoutes,
  ...imageRoutes,
  ...probeRoutes,
  ...backOffRoutes,
};

/** The closed, nameless events that are built from objects. */
export const views: Readonly<Record<string, View<KubeWorld>>> = {
  ...workerViews,
  ...statusViews,
  ...containerViews,
  ...killViews,
  ...imageViews,
  ...probeViews,
  ...backOffViews,
};
