import { kubeletMachine } from "../../../machines/kubelet/kubelet.machine.ts";
import type { Emission, MachineRow, Routes } from "../composition.ts";
import { addPod, writeNodeReady } from "../projections/node.ts";
import { reportPressure } from "../projections/node-pressure.ts";
import { rejectPod } from "../projections/status.ts";
import type { KubeWorld } from "../world.ts";
import { emptyLine } from "./image.ts";
import { toHandler } from "./receivers.ts";

/** A node's own machine: it admits pods and tells the API server of its node. */
export const kubeletMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  kubelet: { machine: kubeletMachine, exists: () => true, input: () => ({}) },
};

export const kubeletRoutes: Routes<KubeWorld> = {
  kubelet: {
    "pod.admitted": [
      {
        project: (world, { detail }) => addPod(world, podNamed(detail)),
        to: (_, { detail }) => ({ machine: "podWorker", subject: { pod: podNamed(detail) } }),
        view: "podUpdated",
      },
    ],
    "pod.rejected": [{ project: reject }],
    "node.reported": [{ project: reportNodePressure }, { project: writeNodeReady }],
    "kubelet.restarted": [{ project: reportNodePressure }, emptyLine, { to: toHandler("pleg") }],
  },
};

/** A kubelet that has been started again announces what it had said before. */
function reportNodePressure(world: KubeWorld, { fact, from, now }: Emission): void {
  reportPressure(world, from.subject.node ?? "", now, fact.type === "kubelet.restarted");
}

function podNamed(detail: Emission["detail"]): string {
  return String(detail?.["pod"] ?? "");
}

function reject(world: KubeWorld, { detail, now }: Emission): void {
  const { reason, message } = detail ?? {};
  rejectPod(world, podNamed(detail), String(reason), String(message), now);
}
