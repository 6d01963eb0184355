import { controlPlaneComponentMachine } from "../../../machines/kubelet/control-plane-component.machine.ts";
import type { MachineRow, Route, Routes, View } from "../composition.ts";
import { dependencyOf, endServing, serve, serves } from "../control-plane.ts";
import type { KubeWorld } from "../world.ts";
import { toHandler, toSelf, viewing } from "./receivers.ts";

/** The name of the program, and its host as `part`. */
export const controlPlaneMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  controlPlaneComponent: {
    machine: controlPlaneComponentMachine,
    exists: () => true,
    input: (_, { object = "" }) => ({
      needsNobody: dependencyOf(object) === undefined,
      patienceMs: object === "kube-apiserver" ? storageTimeoutMs : healthTimeoutMs,
    }),
    periodicDelays: ["forgetting"],
  },
};

/** cmd/kube-controller-manager/app/controllermanager.go CreateControllerContext */
const healthTimeoutMs = 10_000;
/** apiserver/pkg/storage/storagebackend/factory/etcd3.go dialTimeout */
const storageTimeoutMs = 20_000;

function told(project?: Route<KubeWorld>["project"]): readonly Route<KubeWorld>[] {
  return [{ ...(project && { project }), to: toHandler("controlPlane") }];
}

export const controlPlaneRoutes: Routes<KubeWorld> = {
  controlPlaneComponent: {
    "process.asked": told(),
    "dependency.asked": [{ to: toSelf, view: "dependencyFound" }],
    "component.runs": told((world, { from }) => serve(world, from.subject.object ?? "")),
    "component.ends": told((world, { from }) => endServing(world, from.subject.object ?? "")),
    "component.dies": told((world, { from }) => endServing(world, from.subject.object ?? "")),
  },
};

export const controlPlaneViews: Readonly<Record<string, View<KubeWorld>>> = {
  dependencyFound: viewing("dependency.found", (world, { to }) => {
    const needed = dependencyOf(to.object ?? "") ?? "";
    return { type: "dependency.found", isHealthy: serves(world, needed) };
  }),
};
