import type { Pod } from "../../api/pod.ts";
import {
  runFilterPluginsWithNominatedPods,
  runPreFilterPlugins,
} from "../framework/cycle-state.ts";
import type { Handle } from "../framework/handle.ts";
import {
  namespacedName,
  newNodeInfo,
  type NodeInfo,
  removePodInfo,
} from "../framework/node-info.ts";
import { newPodInfo, type PodInfo } from "../framework/pod-info.ts";
import type { Profile } from "../framework/profile.ts";
import { snapshotOf, updatedSnapshot } from "../framework/snapshot.ts";
import type { Found } from "../schedule-one.ts";
import type { HelpfulChange, Proposal } from "./helpful-change.ts";
import { nodeProposals } from "./proposals.ts";

/**
 * Single changes after which a pod that fits nowhere would fit: of each sort the smallest. Every
 * one of them is tried: PreFilter and Filter are asked again.
 */
export function whatHelps(
  podInfo: PodInfo,
  profile: Profile,
  handle: Handle,
  { diagnosis, preFiltered }: Found,
): readonly HelpfulChange[] {
  const { nodeInfoList } = handle.snapshot;
  const isResolvable = preFiltered.status === undefined;
  const nodes = isResolvable ? nodeInfoList.slice(0, maxNodesTried) : [];
  const trial: Tried = { podInfo, profile, handle };
  const best = new Map<string, Proposal>();
  const offer = (proposal: Proposal): void => {
    const before = best.get(proposal.sort);
    if (before !== undefined && before.size <= proposal.size) return;
    if (fitsAfter(trial, proposal)) best.set(proposal.sort, proposal);
  };
  for (const nodeInfo of nodes) {
    const refusal = diagnosis.nodeToStatus.explicit.get(nodeInfo.name);
    if (refusal === undefined) continue;
    const proposals = nodeProposals(podInfo, nodeInfo, preFiltered.state, handle);
    for (const proposal of proposals) offer(proposal);
  }
  for (const proposal of podsToGo(podInfo, nodes)) offer(proposal);
  for (const nodeInfo of nodes) offer(emptyNodeLike(nodeInfo));
  return [...best.values()].map(({ change }) => change);
}

/** Of a larger cluster the first nodes are tried. */
const maxNodesTried = 100;
/** Of all pods on these nodes so many, the smallest first. */
const maxPodsTried = 200;

interface Tried {
  readonly podInfo: PodInfo;
  readonly profile: Profile;
  readonly handle: Handle;
}

/** Asks PreFilter and Filter about the node of the proposal, in the world that it makes. */
function fitsAfter({ podInfo, profile, handle }: Tried, proposal: Proposal): boolean {
  const { pod, node, gone } = proposal;
  const asked = pod === undefined ? podInfo : newPodInfo(pod);
  const after = handleAfter(handle, proposal);
  const { state, status, nodeNames } = runPreFilterPlugins(profile.filterPlugins, asked, after);
  if (status !== undefined) return false;
  const names = gone === undefined ? [node?.name ?? proposal.nodeName] : nodesOf(after);
  return names.some((name) => {
    const nodeInfo = after.snapshot.nodeInfoMap.get(name);
    if (nodeInfo === undefined || nodeNames?.has(name) === false) return false;
    return runFilterPluginsWithNominatedPods(state, nodeInfo, after) === undefined;
  });
}

function nodesOf({ snapshot }: Handle): readonly string[] {
  return snapshot.nodeInfoList.slice(0, maxNodesTried).map(({ name }) => name);
}

function handleAfter(handle: Handle, { node, gone, isNew }: Proposal): Handle {
  const { snapshot } = handle;
  if (node !== undefined && isNew === true) {
    return { ...handle, snapshot: snapshotOf([...snapshot.nodeInfoList, node]) };
  }
  if (node !== undefined) return { ...handle, snapshot: updatedSnapshot(snapshot, [node]) };
  const nodeInfo = snapshot.nodeInfoMap.get(gone?.spec.nodeName ?? "");
  if (nodeInfo === undefined || gone === undefined) return handle;
  return { ...handle, snapshot: updatedSnapshot(snapshot, [removePodInfo(nodeInfo, gone)]) };
}

/** One pod less, wherever it is: what others keep away may depend on a whole zone. */
function podsToGo(podInfo: PodInfo, nodes: readonly NodeInfo[]): readonly Proposal[] {
  const pods = nodes.flatMap((nodeInfo) => {
    return nodeInfo.pods.map((one) => ({ one, nodeInfo, share: shareOf(one, nodeInfo) }));
  });
  const smallest = pods.toSorted((a, b) => a.share - b.share).slice(0, maxPodsTried);
  return smallest.flatMap(({ one: { pod }, nodeInfo, share }): readonly Proposal[] => {
    if (pod.metadata.uid === podInfo.pod.metadata.uid) return [];
    const { name, namespace } = pod.metadata;
    const change = {
      type: "podGone",
      node: nodeInfo.name,
      pod: namespacedName(namespace, name),
    } as const;
    const gone: Pod = { ...pod, spec: { ...pod.spec, nodeName: nodeInfo.name } };
    return [{ sort: "podGone", size: share, nodeName: nodeInfo.name, gone, change }];
  });
}

/** How much of its node a pod takes, of what it takes most. */
function shareOf({ resource }: PodInfo, { allocatable }: NodeInfo): number {
  const cpu = resource.milliCPU / Math.max(1, allocatable.milliCPU);
  return Math.max(cpu, resource.memory / Math.max(1, allocatable.memory));
}

/** One node more, as large as that one. */
function emptyNodeLike({ node, imageStates, allocatable }: NodeInfo): Proposal {
  const name = `${node.metadata.name}-2`;
  const labels = { ...node.metadata.labels, "kubernetes.io/hostname": name };
  const added = { ...node, metadata: { ...node.metadata, name, labels } };
  const change = { type: "nodeAdded", like: node.metadata.name } as const;
  const size = allocatable.milliCPU;
  const nodeInfo = { ...newNodeInfo(added), imageStates };
  return { sort: "nodeAdded", size, nodeName: name, node: nodeInfo, isNew: true, change };
}
