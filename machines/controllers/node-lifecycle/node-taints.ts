import type { Node, Taint } from "../../api/node.ts";
import { isNode } from "../../api/objects.ts";
import { formatTime } from "../../api/time.ts";
import { send, type Sync, type SyncError } from "../sync.ts";

export const notReadyTaint: Taint = { key: "node.kubernetes.io/not-ready", effect: "NoExecute" };
export const unreachableTaint: Taint = {
  key: "node.kubernetes.io/unreachable",
  effect: "NoExecute",
};

/** The taint that each status of a condition stands for; nodeConditionToTaintKeyStatusMap. */
const taintKeys: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ready: { False: "node.kubernetes.io/not-ready", Unknown: "node.kubernetes.io/unreachable" },
  MemoryPressure: { True: "node.kubernetes.io/memory-pressure" },
  DiskPressure: { True: "node.kubernetes.io/disk-pressure" },
  NetworkUnavailable: { True: "node.kubernetes.io/network-unavailable" },
  PIDPressure: { True: "node.kubernetes.io/pid-pressure" },
};
const unschedulable = "node.kubernetes.io/unschedulable";
const ownKeys = new Set([...Object.values(taintKeys).flatMap(Object.values), unschedulable]);

/** Taints that keep new pods away follow the conditions; doNoScheduleTaintingPass. */
export function* doNoScheduleTaintingPass(node: Node, nowMs: number): Sync<SyncError | undefined> {
  const keys = (node.status?.conditions ?? []).flatMap(({ type, status }) => {
    return taintKeys[type]?.[status] ?? [];
  });
  if (node.spec?.unschedulable === true) keys.push(unschedulable);
  const wanted = keys.map((key): Taint => ({ key, effect: "NoSchedule" }));
  const current = (node.spec?.taints ?? []).filter(({ key, effect }) => {
    return effect === "NoSchedule" && ownKeys.has(key);
  });
  const toAdd = wanted.filter((taint) => !taintExists(current, taint));
  const toRemove = current.filter((taint) => !taintExists(wanted, taint));
  if (toAdd.length === 0 && toRemove.length === 0) return undefined;
  return yield* swapNodeControllerTaint(node, toAdd, toRemove, nowMs);
}

/** pkg/util/taints TaintExists */
export function taintExists(taints: readonly Taint[] = [], taint: Taint): boolean {
  return taints.some((one) => matchTaint(one, taint));
}

function matchTaint(one: Taint, other: Taint): boolean {
  return one.key === other.key && one.effect === other.effect;
}

/** pkg/controller/util/node/controller_utils.go SwapNodeControllerTaint */
export function* swapNodeControllerTaint(
  node: Node,
  toAdd: readonly Taint[],
  toRemove: readonly Taint[],
  nowMs: number,
): Sync<SyncError | undefined> {
  const timeAdded = formatTime(nowMs);
  const stamped = toAdd.map((taint): Taint => ({ ...taint, timeAdded }));
  const failed = yield* addOrUpdateTaintOnNode(node, stamped);
  return failed ?? (yield* removeTaintOffNode(node, toRemove));
}

/** pkg/controller/controller_utils.go AddOrUpdateTaintOnNode */
function* addOrUpdateTaintOnNode(
  node: Node,
  taints: readonly Taint[],
): Sync<SyncError | undefined> {
  if (taints.length === 0) return undefined;
  return yield* patchNodeTaints(node, (current) => {
    const replaced = current.map((one) => taints.find((taint) => matchTaint(one, taint)) ?? one);
    return [...replaced, ...taints.filter((taint) => !taintExists(current, taint))];
  });
}

/** Who has none of them is not asked; pkg/controller/controller_utils.go RemoveTaintOffNode. */
export function* removeTaintOffNode(
  node: Node,
  taints: readonly Taint[],
): Sync<SyncError | undefined> {
  if (!taints.some((taint) => taintExists(node.spec?.taints, taint))) return undefined;
  return yield* patchNodeTaints(node, (current) => {
    return current.filter((one) => !taintExists(taints, one));
  });
}

function* patchNodeTaints(
  { metadata }: Node,
  change: (taints: readonly Taint[]) => readonly Taint[],
): Sync<SyncError | undefined> {
  const place = { resource: "nodes", name: metadata.name };
  const { object, error } = yield* send({ verb: "get", ...place });
  if (error !== undefined || object === undefined || !isNode(object)) return error;
  const before = object.spec?.taints ?? [];
  const after = change(before);
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  const { resourceVersion } = object.metadata;
  const patch = {
    ...(resourceVersion !== undefined && { metadata: { resourceVersion } }),
    spec: { taints: after.length > 0 ? after : null },
  };
  const patchType = "application/strategic-merge-patch+json";
  return (yield* send({ verb: "patch", ...place, patch, patchType })).error;
}
