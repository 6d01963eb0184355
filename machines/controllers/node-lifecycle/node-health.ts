import type { Node, NodeCondition } from "../../api/node.ts";
import { isNode } from "../../api/objects.ts";
import { timeOf } from "../../api/pod-readiness.ts";
import { formatTime } from "../../api/time.ts";
import { semanticDeepEqual } from "../../apiserver/spec-equality.ts";
import { send, type Sync } from "../sync.ts";
import type { NodeLifecycleSettings } from "./zone-state.ts";

/** What the controller remembers of a node, by its own clock. */
export interface NodeHealth {
  /** When a sign of life was seen last. */
  readonly probeMs: number;
  readonly ready: NodeCondition | undefined;
  /** Of the lease. */
  readonly renewTime?: string;
}

/** A node as it is found, and as it is now. */
export interface NodeObservation {
  readonly node: Node;
  readonly observed: NodeCondition;
  readonly current: NodeCondition | undefined;
  readonly health: NodeHealth;
}

export function readyCondition({ status }: Node): NodeCondition | undefined {
  return status?.conditions?.find(({ type }) => type === "Ready");
}

/**
 * A node that gave no sign of life for too long is said to be Unknown; tried anew with what is
 * there then, undefined when that fails, too. Source: tryUpdateNodeHealth.
 */
export function* updateNodeHealth(
  found: Node,
  remembered: NodeHealth | undefined,
  renewTime: string | undefined,
  settings: NodeLifecycleSettings,
  nowMs: number,
): Sync<NodeObservation | undefined> {
  let [node, health] = [found, remembered];
  for (let attempt = 0; attempt < nodeHealthUpdateRetry; attempt++) {
    const seen = observe(node, health, renewTime, settings, nowMs);
    if (seen.node === node) return seen;
    const { name } = node.metadata;
    const place = { resource: "nodes", name };
    const { error } = yield* send({
      verb: "update",
      ...place,
      subresource: "status",
      object: seen.node,
    });
    if (error === undefined) return seen;
    health = seen.health;
    const fresh = yield* send({ verb: "get", ...place });
    if (fresh.object === undefined || !isNode(fresh.object)) return undefined;
    node = fresh.object;
  }
  return undefined;
}

/** scheduler.NodeHealthUpdateRetry */
const nodeHealthUpdateRetry = 5;

function observe(
  node: Node,
  remembered: NodeHealth | undefined,
  renewTime: string | undefined,
  settings: NodeLifecycleSettings,
  nowMs: number,
): NodeObservation {
  const ready = readyCondition(node);
  const createdMs = timeOf(node.metadata.creationTimestamp) ?? 0;
  const observed = ready ?? unreported(node);
  const known = remembered ?? (ready === undefined ? { probeMs: createdMs, ready } : undefined);
  const probed = probedHealth(known, ready, nowMs);
  const isRenewed = renewTime !== undefined && (probed.renewTime ?? "") < renewTime;
  const health = isRenewed ? { ...probed, probeMs: nowMs, renewTime } : probed;
  const graceMs =
    ready === undefined ? settings.nodeStartupGracePeriodMs : settings.nodeMonitorGracePeriodMs;
  if (nowMs <= health.probeMs + graceMs) return { node, observed, current: ready, health };
  const silent = withUnknownConditions(node, nowMs);
  const current = readyCondition(silent);
  if (semanticDeepEqual(current, observed)) return { node, observed, current, health };
  return { node: silent, observed, current, health: { ...health, ready: current } };
}

function unreported({ metadata }: Node): NodeCondition {
  const { creationTimestamp } = metadata;
  const since = creationTimestamp === undefined ? {} : timesOf(creationTimestamp);
  return { type: "Ready", status: "Unknown", ...since };
}

function timesOf(time: string) {
  return { lastHeartbeatTime: time, lastTransitionTime: time };
}

/** A condition that came, went or was written again is a sign of life. */
function probedHealth(
  known: NodeHealth | undefined,
  ready: NodeCondition | undefined,
  nowMs: number,
): NodeHealth {
  const saved = known?.ready;
  const isNew =
    known === undefined ||
    (saved === undefined) !== (ready === undefined) ||
    saved?.lastHeartbeatTime !== ready?.lastHeartbeatTime;
  return isNew ? { probeMs: nowMs, ready } : known;
}

function withUnknownConditions(node: Node, nowMs: number): Node {
  const before = node.status?.conditions ?? [];
  const now = formatTime(nowMs);
  const changed = before.map((condition): NodeCondition => {
    if (!conditionTypes.includes(condition.type) || condition.status === "Unknown") {
      return condition;
    }
    const reason = "NodeStatusUnknown";
    const message = "Kubelet stopped posting node status.";
    return { ...condition, status: "Unknown", reason, message, lastTransitionTime: now };
  });
  const missing = conditionTypes.filter((type) => !before.some((one) => one.type === type));
  const { creationTimestamp } = node.metadata;
  const added = missing.map(
    (type): NodeCondition => ({
      type,
      status: "Unknown",
      reason: "NodeStatusNeverUpdated",
      message: "Kubelet never posted node status.",
      ...(creationTimestamp !== undefined && { lastHeartbeatTime: creationTimestamp }),
      lastTransitionTime: now,
    }),
  );
  return { ...node, status: { ...node.status, conditions: [...changed, ...added] } };
}

const conditionTypes = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];
