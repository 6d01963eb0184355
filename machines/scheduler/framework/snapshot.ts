import type { Node } from "../../api/node.ts";
import { type NodeInfo, newNodeInfo, withPods } from "./node-info.ts";
import { nodeTreeOrder } from "./node-tree.ts";
import { PodGroups } from "./pod-groups.ts";
import type { PodInfo } from "./pod-info.ts";

/** What one scheduling cycle sees of the nodes; pkg/scheduler/backend/cache/snapshot.go. */
export interface Snapshot {
  /** In the order in which they are tried. */
  readonly nodeInfoList: readonly NodeInfo[];
  readonly nodeInfoMap: { readonly get: (name: string) => NodeInfo | undefined };
  /** Where a node stands in the list. */
  readonly places: ReadonlyMap<string, number>;
  /** Their pods in groups; counted when somebody asks first. */
  readonly podGroups: () => PodGroups;
  /** Claims that a pod on a node uses, by `namespace/name`; `IsPVCUsedByPods`. */
  readonly usedPVCs: () => ReadonlySet<string>;
  readonly topology: Topology;
}

/** What is found out of the labels of nodes alone, as long as they stay. */
export interface Topology {
  /** For each of these keys the values that it has on nodes which have all of the keys. */
  readonly valuesOf: (keys: readonly string[]) => readonly ReadonlySet<string>[];
}

/** For who keeps the groups up; undefined once they are not those of the snapshot any more. */
type KnownGroups = () => PodGroups | undefined;

/** A node with its pods. */
export function nodeInfoOf(
  node: Node,
  pods: readonly PodInfo[],
  imageStates: NodeInfo["imageStates"] = noImages,
): NodeInfo {
  return withPods({ ...newNodeInfo(node), imageStates }, pods);
}

/** A snapshot of nodes in the order in which they came. */
export function snapshotOf(nodeInfos: readonly NodeInfo[], podGroups?: KnownGroups): Snapshot {
  const nodeInfoList = nodeTreeOrder(nodeInfos);
  const places = new Map(nodeInfoList.map(({ name }, place) => [name, place]));
  return snapshotInOrder(nodeInfoList, places, topologyOf(nodeInfoList), podGroups);
}

/**
 * The same nodes in the same order, some of which have changed.
 */
export function updatedSnapshot(
  before: Snapshot,
  others: readonly NodeInfo[],
  podGroups?: KnownGroups,
): Snapshot {
  const { places } = before;
  const nodeInfoList = before.nodeInfoList.slice();
  let isLabelledAlike = true;
  for (const nodeInfo of others) {
    const place = places.get(nodeInfo.name);
    if (place === undefined) continue;
    isLabelledAlike &&= labelsOf(nodeInfoList[place]) === labelsOf(nodeInfo);
    nodeInfoList[place] = nodeInfo;
  }
  const topology = isLabelledAlike ? before.topology : topologyOf(nodeInfoList);
  return snapshotInOrder(nodeInfoList, places, topology, podGroups);
}

function snapshotInOrder(
  nodeInfoList: readonly NodeInfo[],
  places: Snapshot["places"],
  topology: Topology,
  known: KnownGroups | undefined,
): Snapshot {
  const counted = once(() => PodGroups.of(nodeInfoList));
  return {
    nodeInfoList,
    nodeInfoMap: { get: (name) => nodeInfoList[places.get(name) ?? -1] },
    places,
    podGroups: () => known?.() ?? counted(),
    usedPVCs: once(() => {
      return new Set(nodeInfoList.flatMap(({ pvcRefCounts }) => [...pvcRefCounts.keys()]));
    }),
    topology,
  };
}

function topologyOf(nodeInfoList: readonly NodeInfo[]): Topology {
  const known = new Map<string, readonly ReadonlySet<string>[]>();
  return {
    valuesOf: (keys) => {
      const name = keys.join(" ");
      const values = known.get(name) ?? valuesOf(keys, nodeInfoList);
      known.set(name, values);
      return values;
    },
  };
}

function valuesOf(
  keys: readonly string[],
  nodeInfoList: readonly NodeInfo[],
): readonly ReadonlySet<string>[] {
  const sets = keys.map(() => new Set<string>());
  for (const nodeInfo of nodeInfoList) {
    const labels = labelsOf(nodeInfo) ?? {};
    if (keys.some((key) => labels[key] === undefined)) continue;
    for (const [index, key] of keys.entries()) sets[index]?.add(labels[key] ?? "");
  }
  return sets;
}

function labelsOf(nodeInfo: NodeInfo | undefined): Node["metadata"]["labels"] {
  return nodeInfo?.node.metadata.labels;
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}

const noImages: NodeInfo["imageStates"] = new Map();
