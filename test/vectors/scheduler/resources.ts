import type { Pod } from "../../../machines/api/pod.ts";
import { podLimits, podRequests, resourceList } from "../../../machines/api/resources.ts";
import { addPodInfo, newNodeInfo } from "../../../machines/scheduler/framework/node-info.ts";
import { newPodInfo } from "../../../machines/scheduler/framework/pod-info.ts";
import { noResource, type Resource } from "../../../machines/scheduler/framework/resource.ts";
import { handleOf, podOfInput, type WorldInput } from "../../support/scheduler-world.ts";

export function run({ pod, ...world }: WorldInput): unknown {
  return pod === undefined ? nodeAnswer(world) : podAnswer(podOfInput(pod));
}

function podAnswer(pod: Pod): unknown {
  const node = { apiVersion: "v1", kind: "Node", metadata: { name: "n" } } as const;
  const nodeInfo = addPodInfo(newNodeInfo(node), newPodInfo(pod));
  return {
    podRequests: resourceList(podRequests(pod)),
    podRequestsWithoutOverhead: resourceList(podRequests(pod, { excludeOverhead: true })),
    podLimits: resourceList(podLimits(pod)),
    nodeInfoRequested: written(nodeInfo.requested),
    nodeInfoNonZeroRequested: nonZero(nodeInfo),
  };
}

function nodeAnswer(world: WorldInput): unknown {
  const [nodeInfo] = handleOf(world).snapshot.nodeInfoList;
  if (nodeInfo === undefined) return undefined;
  const ports = [...nodeInfo.usedPorts].flatMap(([port, addresses]) => {
    return [...addresses].map((address) => `${address} ${port.replace("/", " ")}`);
  });
  return {
    allocatable: written(nodeInfo.allocatable),
    requested: written(nodeInfo.requested),
    nonZeroRequested: nonZero(nodeInfo),
    usedPorts: ports.toSorted(),
    pods: nodeInfo.pods.length,
  };
}

function nonZero(nodeInfo: { readonly nonZeroCPU: number; readonly nonZeroMemory: number }) {
  const { nonZeroCPU: milliCPU, nonZeroMemory: memory } = nodeInfo;
  return written({ ...noResource, milliCPU, memory });
}

function written({ scalarResources, ...amounts }: Resource): unknown {
  if (scalarResources.size === 0) return amounts;
  return { ...amounts, scalarResources: Object.fromEntries(scalarResources) };
}
