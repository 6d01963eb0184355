import type { Node, NodeCondition } from "../../../machines/api/node.ts";
import { pressureReports, pressureTaints } from "../../../machines/kubelet/pressure-conditions.ts";
import type { KubeWorld } from "../world.ts";
import { recordNodeEvent } from "./events.ts";

/**
 * The pressure conditions as the kubelet posts them with its node's status. A kubelet that has just
 * started announces each of them. pkg/kubelet/kubelet_node_status.go tryUpdateNodeStatus
 */
export function reportPressure(
  world: KubeWorld,
  name: string,
  nowMs: number,
  hasJustStarted = false,
): void {
  const node = world.nodeObject(name);
  if (node === undefined) return;
  const conditions = [...(node.status?.conditions ?? [])];
  let isNews = false;
  for (const { condition, event } of pressureReports(world.node(name).pressure)) {
    const at = conditions.findIndex(({ type }) => type === condition.type);
    const isSame = conditions[at]?.status === condition.status;
    if (!isSame || hasJustStarted) {
      const message = `Node ${name} status is now: ${event}`;
      recordNodeEvent(world, nowMs, name, { type: "Normal", reason: event, message });
    }
    if (isSame) continue;
    isNews = true;
    const timed: NodeCondition = { ...condition, lastTransitionTime: world.nodeTime(name, nowMs) };
    if (at < 0) conditions.push(timed);
    else conditions[at] = timed;
  }
  if (isNews) world.store.put<Node>({ ...node, status: { ...node.status, conditions } });
}

/** What the control plane makes of a node's pressure conditions: taints. */
export function taintForPressure(world: KubeWorld, name: string, nowMs: number): void {
  const node = world.nodeObject(name);
  if (node === undefined) return;
  const { taints = [] } = node.spec ?? {};
  const wanted = pressureTaints(taints, node.status?.conditions ?? [], world.time(nowMs));
  if (wanted.length === taints.length && wanted.every((taint) => taints.includes(taint))) return;
  const { taints: _, ...spec } = node.spec ?? {};
  const tainted = wanted.length === 0 ? spec : { ...spec, taints: wanted };
  world.store.put<Node>({ ...node, spec: tainted });
}
