import type { Pod } from "../../../machines/api/pod.ts";
import { assert } from "../../../machines/assert.ts";
import type { FileSystems } from "../../../machines/kubelet/container-fs-thresholds.ts";
import {
  makeSignalObservations,
  type SignalObservations,
} from "../../../machines/kubelet/eviction-observations.ts";
import {
  type EvictionConfiguration,
  evictionSettings,
  type EvictionSettings,
} from "../../../machines/kubelet/eviction-settings.ts";
import type { PressureCondition } from "../../../machines/kubelet/eviction-signals.ts";
import { type EvictionCause, evictionVerdict } from "../../../machines/kubelet/eviction-verdict.ts";
import type { Emission, Receiver } from "../composition.ts";
import type { EvictionNotes, PodOfPass } from "../eviction-notes.ts";
import type { KernelEvent } from "../kernel-event.ts";
import type { NodeSide } from "../node-side.ts";
import { nodeStats } from "../summary.ts";
import type { KubeWorld } from "../world.ts";
import { recordNodeEvent, recordPodEvent } from "./events.ts";

/** Unless its machine is another one, every file system of a node is on the same device. */
const oneDevice: FileSystems = { dedicatedImageFs: false, dedicatedContainerFs: false };

/** The thresholds of a node's kubelet, and what its eviction manager starts with. */
export function evictionSettingsOf({ configuration = usual, machine }: NodeSide): EvictionSettings {
  const fileSystems = machine?.fileSystems ?? oneDevice;
  const before = known.get(configuration) ?? [];
  const found = before.find(({ input }) => isSame(input.fileSystems, fileSystems));
  if (found !== undefined) return found;
  const settings = evictionSettings(configuration, fileSystems);
  known.set(configuration, [...before, settings]);
  return settings;
}

function isSame(one: FileSystems, other: FileSystems): boolean {
  return (
    one.dedicatedImageFs === other.dedicatedImageFs &&
    one.dedicatedContainerFs === other.dedicatedContainerFs
  );
}

const usual: EvictionConfiguration = {};
const known = new WeakMap<EvictionConfiguration, readonly EvictionSettings[]>();

/** What the manager's pass has seen. */
export function notesOf({ eviction }: NodeSide): EvictionNotes {
  assert(eviction !== undefined, "a manager that acts has made a pass");
  return eviction;
}

/** What the pass has observed of each signal. */
export function observationsOf(node: NodeSide): SignalObservations {
  return makeSignalObservations(nodeStats(node.machine, notesOf(node).used));
}

/** The kubelet knows of the pressure at once, the API with the next status of the node. */
export function notePressure(world: KubeWorld, { fact, from }: Emission): void {
  assert(isConditionFact(fact), "only a changed condition comes here");
  const node = world.node(from.subject.node);
  const others = node.pressure.filter((one) => one !== fact.condition);
  const pressure = fact.status === "True" ? [...others, fact.condition] : others;
  world.setNode({ ...node, pressure });
}

type ConditionFact = KernelEvent & {
  readonly condition: PressureCondition;
  readonly status: "True" | "False";
};

function isConditionFact(fact: KernelEvent): fact is ConditionFact {
  return fact.type === "nodeCondition.changed";
}

/** `EvictionThresholdMet` of the node, `ExceededGracePeriod` of a pod that takes too long. */
export function recordEvictionEvent(world: KubeWorld, { fact, from, now }: Emission): void {
  const node = world.node(from.subject.node);
  if (fact["reason"] === "EvictionThresholdMet") {
    const message = `Attempting to reclaim ${String(fact["resource"])}`;
    const text = { type: "Warning", reason: "EvictionThresholdMet", message } as const;
    return recordNodeEvent(world, now, node.name, text);
  }
  const { victim: _, ...notes } = notesOf(node);
  world.setNode({ ...node, eviction: notes });
  const { key, pod } = podAt(node, fact);
  if (!isKnown(world, key, pod)) return;
  const message = "Container runtime did not kill the pod within specified grace period.";
  recordPodEvent(world, now, key, { type: "Warning", reason: "ExceededGracePeriod", message });
}

type EvictionFact = KernelEvent & EvictionCause;

function isEvictionFact(fact: KernelEvent): fact is EvictionFact {
  return fact.type === "pod.evictionRequested";
}

/** Says why the pod goes, and remembers it for its status. evictPod */
export function condemn(world: KubeWorld, { fact, from, now }: Emission): void {
  assert(isEvictionFact(fact), "only an eviction comes here");
  const node = world.node(from.subject.node);
  const before = notesOf(node);
  const { key, pod, podStats } = podAt(node, fact);
  const eviction = { ...before, victim: key, evicted: [...before.evicted, key] };
  world.setNode({ ...node, eviction });
  if (!isKnown(world, key, pod)) return;
  const { thresholds, input } = evictionSettingsOf(node);
  const { dedicatedImageFs } = input.fileSystems;
  const evidence = { thresholds, observations: observationsOf(node), dedicatedImageFs };
  const { annotations, ...verdict } = evictionVerdict(fact, pod, podStats, evidence);
  const { reason, message } = verdict;
  const notes = Object.keys(annotations).length === 0 ? {} : { annotations };
  recordPodEvent(world, now, key, { type: "Warning", reason, message, ...notes });
  world.change(key, { verdict });
}

/** The pod that is to go, unless it has gone by itself. */
export function workerOfVictim(world: KubeWorld, emission: Emission): Receiver | undefined {
  const { key, pod } = podAt(world.node(emission.from.subject.node), emission.fact);
  const mayRun = isKnown(world, key, pod) && !world.side(key).isStopped;
  return mayRun ? { machine: "podWorker", subject: { pod: key } } : undefined;
}

/** The manager itself, when nothing of the pod is left to be killed. */
export function managerOfGone(world: KubeWorld, emission: Emission): Receiver | undefined {
  return workerOfVictim(world, emission) === undefined ? emission.from : undefined;
}

/** The manager that waits for the end of this pod. pod_workers.go completeTerminating */
export function managerWaiting(world: KubeWorld, { fact, from }: Emission): Receiver | undefined {
  const { pod } = from.subject;
  const { name, eviction } = world.node(world.side(pod).node);
  const isAwaited = eviction?.victim === pod && fact["outcome"] === "stopped";
  return isAwaited ? { machine: "evictionManager", subject: { node: name } } : undefined;
}

/** Another pod may have come to its name. */
function isKnown(world: KubeWorld, key: string, { metadata }: Pod): boolean {
  const side = world.findSide(key);
  return side !== undefined && side.uid === (metadata.uid ?? "");
}

function podAt(node: NodeSide, { slot }: KernelEvent): PodOfPass {
  const pod = notesOf(node).pods[Number(slot)];
  assert(pod !== undefined, "a slot names an active pod of the pass");
  return pod;
}
