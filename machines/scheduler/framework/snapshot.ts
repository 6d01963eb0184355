import type { Node } from "../../api/node.ts";
import type { Pod } from "../../api/pod.ts";
import { imageStatesOf } from "./image-states.ts";
import { addPodInfo, type NodeInfo, newNodeInfo } from "./node-info.ts";
import { nodeTreeOrder } from "./node-tree.ts";
import { newPodInfo } from "./pod-info.ts";

/** What one scheduling cycle sees of the nodes; pkg/scheduler/backend/cache/snapshot.go. */
export interface Snapshot {
  /** In the order in which they are tried. */
  readonly nodeInfoList: readonly NodeInfo[];
  readonly nodeInfoMap: ReadonlyMap<string, NodeInfo>;
  readonly havePodsWithAffinityNodeInfoList: readonly NodeInfo[];
  readonly havePodsWithRequiredAntiAffinityNodeInfoList: readonly NodeInfo[];
  /** Claims that a pod on a node uses, by `namespace/name`; `IsPVCUsedByPods`. */
  readonly usedPVCSet: ReadonlySet<string>;
}

/** Nodes in the order in which they came, and the pods on them. */
export function newSnapshot(nodes: readonly Node[], pods: readonly Pod[]): Snapshot {
  const images = imageStatesOf(nodes);
  const infos = new Map(
    nodes.map((node, index): readonly [string, NodeInfo] => {
      const imageStates = images[index] ?? new Map();
      return [node.metadata.name, { ...newNodeInfo(node), imageStates }];
    }),
  );
  for (const pod of pods) {
    const nodeInfo = infos.get(pod.spec.nodeName ?? "");
    if (nodeInfo !== undefined) infos.set(nodeInfo.name, addPodInfo(nodeInfo, newPodInfo(pod)));
  }
  return snapshotOf(nodeTreeOrder(nodes).flatMap(({ metadata }) => infos.get(metadata.name) ?? []));
}

/** A snapshot of nodes that are in order already. */
export function snapshotOf(nodeInfoList: readonly NodeInfo[]): Snapshot {
  return {
    nodeInfoList,
    nodeInfoMap: new Map(nodeInfoList.map((nodeInfo) => [nodeInfo.name, nodeInfo])),
    havePodsWithAffinityNodeInfoList: nodeInfoList.filter(
      ({ podsWithAffinity }) => podsWithAffinity.length > 0,
    ),
    havePodsWithRequiredAntiAffinityNodeInfoList: nodeInfoList.filter(
      ({ podsWithRequiredAntiAffinity }) => podsWithRequiredAntiAffinity.length > 0,
    ),
    usedPVCSet: new Set(nodeInfoList.flatMap(({ pvcRefCounts }) => [...pvcRefCounts.keys()])),
  };
}
