import { getHostPorts } from "../../api/host-ports.ts";
import type { Node } from "../../api/node.ts";
import type { Pod } from "../../api/pod.ts";
import { addHostPorts, type HostPortInfo, removeHostPorts } from "./host-port-info.ts";
import type { ImageStateSummary } from "./image-states.ts";
import { type LocalScores, NodeMemory } from "./node-memory.ts";
import type { PodInfo } from "./pod-info.ts";
import { addResource, newResource, noResource, type Resource } from "./resource.ts";
import type { Status } from "./status.ts";

/**
 * A node and the sums over its pods, so that no decision counts them again; never changed in place.
 * pkg/scheduler/framework/types.go NodeInfo
 */
export interface NodeInfo {
  readonly node: Node;
  readonly name: string;
  readonly pods: readonly PodInfo[];
  readonly podsWithAffinity: readonly PodInfo[];
  readonly podsWithRequiredAntiAffinity: readonly PodInfo[];
  readonly usedPorts: HostPortInfo;
  readonly requested: Resource;
  /** The same of CPU and memory, with the defaults for containers that do not say. */
  readonly nonZeroCPU: number;
  readonly nonZeroMemory: number;
  readonly allocatable: Resource;
  readonly imageStates: ReadonlyMap<string, ImageStateSummary>;
  /** How many pods of the node use a claim, by `namespace/name`. */
  readonly pvcRefCounts: ReadonlyMap<string, number>;
  /** What the filters said that look at nothing else. */
  readonly verdicts: NodeMemory<Status | "passed">;
  /** What the scorers said that look at nothing else. */
  readonly scores: NodeMemory<LocalScores>;
}

/** A node without pods; `NewNodeInfo` and `SetNode`. */
export function newNodeInfo(node: Node): NodeInfo {
  return {
    node,
    name: node.metadata.name,
    pods: [],
    podsWithAffinity: [],
    podsWithRequiredAntiAffinity: [],
    usedPorts: new Map(),
    requested: noResource,
    nonZeroCPU: 0,
    nonZeroMemory: 0,
    allocatable: newResource(node.status?.allocatable),
    imageStates: new Map(),
    pvcRefCounts: new Map(),
    verdicts: new NodeMemory(),
    scores: new NodeMemory(),
  };
}

/** `AddPodInfo` of many at once, in this order. */
export function withPods(empty: NodeInfo, pods: readonly PodInfo[]): NodeInfo {
  const [first, ...others] = pods;
  if (first === undefined) return empty;
  if (others.length === 0) return addPodInfo(empty, first);
  let { requested, nonZeroCPU, nonZeroMemory, usedPorts, pvcRefCounts } = empty;
  for (const { pod, resource, non0CPU, non0Mem } of pods) {
    requested = addResource(requested, resource, 1);
    nonZeroCPU += non0CPU;
    nonZeroMemory += non0Mem;
    usedPorts = addHostPorts(usedPorts, getHostPorts(pod.spec));
    pvcRefCounts = updatePvcRefCounts(pvcRefCounts, pod, 1);
  }
  return {
    node: empty.node,
    name: empty.name,
    pods,
    podsWithAffinity: pods.filter(({ pod }) => podWithAffinity(pod)),
    podsWithRequiredAntiAffinity: pods.filter(({ pod }) => podWithRequiredAntiAffinity(pod)),
    usedPorts,
    requested,
    nonZeroCPU,
    nonZeroMemory,
    allocatable: empty.allocatable,
    imageStates: empty.imageStates,
    pvcRefCounts,
    verdicts: new NodeMemory(),
    scores: new NodeMemory(),
  };
}

/** `AddPodInfo`. */
export function addPodInfo(nodeInfo: NodeInfo, podInfo: PodInfo): NodeInfo {
  const { pod } = podInfo;
  const { podsWithRequiredAntiAffinity: repelling } = nodeInfo;
  return {
    node: nodeInfo.node,
    name: nodeInfo.name,
    pods: [...nodeInfo.pods, podInfo],
    podsWithAffinity: appended(nodeInfo.podsWithAffinity, podInfo, podWithAffinity(pod)),
    podsWithRequiredAntiAffinity: appended(repelling, podInfo, podWithRequiredAntiAffinity(pod)),
    usedPorts: addHostPorts(nodeInfo.usedPorts, getHostPorts(pod.spec)),
    requested: addResource(nodeInfo.requested, podInfo.resource, 1),
    nonZeroCPU: nodeInfo.nonZeroCPU + podInfo.non0CPU,
    nonZeroMemory: nodeInfo.nonZeroMemory + podInfo.non0Mem,
    allocatable: nodeInfo.allocatable,
    imageStates: nodeInfo.imageStates,
    pvcRefCounts: updatePvcRefCounts(nodeInfo.pvcRefCounts, pod, 1),
    verdicts: new NodeMemory(),
    scores: new NodeMemory(),
  };
}

/** `RemovePod`: nothing changes when the pod is not there. */
export function removePodInfo(nodeInfo: NodeInfo, pod: Pod): NodeInfo {
  const { uid } = pod.metadata;
  const podInfo = nodeInfo.pods.find((one) => one.pod.metadata.uid === uid);
  if (podInfo === undefined) return nodeInfo;
  return {
    node: nodeInfo.node,
    name: nodeInfo.name,
    pods: without(nodeInfo.pods, podInfo),
    podsWithAffinity: without(nodeInfo.podsWithAffinity, podInfo),
    podsWithRequiredAntiAffinity: without(nodeInfo.podsWithRequiredAntiAffinity, podInfo),
    usedPorts: removeHostPorts(nodeInfo.usedPorts, getHostPorts(pod.spec)),
    requested: addResource(nodeInfo.requested, podInfo.resource, -1),
    nonZeroCPU: nodeInfo.nonZeroCPU - podInfo.non0CPU,
    nonZeroMemory: nodeInfo.nonZeroMemory - podInfo.non0Mem,
    allocatable: nodeInfo.allocatable,
    imageStates: nodeInfo.imageStates,
    pvcRefCounts: updatePvcRefCounts(nodeInfo.pvcRefCounts, podInfo.pod, -1),
    verdicts: new NodeMemory(),
    scores: new NodeMemory(),
  };
}

/** The key of a namespaced object; `GetNamespacedName`. */
export function namespacedName(namespace: string | undefined, name: string): string {
  return `${namespace ?? ""}/${name}`;
}

function updatePvcRefCounts(
  counts: ReadonlyMap<string, number>,
  { metadata, spec }: Pod,
  sign: 1 | -1,
): ReadonlyMap<string, number> {
  if (spec.volumes === undefined) return counts;
  const claims = spec.volumes.flatMap(({ persistentVolumeClaim }) => {
    return persistentVolumeClaim === undefined ? [] : [persistentVolumeClaim.claimName];
  });
  if (claims.length === 0) return counts;
  const after = new Map(counts);
  for (const claim of claims) {
    const key = namespacedName(metadata.namespace, claim);
    const count = (after.get(key) ?? 0) + sign;
    if (count > 0) after.set(key, count);
    else after.delete(key);
  }
  return after;
}

/** It says something of the company that it likes. */
export function podWithAffinity({ spec: { affinity } }: Pod): boolean {
  return affinity?.podAffinity !== undefined || affinity?.podAntiAffinity !== undefined;
}

function podWithRequiredAntiAffinity({ spec: { affinity } }: Pod): boolean {
  const terms = affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  return terms.length > 0;
}

function appended(
  pods: readonly PodInfo[],
  podInfo: PodInfo,
  isOneOfThem: boolean,
): readonly PodInfo[] {
  return isOneOfThem ? [...pods, podInfo] : pods;
}

/** As upstream the last one takes the place of the one that goes. */
function without(pods: readonly PodInfo[], podInfo: PodInfo): readonly PodInfo[] {
  const index = pods.indexOf(podInfo);
  if (index < 0) return pods;
  const rest = pods.slice(0, -1);
  const last = pods.at(-1);
  if (index < rest.length && last !== undefined) rest[index] = last;
  return rest;
}
