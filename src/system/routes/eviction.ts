import { assert } from "../../../machines/assert.ts";
import { evictionManagerMachine } from "../../../machines/kubelet/eviction-manager.machine.ts";
import type { Threshold } from "../../../machines/kubelet/eviction-thresholds.ts";
import { kindOf } from "../../../machines/kubelet/eviction-view.ts";
import { softThresholdMachine } from "../../../machines/kubelet/soft-threshold.machine.ts";
import type {
  Emission,
  MachineRow,
  Receiver,
  Route,
  Routes,
  Subject,
  View,
} from "../composition.ts";
import type { NodeSide } from "../node-side.ts";
import * as eviction from "../projections/eviction.ts";
import { untilNodeStatusMs } from "../projections/node-status-period.ts";
import { deleteUnusedContainers, deleteUnusedImages } from "../projections/node-reclaim.ts";
import type { KubeWorld } from "../world.ts";
import { toSelf, telling, viewing } from "./receivers.ts";

/** The machines that watch what a node runs out of; a soft threshold's part is its signal. */
export const evictionMachines: Readonly<Record<string, MachineRow<KubeWorld>>> = {
  evictionManager: {
    machine: evictionManagerMachine,
    input: (world, { node }) => eviction.evictionSettingsOf(world.node(node)).input,
    exists: () => true,
    periodicDelays: ["monitoringInterval"],
  },
  softThreshold: {
    machine: softThresholdMachine,
    input: (world, subject) => {
      const { signal, gracePeriodMs } = softThresholdOf(world, subject);
      const { thresholds, given } = eviction.evictionSettingsOf(world.node(subject.node));
      const isDerived = thresholds.indexOf(softThresholdOf(world, subject)) >= given;
      return { signal, gracePeriodMs, isDerived };
    },
    exists: () => true,
  },
};

const toStats: Route<KubeWorld> = {
  to: telling("stats", (_, { from }) => ({ machine: "stats", subject: from.subject })),
};

const toManager: Route<KubeWorld> = {
  to: telling("evictionManager", (_, { from: { subject } }) => ({
    machine: "evictionManager",
    subject: { node: subject.node ?? "" },
  })),
};

export const evictionRoutes: Routes<KubeWorld> = {
  evictionManager: {
    "stats.requested": [toStats],
    "nodeCondition.changed": [
      {
        project: eviction.notePressure,
        to: telling("nodeStatus", (_, { from }) => ({
          machine: "nodeStatus",
          subject: from.subject,
        })),
        event: { type: "nodeStatus.due" },
        latencyMs: untilNodeStatus,
        supersedes: "nodeStatus",
        keepsPending: true,
      },
    ],
    "threshold.choiceRequested": [toStats],
    "event.recorded": [{ project: eviction.recordEvictionEvent }],
    "unusedContainers.deletionRequested": [
      { project: deleteUnusedContainers, to: toSelf, event: { type: "unusedContainers.deleted" } },
    ],
    "unusedImages.deletionRequested": [
      { project: deleteUnusedImages, to: toSelf, event: { type: "unusedImages.deleted" } },
    ],
    "reclaim.measureRequested": [toStats],
    "pods.rankRequested": [toStats],
    "pod.evictionRequested": [
      {
        project: eviction.condemn,
        to: telling("podWorker", eviction.workerOfVictim),
        view: "evictionKill",
      },
      { to: telling("evictionManager", eviction.managerOfGone), event: { type: "pod.killed" } },
    ],
    "podCleanup.requested": [toStats],
  },
  softThreshold: {
    "gracePeriod.ended": [toManager],
    "gracePeriod.forgotten": [toManager],
  },
};

/** The eviction manager of a node, with its soft thresholds; they end with the kubelet. */
export function evictionActorsOf(node: NodeSide): readonly Receiver[] {
  const { name } = node;
  const soft = eviction.evictionSettingsOf(node).thresholds.filter((one) => kindOf(one) === "soft");
  return [
    { machine: "evictionManager", subject: { node: name } },
    ...soft.map(({ signal }) => ({
      machine: "softThreshold",
      subject: { node: name, part: signal },
    })),
  ];
}

/** A pod that has stopped ends the manager's wait for it. */
export const evictionEnd: Route<KubeWorld> = {
  to: telling("evictionManager", eviction.managerWaiting),
  event: { type: "pod.killed" },
};

export const evictionViews: Readonly<Record<string, View<KubeWorld>>> = {
  evictionKill: viewing("kill.requested", (_, { fact }) => {
    const { gracePeriodSeconds } = fact;
    return { type: "kill.requested", gracePeriodSeconds };
  }),
};

function untilNodeStatus(world: KubeWorld, { from, now, choices }: Emission): number {
  return untilNodeStatusMs(world.node(from.subject.node), now, choices);
}

function softThresholdOf(world: KubeWorld, { node, part }: Subject): Threshold {
  const { thresholds } = eviction.evictionSettingsOf(world.node(node));
  const found = thresholds.find((one) => one.signal === part && kindOf(one) === "soft");
  assert(found !== undefined, "a soft threshold with an actor is configured");
  return found;
}
