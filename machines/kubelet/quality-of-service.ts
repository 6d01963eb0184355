import type { ResourceList } from "../api/meta.ts";
import { type Container, isRestartableInitContainer, type PodSpec } from "../api/pod.ts";
import { getPodQOS, type PodOfQos } from "../api/pod-qos.ts";
import { quantityValue } from "../api/quantity.ts";
import { mustParse } from "../api/quantity-text.ts";
import { isPodLevelRequestsSet, podRequests } from "../api/resources.ts";
import { isNodeCriticalPod } from "./critical-pod.ts";

type ContainerOfQos = Pick<Container, "name" | "resources" | "restartPolicy">;

/**
 * The oom_score_adj of a container's processes: the more memory it asked for, the later the kernel
 * kills it. pkg/kubelet/qos/policy.go GetContainerOOMScoreAdjust
 */
export function getContainerOOMScoreAdjust(
  pod: PodOfQos & Parameters<typeof isNodeCriticalPod>[0],
  container: ContainerOfQos,
  memoryCapacityBytes: number,
): number {
  if (isNodeCriticalPod(pod)) return guaranteedOOMScoreAdj;
  const qosClass = getPodQOS(pod);
  if (qosClass === "Guaranteed") return guaranteedOOMScoreAdj;
  if (qosClass === "BestEffort") return bestEffortOOMScoreAdj;
  const shared = isPodLevelRequestsSet(pod) ? remainingPodMemReqPerContainer(pod.spec) : 0;
  const scoreOf = (requestBytes: number): number =>
    1000 - Math.trunc((1000 * (requestBytes + shared)) / memoryCapacityBytes);
  const own = scoreOf(memoryRequest(container.resources?.requests));
  const score = isSidecarContainer(pod.spec, container)
    ? Math.min(own, scoreOf(minRegularContainerMemory(pod.spec)))
    : own;
  if (score < 1000 + guaranteedOOMScoreAdj) return 1000 + guaranteedOOMScoreAdj;
  return score === bestEffortOOMScoreAdj ? bestEffortOOMScoreAdj - 1 : score;
}

const guaranteedOOMScoreAdj = -997;
const bestEffortOOMScoreAdj = 1000;
function memoryRequest(requests: ResourceList | undefined): number {
  return quantityValue(mustParse(requests?.["memory"] ?? 0));
}

function minRegularContainerMemory(spec: Pick<PodSpec, "containers">): number {
  return Math.min(...spec.containers.map((one) => memoryRequest(one.resources?.requests)));
}

/** What the pod asks for beyond its containers, in equal shares. */
function remainingPodMemReqPerContainer(spec: PodOfQos["spec"]): number {
  const ofPod = memoryRequest(spec.resources?.requests);
  if (ofPod === 0) return 0;
  const ofContainers = podRequests(
    { spec },
    { skipPodLevelResources: true, excludeOverhead: true },
  ).get("memory");
  const count = spec.containers.length + (spec.initContainers?.length ?? 0);
  const remaining = ofPod - (ofContainers === undefined ? 0 : quantityValue(ofContainers));
  return Math.trunc(remaining / count);
}

function isSidecarContainer(
  spec: Pick<PodOfQos["spec"], "initContainers">,
  container: ContainerOfQos,
): boolean {
  if (!isRestartableInitContainer(container)) return false;
  return (spec.initContainers ?? []).some((one) => one.name === container.name);
}
