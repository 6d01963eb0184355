import type { Node } from "../../machines/api/node.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { Snapshot } from "../../machines/scheduler/framework/snapshot.ts";
import { SchedulerCache } from "../../src/system/scheduler-cache.ts";

/** Nodes in the order in which they came, and the pods on them. */
export function newSnapshot(nodes: readonly Node[], pods: readonly Pod[]): Snapshot {
  const cache = new SchedulerCache();
  for (const node of nodes) cache.addNode(node);
  for (const pod of pods) cache.addPod(pod);
  return cache.snapshot();
}
