import { getHostPorts } from "../../api/host-ports.ts";
import type { Pod } from "../../api/pod.ts";
import { type NodeInfo, podWithAffinity } from "./node-info.ts";
import { NodeMemory } from "./node-memory.ts";
import type { PodInfo } from "./pod-info.ts";

/**
 * A node whose pod has become another one that weighs the same, as an assumed pod does when it is
 * bound; undefined where more may differ, and the node is to be counted anew.
 */
export function replacedPodInfo(
  nodeInfo: NodeInfo,
  before: PodInfo,
  after: PodInfo,
): NodeInfo | undefined {
  const at = nodeInfo.pods.indexOf(before);
  if (at < 0 || before.resource !== after.resource) return undefined;
  if (before.non0CPU !== after.non0CPU || before.non0Mem !== after.non0Mem) return undefined;
  if (!weighsOnly(before.pod) || !weighsOnly(after.pod)) return undefined;
  return {
    node: nodeInfo.node,
    name: nodeInfo.name,
    pods: nodeInfo.pods.with(at, after),
    podsWithAffinity: nodeInfo.podsWithAffinity,
    podsWithRequiredAntiAffinity: nodeInfo.podsWithRequiredAntiAffinity,
    usedPorts: nodeInfo.usedPorts,
    requested: nodeInfo.requested,
    nonZeroCPU: nodeInfo.nonZeroCPU,
    nonZeroMemory: nodeInfo.nonZeroMemory,
    allocatable: nodeInfo.allocatable,
    imageStates: nodeInfo.imageStates,
    pvcRefCounts: nodeInfo.pvcRefCounts,
    verdicts: new NodeMemory(),
    scores: new NodeMemory(),
  };
}

/** It has no company that it likes, no port of the node and no claim. */
function weighsOnly(pod: Pod): boolean {
  if (podWithAffinity(pod) || pod.spec.volumes !== undefined) return false;
  return getHostPorts(pod.spec).length === 0;
}
