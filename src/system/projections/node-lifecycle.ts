import type { Node } from "../../../machines/api/node.ts";
import { isNode, isPod } from "../../../machines/api/objects.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import { formatTime, parseTime } from "../../../machines/api/time.ts";
import {
  doNoExecuteTaintingPass,
  monitorNodeHealth,
  newMemory,
  type NodeLifecycleMemory,
} from "../../../machines/controllers/node-lifecycle/monitor-node-health.ts";
import { readyCondition } from "../../../machines/controllers/node-lifecycle/node-health.ts";
import type { NodeLifecycleStep } from "../../../machines/controllers/node-lifecycle/node-lifecycle.machine.ts";
import type { NodeTaintStep } from "../../../machines/controllers/node-lifecycle/node-taint.machine.ts";
import { doNoScheduleTaintingPass } from "../../../machines/controllers/node-lifecycle/node-taints.ts";
import {
  loadedMemory,
  savedMemory,
} from "../../../machines/controllers/node-lifecycle/saved-memory.ts";
import type { NodeLifecycleSettings } from "../../../machines/controllers/node-lifecycle/zone-state.ts";
import { addressOf, type Receiver } from "../composition.ts";
import type { Caches, NodeLifecycleCaches, SyncUnderWay } from "../controllers-side.ts";
import type { KubeWorld } from "../world.ts";
import { type ControllerSync, ended, endOfPass } from "./sync-ended.ts";

/**
 * As kube-controller-manager is started. Source: pkg/controller/nodelifecycle/config/v1alpha1
 * defaults.go.
 */
const settings: NodeLifecycleSettings = {
  nodeMonitorGracePeriodMs: 50_000,
  nodeStartupGracePeriodMs: 60_000,
  nodeEvictionRate: 0.1,
  secondaryNodeEvictionRate: 0.01,
  largeClusterSizeThreshold: 50,
  unhealthyZoneThreshold: 0.55,
};

/** cloud-provider/config NodeMonitorPeriod */
const monitorPeriodMs = 5_000;
/** pkg/controller/nodelifecycle/scheduler NodeEvictionPeriod */
const evictionPeriodMs = 100;

/**
 * To the next pass over all nodes, virtual milliseconds. Passes that would find every lease renewed
 * and every taint in its place change nothing, so none of them is made.
 */
export function untilMonitorMs(now: number): number {
  return (monitorPeriodMs - (now % monitorPeriodMs)) % monitorPeriodMs;
}

export function seenNodes(world: KubeWorld, receiver: Receiver, now: number): NodeLifecycleCaches {
  const nodes = world.store.list("Node").filter(isNode);
  const remembered = world.controllers.recall("memory", addressOf(receiver));
  const memory = remembered?.of === "nodeLifecycle" ? loadedMemory(remembered) : newMemory();
  const silent = nodes.filter(({ metadata: { name } }) => !world.node(name).isWatching);
  const renewTimes = nodes.map(({ metadata: { name } }) => {
    const { renewedAt = now } = world.node(name);
    return [name, formatTime(world.epochMs + renewedAt)] as const;
  });
  catchUp(memory, renewTimes, world.epochMs, now);
  return {
    controller: "nodeLifecycle",
    memory: savedMemory(memory),
    nodes,
    pods: podsOfFailing(world, nodes, silent),
    renewTimes,
    settings,
    isMonitoring: untilMonitorMs(now) === 0,
    silent: silent.map(({ metadata }) => metadata.name),
  };
}

/** What the passes that nobody made would have seen of the leases. */
function catchUp(
  { health }: NodeLifecycleMemory,
  renewTimes: NodeLifecycleCaches["renewTimes"],
  epochMs: number,
  now: number,
): void {
  for (const [name, renewTime] of renewTimes) {
    const known = health.get(name);
    if (known === undefined || (known.renewTime ?? "") >= renewTime) continue;
    const renewedAt = parseTime(renewTime) - epochMs;
    const probedAt = renewedAt + untilMonitorMs(renewedAt);
    if (probedAt < now) health.set(name, { ...known, renewTime, probeMs: epochMs + probedAt });
  }
}

/** Only those of nodes that may have to be told not ready are looked for. */
function podsOfFailing(
  { store }: KubeWorld,
  nodes: readonly Node[],
  silent: readonly Node[],
): readonly Pod[] {
  const failing = nodes.filter((node) => readyCondition(node)?.status !== "True");
  const names = new Set([...failing, ...silent].map(({ metadata }) => metadata.name));
  if (names.size === 0) return [];
  return store
    .list("Pod")
    .filter((pod) => isPod(pod) && names.has(pod.spec.nodeName ?? ""))
    .filter(isPod);
}

export function* syncOfNodes(caches: NodeLifecycleCaches, nowMs: number): ControllerSync {
  const memory = loadedMemory(caches.memory);
  const { nodes, isMonitoring } = caches;
  const renewTimes = new Map(caches.renewTimes);
  if (isMonitoring) yield* monitorNodeHealth(memory, { ...caches, renewTimes, nowMs });
  else yield* doNoExecuteTaintingPass(memory, nodes, nowMs);
  const dueMs = nextDueMs(memory, caches, nowMs);
  return {
    ...(dueMs !== undefined && { requeueAfterMs: dueMs - nowMs }),
    memory: { of: "nodeLifecycle", ...savedMemory(memory) },
  };
}

/** When a grace period will have ended, or a node that waits may be tainted. */
function nextDueMs(
  { health, tainters }: NodeLifecycleMemory,
  { nodes, silent }: NodeLifecycleCaches,
  nowMs: number,
): number | undefined {
  const ends = nodes.flatMap((node) => {
    const { name } = node.metadata;
    const seen = health.get(name);
    if (seen === undefined || !silent.includes(name)) return [];
    if (seen.ready?.status === "Unknown") return [];
    const graceMs =
      seen.ready === undefined
        ? settings.nodeStartupGracePeriodMs
        : settings.nodeMonitorGracePeriodMs;
    const endMs = seen.probeMs + graceMs + 1;
    return [endMs + ((monitorPeriodMs - (endMs % monitorPeriodMs)) % monitorPeriodMs)];
  });
  const turns = [...tainters.values()].flatMap((queue) => queue.dueAtMs() ?? []);
  const passes = turns.map((dueMs) => afterPass(Math.max(dueMs, nowMs + 1)));
  const next = Math.min(...ends, ...passes);
  return Number.isFinite(next) ? next : undefined;
}

/** Between two passes over all nodes, at which nobody is tainted. */
function afterPass(dueMs: number): number {
  const passMs = Math.ceil(dueMs / evictionPeriodMs) * evictionPeriodMs;
  return passMs % monitorPeriodMs === 0 ? passMs + evictionPeriodMs : passMs;
}

/** What a pass does next, in the words of its chart. */
export function nodeLifecycleStep(sync: SyncUnderWay): NodeLifecycleStep {
  const [request] = sync.asks;
  if (request === undefined) return endOfPass(sync);
  if (request.resource === "pods") return "pods";
  return request.subresource === "status" || hasConflict(sync) ? "unknown" : "taint";
}

/** A fresh copy is read of a node whose status could not be written. */
function hasConflict({ answers, asks }: SyncUnderWay): boolean {
  const isReading = asks[0]?.verb === "get";
  return isReading && answers.at(-1)?.some(({ error }) => error !== undefined) === true;
}

export function seenNode(world: KubeWorld, name: string): Caches | undefined {
  const node = world.nodeObject(name);
  return node === undefined ? undefined : { controller: "nodeTaint", node };
}

export function* syncOfNode(
  { node }: Extract<Caches, { controller: "nodeTaint" }>,
  nowMs: number,
): ControllerSync {
  const error = yield* doNoScheduleTaintingPass(node, nowMs);
  return ended(error === undefined ? {} : { error });
}

export function nodeTaintStep({ asks, end = {} }: SyncUnderWay): NodeTaintStep {
  if (asks.length > 0) return "taint";
  return end.error === undefined ? "succeeded" : "failed";
}
