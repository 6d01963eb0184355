import type { ResourceList } from "../api/meta.ts";
import {
  type Container,
  isRestartableInitContainer,
  type Pod,
  type PodSpec,
  type ResourceRequirements,
} from "../api/pod.ts";
import { cmpQuantity } from "../api/quantity.ts";
import { mustParse } from "../api/quantity-text.ts";

/** What a node has given the containers of a pod, by name. */
export type Allocation = Readonly<Record<string, ResourceRequirements>>;

/** Whether the node can give what the spec asks for. */
export type ResizeVerdict = "same" | "fits" | "Deferred" | "Infeasible";

/** What the spec asks for, of containers and sidecars. allocation_manager.go allocationFromPod */
export function allocationFromPod({ containers, initContainers = [] }: PodSpec): Allocation {
  const all = [...containers, ...initContainers.filter(isRestartableInitContainer)];
  return Object.fromEntries(all.map(({ name, resources = {} }) => [name, resources]));
}

/**
 * The pod as its node has admitted it; the pod itself when that is what its spec says.
 * pkg/kubelet/allocation/allocation_manager.go UpdatePodFromAllocation
 */
export function updatePodFromAllocation(pod: Pod, allocation: Allocation | undefined): Pod {
  if (allocation === undefined || isAllocated(pod.spec, allocation)) return pod;
  const allocated = (one: Container): Container => {
    const resources = allocation[one.name];
    return resources === undefined ? one : { ...one, resources };
  };
  const { containers, initContainers } = pod.spec;
  return {
    ...pod,
    spec: {
      ...pod.spec,
      containers: containers.map(allocated),
      ...(initContainers && { initContainers: initContainers.map(allocated) }),
    },
  };
}

/** Whether the spec asks for just what was allocated. */
export function isAllocated(spec: PodSpec, allocation: Allocation): boolean {
  return Object.entries(allocationFromPod(spec)).every(([name, resources]) =>
    hasSameResources(resources, allocation[name] ?? resources),
  );
}

/** Amounts count, not how they are written. */
export function hasSameResources(a: ResourceRequirements, b: ResourceRequirements): boolean {
  return isSame(a.requests, b.requests) && isSame(a.limits, b.limits);
}

/**
 * Whether the container has to be restarted for its new resources. kuberuntime_manager.go
 * computePodResizeAction
 */
export function resizeRequiresRestart(
  { resizePolicy = [] }: Pick<Container, "resizePolicy">,
  before: ResourceRequirements,
  after: ResourceRequirements,
): boolean {
  return resizePolicy.some(({ resourceName, restartPolicy }) => {
    const only = (list: ResourceList | undefined) => {
      const amount = list?.[resourceName];
      return amount === undefined ? {} : { [resourceName]: amount };
    };
    const isKept =
      isSame(only(before.requests), only(after.requests)) &&
      isSame(only(before.limits), only(after.limits));
    return restartPolicy === "RestartContainer" && !isKept;
  });
}

function isSame(a: ResourceList = {}, b: ResourceList = {}): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => {
    const [one, other] = [a[name], b[name]];
    if (one === undefined || other === undefined) return false;
    return cmpQuantity(mustParse(one), mustParse(other)) === 0;
  });
}
