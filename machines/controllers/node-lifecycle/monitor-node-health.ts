import type { Node, NodeCondition } from "../../api/node.ts";
import type { Pod } from "../../api/pod.ts";
import { record, type Sync } from "../sync.ts";
import { markPodsNotReady } from "./mark-pods-not-ready.ts";
import { type NodeHealth, readyCondition, updateNodeHealth } from "./node-health.ts";
import {
  notReadyTaint,
  removeTaintOffNode,
  swapNodeControllerTaint,
  taintExists,
  unreachableTaint,
} from "./node-taints.ts";
import { RateLimitedTimedQueue } from "./rate-limited-queue.ts";
import {
  computeZoneState,
  evictionRate,
  getZoneKey,
  type NodeLifecycleSettings,
  type ZoneState,
} from "./zone-state.ts";

/** What the controller remembers from one pass to the next. */
export interface NodeLifecycleMemory {
  readonly known: Map<string, Node>;
  readonly health: Map<string, NodeHealth>;
  readonly zoneStates: Map<string, ZoneState>;
  /** By zone. */
  readonly tainters: Map<string, RateLimitedTimedQueue>;
}

/** What its caches hold. */
export interface NodeLifecycleView {
  readonly nodes: readonly Node[];
  readonly pods: readonly Pod[];
  /** When each node's lease was renewed, by its name. */
  readonly renewTimes: ReadonlyMap<string, string>;
  readonly settings: NodeLifecycleSettings;
  readonly nowMs: number;
}

export function newMemory(): NodeLifecycleMemory {
  return { known: new Map(), health: new Map(), zoneStates: new Map(), tainters: new Map() };
}

/** node_lifecycle_controller.go monitorNodeHealth */
export function* monitorNodeHealth(
  memory: NodeLifecycleMemory,
  view: NodeLifecycleView,
): Sync<void> {
  yield* registerNodes(memory, view);
  const conditions = new Map<string, (NodeCondition | undefined)[]>();
  for (const found of view.nodes) {
    const { name } = found.metadata;
    const remembered = memory.health.get(name);
    const renewTime = view.renewTimes.get(name);
    const { settings, nowMs } = view;
    const seen = yield* updateNodeHealth(found, remembered, renewTime, settings, nowMs);
    if (seen === undefined) continue;
    const { node, observed, current } = seen;
    memory.health.set(name, seen.health);
    if (node.metadata.labels?.["node.kubernetes.io/exclude-disruption"] === undefined) {
      const zone = getZoneKey(node);
      conditions.set(zone, [...(conditions.get(zone) ?? []), current]);
    }
    if (current === undefined) continue;
    yield* processTaintBaseEviction(memory, node, current, nowMs);
    if (current.status === "True" || observed.status !== "True") continue;
    const message = `Node ${name} status is now: NodeNotReady`;
    yield* record(node, "Normal", "NodeNotReady", message);
    yield* markPodsNotReady(view.pods, name, nowMs);
  }
  yield* handleDisruption(memory, view, conditions);
}

function* registerNodes(
  { known, zoneStates, tainters }: NodeLifecycleMemory,
  { nodes, settings, nowMs }: NodeLifecycleView,
): Sync<void> {
  for (const node of nodes) {
    const { name } = node.metadata;
    const zone = getZoneKey(node);
    const isNew = !known.has(name);
    if (isNew) yield* nodeEvent(node, "RegisteredNode", `Registered Node ${name} in Controller`);
    known.set(name, node);
    if (!zoneStates.has(zone)) {
      zoneStates.set(zone, "Initial");
      tainters.set(zone, new RateLimitedTimedQueue(settings.nodeEvictionRate, nowMs));
    }
    if (isNew) yield* markNodeAsReachable(tainters, node);
  }
  const names = new Set(nodes.map(({ metadata }) => metadata.name));
  for (const [name, node] of known) {
    if (names.has(name)) continue;
    yield* nodeEvent(node, "RemovingNode", `Removing Node ${name} from Controller`);
    known.delete(name);
  }
}

function* nodeEvent(node: Node, reason: string, event: string): Sync<void> {
  yield* record(node, "Normal", reason, `Node ${node.metadata.name} event: ${event}`);
}

function* markNodeAsReachable(tainters: NodeLifecycleMemory["tainters"], node: Node): Sync<void> {
  const failed = yield* removeTaintOffNode(node, [unreachableTaint]);
  if (failed !== undefined || (yield* removeTaintOffNode(node, [notReadyTaint]))) return;
  tainters.get(getZoneKey(node))?.remove(node.metadata.name);
}

/** One NoExecute taint becomes the other at once; a new one waits for its turn. */
function* processTaintBaseEviction(
  { tainters }: NodeLifecycleMemory,
  node: Node,
  { status }: NodeCondition,
  nowMs: number,
): Sync<void> {
  if (status === "True") return yield* markNodeAsReachable(tainters, node);
  const [wanted, opposite] = taintsFor(status);
  if (taintExists(node.spec?.taints, opposite)) {
    yield* swapNodeControllerTaint(node, [wanted], [opposite], nowMs);
    return;
  }
  const tainter = tainters.get(getZoneKey(node));
  if (!taintExists(node.spec?.taints, wanted)) tainter?.remove(node.metadata.name);
  tainter?.add(node.metadata.name, nowMs);
}

function taintsFor(status: "False" | "Unknown") {
  return status === "False"
    ? ([notReadyTaint, unreachableTaint] as const)
    : ([unreachableTaint, notReadyTaint] as const);
}

/** When all zones are lost, it may be the controller that is; handleDisruption. */
function* handleDisruption(
  memory: NodeLifecycleMemory,
  { nodes, settings, nowMs }: NodeLifecycleView,
  conditions: ReadonlyMap<string, readonly (NodeCondition | undefined)[]>,
): Sync<void> {
  const { zoneStates, tainters, health } = memory;
  const { unhealthyZoneThreshold } = settings;
  const next = new Map(
    [...conditions].map(([zone, ready]) => {
      return [zone, computeZoneState(ready, unhealthyZoneThreshold).state] as const;
    }),
  );
  for (const zone of zoneStates.keys()) if (!conditions.has(zone)) zoneStates.delete(zone);
  const allAreLost = [...next.values()].every((state) => state === "FullDisruption");
  const allWereLost = [...zoneStates.values()].every((state) => state === "FullDisruption");
  if (allAreLost && allWereLost) return;
  if (allAreLost) {
    for (const node of nodes) yield* markNodeAsReachable(tainters, node);
    for (const zone of zoneStates.keys()) {
      tainters.get(zone)?.swapRate(0, nowMs);
      zoneStates.set(zone, "FullDisruption");
    }
    return;
  }
  if (allWereLost) {
    for (const [name, known] of health) health.set(name, { ...known, probeMs: nowMs });
  }
  for (const [zone, state] of next) {
    if (!allWereLost && zoneStates.get(zone) === state) continue;
    const rate = evictionRate(state, conditions.get(zone)?.length ?? 0, settings);
    tainters.get(zone)?.swapRate(rate, nowMs);
    zoneStates.set(zone, state);
  }
}

/** node_lifecycle_controller.go doNoExecuteTaintingPass */
export function* doNoExecuteTaintingPass(
  { tainters }: NodeLifecycleMemory,
  nodes: readonly Node[],
  nowMs: number,
): Sync<void> {
  for (const tainter of tainters.values()) {
    let name = tainter.next(nowMs);
    for (; name !== undefined; name = tainter.next(nowMs)) {
      const node = nodes.find(({ metadata }) => metadata.name === name);
      const isDone = node === undefined || (yield* taintNode(node, nowMs));
      if (isDone) tainter.done(name);
      else tainter.retry(name, nowMs + retryMs);
    }
  }
}

const retryMs = 50;

function* taintNode(node: Node, nowMs: number): Sync<boolean> {
  const status = readyCondition(node)?.status;
  if (status === undefined) return false;
  if (status === "True") return true;
  const [wanted, opposite] = taintsFor(status);
  return (yield* swapNodeControllerTaint(node, [wanted], [opposite], nowMs)) === undefined;
}
