import type { Node } from "../../api/node.ts";
import { type NodeInfo, newNodeInfo, withPods } from "./node-info.ts";
import { nodeTreeOrder } from "./node-tree.ts";
import { once } from "./once.ts";
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
  /** Every node has all of these keys. */
  readonly isEverywhere: (keys: readonly string[]) => boolean;
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
  const values = new Map<string, readonly ReadonlySet<string>[]>();
  const everywhere = new Map<string, boolean>();
  return {
    valuesOf: (keys) => remembered(values, keys, () => valuesOf(keys, nodeInfoList)),
    isEverywhere: (keys) => {
      return remembered(everywhere, keys, () => {
        return nodeInfoList.every((nodeInfo) => hasKeys(labelsOf(nodeInfo), keys));
      });
    },
  };
}

function remembered<Value>(
  known: Map<string, Value>,
  keys: readonly string[],
  find: () => Value,
): Value {
  const name = keys.join(" ");
  const value = known.get(name) ?? find();
  known.set(name, value);
  return value;
}

function hasKeys(labels: Node["metadata"]["labels"], keys: readonly string[]): boolean {
  return keys.every((key) => labels?.[key] !== undefined);
}

function valuesOf(
  keys: readonly string[],
  nodeInfoList: readonly NodeInfo[],
): readonly ReadonlySet<string>[] {
  const sets = keys.map(() => new Set<string>());
  for (const nodeInfo of nodeInfoList) {
    const labels = labelsOf(nodeInfo) ?? {};
    if (!hasKeys(labels, keys)) continue;
    for (const [index, key] of keys.entries()) sets[index]?.add(labels[key] ?? "");
  }
  return sets;
}

function labelsOf(nodeInfo: NodeInfo | undefined): Node["metadata"]["labels"] {
  return nodeInfo?.node.metadata.labels;
}

const noImages: NodeInfo["imageStates"] = new Map();
