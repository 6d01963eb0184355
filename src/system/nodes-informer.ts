import type { Node } from "../../machines/api/node.ts";
import { isNode, isPod } from "../../machines/api/objects.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { getNoExecuteTaints } from "../../machines/controllers/taint-eviction/process-pod.ts";
import type { StoreChange } from "../store/change.ts";
import { keyOf } from "../store/store.ts";
import { addressOf, type Message } from "./composition.ts";
import { untilMonitorMs } from "./projections/node-lifecycle.ts";
import { keyAdded } from "./key-added.ts";
import type { KubeWorld } from "./world.ts";

/** What the controllers of nodes do when they hear of a change; their informers' handlers. */
export function nodeControllersHear(
  world: KubeWorld,
  change: StoreChange,
  now: number,
): readonly Message[] {
  const { object } = change;
  if (object.kind === "Node") return nodeChanged(world, change, now);
  return object.kind === "Pod" && world.controllers.runs("taintEviction")
    ? podChanged(world, change)
    : [];
}

/** A lease that is not renewed any more is missed in a pass over all nodes. */
export function leaseMissed(world: KubeWorld, now: number): readonly Message[] {
  if (!world.controllers.runs("nodeLifecycle")) return [];
  const pass = keyAdded("nodeLifecycle", "nodes", untilMonitorMs(now));
  return [{ ...pass, key: "nodeLifecycle", keepsPending: true }];
}

function nodeChanged(
  world: KubeWorld,
  { object, previous, type }: StoreChange,
  now: number,
): readonly Message[] {
  if (!isNode(object)) return [];
  const before = previous !== undefined && isNode(previous) ? previous : undefined;
  if (type === "DELETED") return leaseMissed(world, now);
  if (before !== undefined && !isNews(before, object)) return [];
  const { name } = object.metadata;
  const tainted = world.controllers.runs("nodeTaint") ? [keyAdded("nodeTaint", name)] : [];
  return [...leaseMissed(world, now), ...tainted, ...evicted(world, before, object)];
}

/** Of what these controllers look at. */
function isNews(before: Node, after: Node): boolean {
  return (
    before.status?.conditions !== after.status?.conditions ||
    before.spec !== after.spec ||
    before.metadata.labels !== after.metadata.labels
  );
}

/** taint_eviction.go handleNodeUpdate: all pods of a node whose NoExecute taints have changed. */
function evicted(world: KubeWorld, before: Node | undefined, after: Node): readonly Message[] {
  if (!world.controllers.runs("taintEviction")) return [];
  const [old, taints] = [before, after].map((node) => getNoExecuteTaints(node?.spec?.taints));
  if (JSON.stringify(old) === JSON.stringify(taints)) return [];
  const pods = world.store.list("Pod").filter((pod) => isPod(pod) && isOn(pod, after));
  return pods.map((pod) => keyAdded("taintEviction", keyOf(pod)));
}

function isOn({ spec }: Pod, { metadata }: Node): boolean {
  return spec.nodeName === metadata.name;
}

/** taint_eviction.go PodUpdated: what it is on, and what it tolerates. */
function podChanged(world: KubeWorld, { object, previous, type }: StoreChange): readonly Message[] {
  if (!isPod(object)) return [];
  const key = keyOf(object);
  if (type === "DELETED") {
    const address = addressOf({ machine: "taintEviction", subject: { object: key } });
    const isPlanned = world.controllers.recall("memory", address) !== undefined;
    return isPlanned ? [keyAdded("taintEviction", key)] : [];
  }
  const before = previous !== undefined && isPod(previous) ? previous.spec : undefined;
  const { nodeName, tolerations } = object.spec;
  if (before?.nodeName === nodeName && before?.tolerations === tolerations) return [];
  const taints = world.nodeObject(nodeName ?? "")?.spec?.taints;
  return getNoExecuteTaints(taints).length === 0 ? [] : [keyAdded("taintEviction", key)];
}
