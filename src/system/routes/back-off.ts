import {
  newCrashLoopBackOff,
  startForgettingMs,
} from "../../../machines/kubelet/restart-back-off.ts";
import { restartBackOffMachine } from "../../../machines/kubelet/restart-back-off.machine.ts";
import type { Emission, MachineRow, Routes, View } from "../composition.ts";
import * as backOff from "../projections/back-off.ts";
import type { KubeWorld } from "../world.ts";
import { toOrigin, toSelf, viewing } from "./receivers.ts";

/** pkg/kubelet/kubelet.go housekeepingPeriod */
const housekeepingMs = 2_000;

export const backOffMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  restartBackOff: {
    machine: restartBackOffMachine,
    input: (world, { pod }) => {
      const { configuration = {} } = world.node(world.side(pod).node);
      return { forgettingMs: startForgettingMs, ...newCrashLoopBackOff(configuration) };
    },
    exists: (world, { pod = "" }) => world.findSide(pod) !== undefined,
    periodicDelays: ["startForgetting", "nextStep"],
  },
};

/** Who starts a container sends `restart.requested` with the view `restartRequested`, as origin. */
export const backOffRoutes: Routes<KubeWorld> = {
  restartBackOff: {
    "restart.allowed": [{ to: toOrigin("containerStart") }],
    "restart.refused": [
      {
        project: backOff.recordBackOff,
        to: toOrigin("containerStart"),
        detail: backOff.backOffDetail,
      },
    ],
    "backOff.advanced": [{ project: backOff.noteBackOff }],
    "backOff.aged": [
      {
        to: toSelf,
        event: { type: "backOff.collected" },
        latencyMs: untilHousekeepingMs,
        periodic: true,
      },
    ],
    "backOff.forgotten": [{ project: backOff.forgetBackOff }],
    "exit.noted": [{ project: backOff.noteExit }],
  },
};

export const backOffViews: Readonly<Record<string, View<KubeWorld>>> = {
  restartRequested: viewing("restart.requested", (world, { fact, to }) => ({
    type: "restart.requested",
    hasExited: fact["hasExited"] === true,
    isSameKey: backOff.isSameKey(world, to),
  })),
};

/** Housekeeping comes by every 2 s, counted from the kubelet's start. */
function untilHousekeepingMs(world: KubeWorld, { from, now }: Emission): number {
  const { kubeletStartedAt } = world.node(world.side(from.subject.pod).node);
  const since = (now - kubeletStartedAt) % housekeepingMs;
  return since === 0 ? 0 : housekeepingMs - since;
}
