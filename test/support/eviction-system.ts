import { assert } from "../../machines/assert.ts";
import { evictionManagerMachine } from "../../machines/kubelet/eviction-manager.machine.ts";
import { thresholdsMet } from "../../machines/kubelet/eviction-observations.ts";
import type { ThresholdRef } from "../../machines/kubelet/eviction-pass.ts";
import {
  type EvictionSignal,
  evictionSignals,
  type PressureCondition,
} from "../../machines/kubelet/eviction-signals.ts";
import type { Threshold } from "../../machines/kubelet/eviction-thresholds.ts";
import { type EvictionCause, evictionVerdict } from "../../machines/kubelet/eviction-verdict.ts";
import {
  kindOf,
  levelOf,
  podsOverLimit,
  podsToEvict,
  thresholdOf,
  thresholdViews,
} from "../../machines/kubelet/eviction-view.ts";
import { withVerdict } from "../../machines/kubelet/kill-verdict.ts";
import {
  type SoftThresholdInput,
  softThresholdMachine,
} from "../../machines/kubelet/soft-threshold.machine.ts";
import type {
  Composition,
  Emission,
  HandlerContext,
  Receiver,
  Subject,
} from "../../src/system/composition.ts";
import type { KernelEvent } from "../../src/system/kernel-event.ts";
import type { EvictionRecord, EvictionWorld, RecordedEvent } from "./eviction-world.ts";

/** The eviction manager of the one node. */
export const manager: Receiver = { machine: "evictionManager", subject: { node: "node-1" } };
/** Who hands in what was measured. */
export const stats: Receiver = { machine: "stats", subject: {} };
const mapOrder: Receiver = { machine: "mapOrder", subject: {} };

/**
 * The manager in a world that answers at once: garbage is collected, pods are killed and cleaned up
 * in no time. Stats come only when somebody hands them in.
 */
export const evictionComposition: Composition<EvictionWorld> = {
  machines: {
    evictionManager: {
      machine: evictionManagerMachine,
      input: ({ record }) => record.input,
      exists: () => true,
      periodicDelays: ["monitoringInterval"],
    },
    softThreshold: {
      machine: softThresholdMachine,
      input: softThresholdInput,
      exists: () => true,
    },
  },
  handlers: { mapOrder: chooseThreshold, stats: handInStats },
  routes: {
    evictionManager: {
      "stats.requested": [],
      "nodeCondition.changed": [{ project: writeCondition }],
      "threshold.choiceRequested": [{ to: () => mapOrder }],
      "event.recorded": [{ project: writeEvent }],
      "unusedContainers.deletionRequested": [
        {
          project: (world) => writeGC(world, "deleteAllUnusedContainers"),
          to: () => manager,
          event: { type: "unusedContainers.deleted" },
        },
      ],
      "unusedImages.deletionRequested": [
        {
          project: (world) => writeGC(world, "deleteUnusedImages"),
          to: () => manager,
          event: { type: "unusedImages.deleted" },
        },
      ],
      "reclaim.measureRequested": [{ to: () => manager, view: "reclaimMeasured" }],
      "pods.rankRequested": [{ to: () => manager, view: "podsRanked" }],
      "pod.evictionRequested": [
        { project: writeKill, to: () => manager, event: { type: "pod.killed" } },
      ],
      "podCleanup.requested": [{ to: () => manager, event: { type: "pods.cleanedUp" } }],
    },
    softThreshold: {
      "gracePeriod.ended": [{ to: () => manager }],
      "gracePeriod.forgotten": [{ to: () => manager }],
    },
  },
  views: {
    thresholdObserved: ({ record }, { to }) => ({
      type: "threshold.observed",
      level: levelOf(softThresholdOf(record, to), record.observations),
    }),
    statsObserved: ({ record }) => ({
      type: "stats.observed",
      thresholds: thresholdViews(
        record.thresholds,
        record.given,
        record.observations,
        record.lastObservations,
      ),
      overLimit: podsOverLimit(record.activePods, record.input.fileSystems.dedicatedImageFs),
    }),
    reclaimMeasured: ({ record }) => ({
      type: "reclaim.measured",
      isEnough: thresholdsMet(record.thresholds, record.observationsAfterGC, true).length === 0,
    }),
    podsRanked: ({ record }, { fact }) => ({
      type: "pods.ranked",
      pods: podsToEvict(record.activePods, signalOf(fact), record.input.fileSystems),
    }),
  },
  loadWorld: () => {
    throw new Error("an eviction case is never loaded");
  },
};

/** The soft thresholds hear of it before the manager does. */
function handInStats({ world, send }: HandlerContext<EvictionWorld>): void {
  const soft = world.record.thresholds.filter((one) => kindOf(one) === "soft");
  for (const { signal } of soft) {
    const to = { machine: "softThreshold", subject: { ...manager.subject, part: signal } };
    send({ to, event: { type: "threshold.observed" }, view: "thresholdObserved" });
  }
  send({ to: manager, event: { type: "stats.observed" }, view: "statsObserved" });
}

function softThresholdInput({ record }: EvictionWorld, subject: Subject): SoftThresholdInput {
  const threshold = softThresholdOf(record, subject);
  const { signal, gracePeriodMs } = threshold;
  const isDerived = record.thresholds.indexOf(threshold) >= record.given;
  return { signal, gracePeriodMs, isDerived };
}

function softThresholdOf({ thresholds }: EvictionRecord, { part }: Subject): Threshold {
  const signal = evictionSignals.find((one) => one === part);
  const found = signal && thresholdOf(thresholds, { kind: "soft", signal });
  assert(found !== undefined, "a soft threshold with an actor is configured");
  return found;
}

function chooseThreshold({ event, choices, send }: HandlerContext<EvictionWorld>): void {
  assert(isChoice(event), "only a choice of thresholds comes here");
  const names = event.thresholds.map(({ kind, signal }) => `${kind} ${signal}`);
  const picked = choices.pick("eviction threshold", "node-1", names);
  const threshold = event.thresholds[names.indexOf(picked)];
  send({ to: manager, event: { type: "threshold.chosen", threshold } });
}

function isChoice(
  fact: KernelEvent,
): fact is KernelEvent & { readonly thresholds: readonly ThresholdRef[] } {
  return fact.type === "threshold.choiceRequested";
}

function signalOf(fact: KernelEvent): EvictionSignal {
  const signal = evictionSignals.find((one) => one === fact["signal"]);
  assert(signal !== undefined, "a ranking is for a signal");
  return signal;
}

type ConditionFact = KernelEvent & {
  readonly condition: PressureCondition;
  readonly status: "True" | "False";
};

function isConditionFact(fact: KernelEvent): fact is ConditionFact {
  return fact.type === "nodeCondition.changed";
}

function writeCondition(world: EvictionWorld, { fact }: Emission): void {
  assert(isConditionFact(fact), "only a changed condition comes here");
  const others = world.record.conditions.filter((one) => one !== fact.condition);
  world.change({ conditions: fact.status === "True" ? [...others, fact.condition] : others });
}

function writeEvent(world: EvictionWorld, { fact }: Emission): void {
  addEvent(world, {
    type: "Warning",
    reason: String(fact["reason"]),
    message: `Attempting to reclaim ${String(fact["resource"])}`,
    object: "Node/node-1",
  });
}

function addEvent(world: EvictionWorld, event: RecordedEvent): void {
  world.change({ events: [...world.record.events, event] });
}

function writeGC(world: EvictionWorld, call: string): void {
  world.change({ gcCalls: [...world.record.gcCalls, call] });
}

type EvictionFact = KernelEvent &
  EvictionCause & { readonly slot: number; readonly gracePeriodSeconds: number };

function isEvictionFact(fact: KernelEvent): fact is EvictionFact {
  return fact.type === "pod.evictionRequested";
}

function writeKill(world: EvictionWorld, { fact }: Emission): void {
  assert(isEvictionFact(fact), "only an eviction comes here");
  const { thresholds, observations, activePods, kills, input } = world.record;
  const victim = activePods[fact.slot];
  assert(victim !== undefined, "a slot names an active pod");
  const { pod, podStats } = victim;
  const { dedicatedImageFs } = input.fileSystems;
  const evidence = { thresholds, observations, dedicatedImageFs };
  const { annotations, ...verdict } = evictionVerdict(fact, pod, podStats, evidence);
  const { reason, message } = verdict;
  const { name, generation } = pod.metadata;
  const event = { type: "Warning", reason, message, object: `Pod/${name}` } as const;
  addEvent(world, Object.keys(annotations).length > 0 ? { ...event, annotations } : event);
  const status = withVerdict({}, verdict, generation);
  const gracePeriodSecondsOverride = fact.gracePeriodSeconds;
  const kill = { pod: name, isEvicted: true, gracePeriodSecondsOverride, status } as const;
  world.change({ kills: [...kills, kill] });
}
