import { kubeletMachine } from "../../../machines/kubelet/kubelet.machine.ts";
import type { Emission, MachineRow, Routes, View } from "../composition.ts";
import { gatesOfAdmission } from "../gates.ts";
import * as admission from "../projections/admission.ts";
import { writeNodeReady } from "../projections/node.ts";
import { reportPressure } from "../projections/node-pressure.ts";
import { resizeOfAdded } from "../projections/resize-weighing.ts";
import type { KubeWorld } from "../world.ts";
import { emptyLine } from "./image.ts";
import { toHandler, viewing, telling } from "./receivers.ts";

/** A node's own machine: it admits pods and tells the API server of its node. */
export const kubeletMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  kubelet: {
    machine: kubeletMachine,
    exists: () => true,
    input: () => ({}),
    gates: gatesOfAdmission,
  },
};

export const kubeletRoutes: Routes<KubeWorld> = {
  kubelet: {
    "pod.admitted": [
      {
        project: admission.admit,
        to: telling("podWorker", admission.workersOfVictims),
        event: { type: "kill.requested", gracePeriodSeconds: null },
      },
      { to: telling("podPhase", admission.phaseOfAdded), view: "shownPhase" },
      { to: telling("podWorker", admission.workerOfAdded), view: "podUpdated" },
      { to: telling("podResize", resizeOfAdded), view: "resizeWeighed" },
    ],
    "pod.rejected": [{ project: admission.reject }],
    "node.reported": [{ project: reportNodePressure }, { project: writeNodeReady }],
    "kubelet.restarted": [{ project: reportNodePressure }, emptyLine, { to: toHandler("pleg") }],
  },
};

export const kubeletViews: Readonly<Record<string, View<KubeWorld>>> = {
  podToAdmit: viewing("pod.added", (world, { to, detail }) => {
    const pod = String(detail?.["pod"] ?? "");
    const { verdict } = admission.admissionOf(world, pod, to.node ?? "");
    return { type: "pod.added", verdict };
  }),
};

/** A kubelet that has been started again announces what it had said before. */
function reportNodePressure(world: KubeWorld, { fact, from, now }: Emission): void {
  reportPressure(world, from.subject.node ?? "", now, fact.type === "kubelet.restarted");
}
