import type { ResourceList } from "../api/meta.ts";
import { type Container, isRestartableInitContainer, type PodSpec } from "../api/pod.ts";
import type { PodStatus, QosClass } from "../api/pod-status.ts";
import { addQuantity, cmpQuantity, quantitySign, quantityValue } from "../api/quantity.ts";
import { mustParse } from "../api/quantity-text.ts";
import {
  isPodLevelRequestsSet,
  type PodOfResources,
  podRequests,
  type Quantities,
  quantities,
} from "../api/resources.ts";
import { isNodeCriticalPod } from "./critical-pod.ts";

interface PodOfQos {
  readonly spec: PodOfResources["spec"];
  readonly status?: Pick<PodStatus, "qosClass">;
}

type ContainerOfQos = Pick<Container, "name" | "resources" | "restartPolicy">;

/** The class that the API server stored wins; pkg/apis/core/v1/helper/qos GetPodQOS. */
export function getPodQOS(pod: PodOfQos): QosClass {
  return pod.status?.qosClass ?? computePodQOS(pod);
}

/**
 * The class that follows from CPU and memory; amounts of zero count as absent.
 * pkg/apis/core/v1/helper/qos ComputePodQOS
 */
export function computePodQOS({ spec }: Pick<PodOfQos, "spec">): QosClass {
  const sources = qosSources(spec);
  const requests = sumOf(sources.map((one) => one.requests));
  const limits = sumOf(sources.map((one) => one.limits));
  if (requests.size === 0 && limits.size === 0) return "BestEffort";
  const isLimited = sources.every(({ limits: own }) => positive(own).size === qosResources.length);
  const isEqual = [...requests].every(([name, request]) => {
    const limit = limits.get(name);
    return limit !== undefined && cmpQuantity(limit, request) === 0;
  });
  const isGuaranteed = isLimited && isEqual && requests.size === limits.size;
  return isGuaranteed ? "Guaranteed" : "Burstable";
}

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
const qosResources = ["cpu", "memory"] as const;

type QosSource = NonNullable<Container["resources"]>;

/** The pod's own resources where it has that field, else those of its containers. */
function qosSources(spec: PodOfQos["spec"]): readonly QosSource[] {
  if (spec.resources === undefined) {
    return [...spec.containers, ...(spec.initContainers ?? [])].map((one) => one.resources ?? {});
  }
  return [spec.resources];
}

function positive(list: ResourceList | undefined): Quantities {
  const all = quantities(list);
  return new Map(
    qosResources.flatMap((name) => {
      const amount = all.get(name);
      return amount !== undefined && quantitySign(amount) > 0 ? [[name, amount] as const] : [];
    }),
  );
}

function sumOf(lists: readonly (ResourceList | undefined)[]): Quantities {
  const sum = new Map<string, ReturnType<typeof mustParse>>();
  for (const [name, amount] of lists.flatMap((list) => [...positive(list)])) {
    const present = sum.get(name);
    sum.set(name, present === undefined ? amount : addQuantity(present, amount));
  }
  return sum;
}

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
