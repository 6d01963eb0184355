import type { Pod } from "../../machines/api/pod.ts";
import { formatTime } from "../../machines/api/time.ts";
import {
  type FileSystems,
  updateContainerFsThresholds,
} from "../../machines/kubelet/container-fs-thresholds.ts";
import { admitUnderPressure } from "../../machines/kubelet/eviction-admission.ts";
import { evictionManagerMachine } from "../../machines/kubelet/eviction-manager.machine.ts";
import {
  makeSignalObservations,
  type SignalObservations,
} from "../../machines/kubelet/eviction-observations.ts";
import type { PressureCondition } from "../../machines/kubelet/eviction-signals.ts";
import {
  type EvictionConfig,
  parseThresholdConfig,
  type Threshold,
} from "../../machines/kubelet/eviction-thresholds.ts";
import { thresholdOf } from "../../machines/kubelet/eviction-view.ts";
import type { NodeStats, PodStats } from "../../machines/kubelet/node-stats.ts";
import { createChoices } from "../../src/choice/choices.ts";
import { stepperOf } from "../../src/system/stepper.ts";
import { System } from "../../src/system/system.ts";
import { evictionComposition, manager, stats } from "./eviction-system.ts";
import { emptyRecord, type EvictionRecord, EvictionWorld } from "./eviction-world.ts";
import { thresholdsJson } from "./threshold-json.ts";

/** Passes of an eviction manager at given times. */
export interface EvictionInput extends FileSystems {
  readonly config: EvictionConfig;
  readonly evictionMaxPodGracePeriod: number;
  readonly evictionPressureTransitionPeriodSeconds: number;
  readonly localStorageCapacityIsolation: boolean;
  readonly pods: readonly Pod[];
  readonly podStats: readonly PodStats[];
  readonly admit: readonly Pod[];
  readonly steps: readonly EvictionStep[];
}

interface EvictionStep {
  readonly atSeconds: number;
  readonly node: NodeStats;
  readonly nodeAfterGC?: NodeStats;
}

/** What the machine does at each step, under the virtual clock. */
export function runEviction(input: EvictionInput): object {
  const world = new EvictionWorld(recordOf(input));
  const system = System.create(evictionComposition, world, createChoices());
  system.send({ to: manager, event: { type: "kubelet.started" } });
  return { steps: input.steps.map((step) => passAt(system, step, input.admit)) };
}

/** The thresholds of a configuration that has no mistakes. */
export function configured(config: EvictionConfig): readonly Threshold[] {
  const parsed = parseThresholdConfig(config);
  if ("error" in parsed) throw new Error(parsed.error);
  return parsed;
}

function recordOf(input: EvictionInput): EvictionRecord {
  const { dedicatedImageFs, dedicatedContainerFs, localStorageCapacityIsolation } = input;
  const fileSystems = { dedicatedImageFs, dedicatedContainerFs };
  const given = configured(input.config);
  const { thresholds } = updateContainerFsThresholds(given, fileSystems);
  return {
    ...emptyRecord,
    input: {
      pressureTransitionPeriodMs: input.evictionPressureTransitionPeriodSeconds * 1_000,
      maxPodGracePeriodSeconds: input.evictionMaxPodGracePeriod,
      localStorageCapacityIsolation,
      fileSystems,
    },
    thresholds,
    given: given.length,
    activePods: input.pods.map((pod) => ({
      pod,
      podStats: input.podStats.find(({ podRef }) => podRef.uid === pod.metadata.uid),
    })),
  };
}

function passAt(
  system: System<EvictionWorld>,
  { atSeconds, node, nodeAfterGC = node }: EvictionStep,
  toAdmit: readonly Pod[],
): object {
  const { world } = system;
  system.advanceTo(atSeconds * 1_000);
  world.change({
    lastObservations: world.record.observations,
    observations: observedAt(node, atSeconds),
    observationsAfterGC: observedAt(nodeAfterGC, atSeconds),
    events: [],
    gcCalls: [],
    kills: [],
  });
  system.send({ to: stats, event: { type: "stats.measured" } });
  system.advanceTo(atSeconds * 1_000);
  const evicted = world.record.kills.map(({ pod }) => pod);
  const stays = ({ pod }: { readonly pod: Pod }) => !evicted.includes(pod.metadata.name);
  world.change({ activePods: world.record.activePods.filter(stays) });
  const { conditions, events, gcCalls, kills } = world.record;
  return {
    ...(toAdmit.length > 0 && { admit: toAdmit.map((pod) => admitted(pod, conditions)) }),
    error: null,
    evicted,
    events,
    gcCalls,
    isUnderDiskPressure: conditions.includes("DiskPressure"),
    isUnderMemoryPressure: conditions.includes("MemoryPressure"),
    isUnderPIDPressure: conditions.includes("PIDPressure"),
    kills,
    nodeConditions: conditions.toSorted(),
    thresholdsMet: thresholdsJson(thresholdsMetOf(system)),
  };
}

/** Of several conditions the recordings leave out the message, whose order is a Go map's. */
function admitted(pod: Pod, conditions: readonly PressureCondition[]): object {
  const { message, ...answer } = {
    message: "",
    reason: "",
    ...admitUnderPressure(pod, conditions),
  };
  const { name } = pod.metadata;
  return conditions.length > 1 ? { pod: name, ...answer } : { pod: name, message, ...answer };
}

function observedAt(node: NodeStats, atSeconds: number): SignalObservations {
  const time = formatTime(atSeconds * 1_000);
  const observations = Object.entries(makeSignalObservations(node));
  return Object.fromEntries(
    observations.map(([signal, observation]) => [signal, { time, ...observation }]),
  );
}

function thresholdsMetOf({ actors, world }: System<EvictionWorld>): readonly Threshold[] {
  const local = actors.localOf(actors.at(manager.machine, manager.subject));
  const { context } = stepperOf(evictionManagerMachine).stateOf(local);
  if (!hasThresholds(context)) throw new Error("the manager remembers its thresholds");
  return context.thresholdsMet.flatMap((ref) => thresholdOf(world.record.thresholds, ref) ?? []);
}

function hasThresholds(
  context: unknown,
): context is { readonly thresholdsMet: readonly Parameters<typeof thresholdOf>[1][] } {
  return typeof context === "object" && context !== null && "thresholdsMet" in context;
}
