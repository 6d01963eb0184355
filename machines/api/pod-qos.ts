import type { ResourceList } from "./meta.ts";
import type { Container } from "./pod.ts";
import type { PodStatus, QosClass } from "./pod-status.ts";
import { addQuantity, cmpQuantity, type Quantity, quantitySign } from "./quantity.ts";
import { type PodOfResources, type Quantities, quantities } from "./resources.ts";

/** What a pod's QoS class is read or computed from. */
export interface PodOfQos {
  readonly spec: PodOfResources["spec"];
  readonly status?: Pick<PodStatus, "qosClass">;
}

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
  const sum = new Map<string, Quantity>();
  for (const [name, amount] of lists.flatMap((list) => [...positive(list)])) {
    const present = sum.get(name);
    sum.set(name, present === undefined ? amount : addQuantity(present, amount));
  }
  return sum;
}
