import type { Node } from "../../api/node.ts";
import { addPodInfo, type NodeInfo, newNodeInfo } from "./node-info.ts";
import { nodeTreeOrder } from "./node-tree.ts";
import type { PodInfo } from "./pod-info.ts";

/** What one scheduling cycle sees of the nodes; pkg/scheduler/backend/cache/snapshot.go. */
export interface Snapshot {
  /** In the order in which they are tried. */
  readonly nodeInfoList: readonly NodeInfo[];
  readonly nodeInfoMap: { readonly get: (name: string) => NodeInfo | undefined };
  /** Where a node stands in the list. */
  readonly places: ReadonlyMap<string, number>;
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
  const nodeInfoList = nodeTreeOrder(nodeInfos);
  const places = new Map(nodeInfoList.map(({ name }, place) => [name, place]));
  return snapshotInOrder(nodeInfoList, places);
}

/** The same nodes in the same order, some of which have other pods now. */
export function updatedSnapshot(before: Snapshot, others: readonly NodeInfo[]): Snapshot {
  const { places } = before;
  const nodeInfoList = before.nodeInfoList.slice();
  let isPlain = true;
  for (const nodeInfo of others) {
    const place = places.get(nodeInfo.name);
    if (place === undefined) continue;
    isPlain &&= [before.nodeInfoList[place], nodeInfo].every(isWithoutRelations);
    nodeInfoList[place] = nodeInfo;
  }
  if (!isPlain) return snapshotInOrder(nodeInfoList, places);
  return { ...before, nodeInfoList, nodeInfoMap: byName(nodeInfoList, places) };
}

/** None of its pods is in what a snapshot collects over all nodes. */
function isWithoutRelations(nodeInfo: NodeInfo | undefined): boolean {
  if (nodeInfo === undefined) return true;
  const { podsWithAffinity, podsWithRequiredAntiAffinity, pvcRefCounts } = nodeInfo;
  return (
    [podsWithAffinity, podsWithRequiredAntiAffinity].every((pods) => pods.length === 0) &&
    pvcRefCounts.size === 0
  );
}

function byName(
  nodeInfoList: readonly NodeInfo[],
  places: Snapshot["places"],
): Snapshot["nodeInfoMap"] {
  return { get: (name) => nodeInfoList[places.get(name) ?? -1] };
}

function snapshotInOrder(nodeInfoList: readonly NodeInfo[], places: Snapshot["places"]): Snapshot {
  return {
    nodeInfoList,
    nodeInfoMap: byName(nodeInfoList, places),
    places,
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
