import type { Node } from "../../api/node.ts";
import { addPodInfo, type NodeInfo, newNodeInfo } from "./node-info.ts";
import { nodeTreeOrder } from "./node-tree.ts";
import type { PodInfo } from "./pod-info.ts";

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

/** A node with its pods. */
export function nodeInfoOf(
  node: Node,
  pods: readonly PodInfo[],
  imageStates: NodeInfo["imageStates"] = noImages,
): NodeInfo {
  return pods.reduce(addPodInfo, { ...newNodeInfo(node), imageStates });
}

/** A snapshot of nodes in the order in which they came. */
export function snapshotOf(nodeInfos: readonly NodeInfo[]): Snapshot {
  return snapshotInOrder(nodeTreeOrder(nodeInfos));
}

/** The same nodes in the same order, some of which have other pods now. */
export function updatedSnapshot(
  { nodeInfoList }: Snapshot,
  others: ReadonlyMap<string, NodeInfo>,
): Snapshot {
  return snapshotInOrder(nodeInfoList.map((nodeInfo) => others.get(nodeInfo.name) ?? nodeInfo));
}

function snapshotInOrder(nodeInfoList: readonly NodeInfo[]): Snapshot {
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

const noImages: NodeInfo["imageStates"] = new Map();
