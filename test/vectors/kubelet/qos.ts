import type { Pod } from "../../../machines/api/pod.ts";
import { computePodQOS, getPodQOS } from "../../../machines/api/pod-qos.ts";
import {
  isPodLevelResourcesSet,
  podLimits,
  podRequests,
  resourceList,
} from "../../../machines/api/resources.ts";
import { getContainerOOMScoreAdjust } from "../../../machines/kubelet/quality-of-service.ts";

interface QosInput {
  readonly memoryCapacityBytes: number;
  readonly pod: Pod;
}

export function run({ pod, memoryCapacityBytes }: QosInput): unknown {
  const containers = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
  return {
    isPodLevelResourcesSet: isPodLevelResourcesSet(pod),
    limits: resourceList(podLimits(pod)),
    oomScoreAdj: Object.fromEntries(
      containers.map((one) => [
        one.name,
        getContainerOOMScoreAdjust(pod, one, memoryCapacityBytes),
      ]),
    ),
    qosClass: computePodQOS(pod),
    qosClassOfStatusBestEffort: getPodQOS({ ...pod, status: { qosClass: "BestEffort" } }),
    requests: resourceList(podRequests(pod)),
    requestsWithoutOverhead: resourceList(podRequests(pod, { excludeOverhead: true })),
    requestsWithoutPodLevel: resourceList(podRequests(pod, { skipPodLevelResources: true })),
  };
}
