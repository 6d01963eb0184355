import type { ResourceList } from "./meta.ts";
import { type Container, isRestartableInitContainer, type PodSpec } from "./pod.ts";
import type { ContainerStatus, PodStatus } from "./pod-status.ts";
import {
  addQuantity,
  cmpQuantity,
  isZero,
  newQuantity,
  type Quantity,
  quantityMilliValue,
  quantityValue,
} from "./quantity.ts";
import { formatQuantity, mustParse } from "./quantity-text.ts";

/** Amounts by resource name, read and ready to be reckoned with. */
export type Quantities = ReadonlyMap<string, Quantity>;

/** What PodRequests and PodLimits look at. */
export interface PodOfResources {
  readonly spec: Pick<PodSpec, "overhead" | "resources"> & {
    readonly containers: readonly ContainerOfResources[];
    readonly initContainers?: readonly ContainerOfResources[];
  };
  readonly status?: Pick<PodStatus, "conditions"> & {
    readonly containerStatuses?: readonly ResourceStatus[];
    readonly initContainerStatuses?: readonly ResourceStatus[];
  };
}

type ContainerOfResources = Pick<Container, "name" | "resources" | "restartPolicy">;
type ResourceStatus = Pick<ContainerStatus, "name" | "resources" | "allocatedResources">;
type Kind = "requests" | "limits";

export interface PodResourcesOptions {
  readonly excludeOverhead?: boolean;
  /** Look at the containers although the pod has resources of its own. */
  readonly skipPodLevelResources?: boolean;
  readonly skipContainerLevelResources?: boolean;
  /** Count what a resize has left in the status where that is more than the spec. */
  readonly useStatusResources?: boolean;
  /** What each container counts for that asks for none of a resource, not even for zero. */
  readonly nonMissingContainerRequests?: Quantities;
}

/** What the pod asks for, init containers and overhead included; component-helpers/resource. */
export function podRequests(pod: PodOfResources, options: PodResourcesOptions = {}): Quantities {
  const requests = aggregated(pod, "requests", options);
  if (options.skipPodLevelResources !== true) overrideByPod(requests, pod, "requests");
  if (options.excludeOverhead !== true) addResourceList(requests, quantities(pod.spec.overhead));
  return requests;
}

/** What the pod may use: overhead adds only to what is limited; component-helpers/resource. */
export function podLimits(pod: PodOfResources, options: PodResourcesOptions = {}): Quantities {
  const limits = aggregated(pod, "limits", options);
  if (options.skipPodLevelResources !== true) overrideByPod(limits, pod, "limits");
  if (options.excludeOverhead === true) return limits;
  for (const [name, overhead] of quantities(pod.spec.overhead)) {
    const limit = limits.get(name);
    if (limit !== undefined && !isZero(limit)) limits.set(name, addQuantity(limit, overhead));
  }
  return limits;
}

/** One resource of the pod, CPU in thousandths; pkg/api/v1/resource GetResourceRequest. */
export function getResourceRequest(pod: PodOfResources, name: string): number {
  if (name === "pods") return 1;
  const request = getResourceRequestQuantity(pod, name);
  return name === "cpu" ? quantityMilliValue(request) : quantityValue(request);
}

/** The same unrounded; overhead adds only to what is asked for; GetResourceRequestQuantity. */
export function getResourceRequestQuantity(pod: PodOfResources, name: string): Quantity {
  const request = podRequests(pod, {
    skipContainerLevelResources: isPodLevelResourcesSet(pod),
    excludeOverhead: true,
  }).get(name);
  if (request === undefined || isZero(request)) return newQuantity(0);
  const overhead = quantities(pod.spec.overhead).get(name);
  return overhead === undefined ? request : addQuantity(request, overhead);
}

/** Whether the pod itself asks for or limits CPU, memory or huge pages. */
export function isPodLevelResourcesSet(pod: Pick<PodOfResources, "spec">): boolean {
  return isPodLevelRequestsSet(pod) || supportedNames(pod.spec.resources?.limits).length > 0;
}

/** The same of requests alone. */
export function isPodLevelRequestsSet(pod: Pick<PodOfResources, "spec">): boolean {
  return supportedNames(pod.spec.resources?.requests).length > 0;
}

/** A validated list as amounts. */
export function quantities(list: ResourceList | undefined): Quantities {
  return new Map(Object.entries(list ?? {}).map(([name, text]) => [name, mustParse(text)]));
}

/** Amounts as the API writes them. */
export function resourceList(amounts: Quantities): Readonly<Record<string, string>> {
  return Object.fromEntries([...amounts].map(([name, amount]) => [name, formatQuantity(amount)]));
}

type Total = Map<string, Quantity>;

function supportedNames(list: ResourceList | undefined): readonly string[] {
  return Object.keys(list ?? {}).filter(isSupportedPodLevelResource);
}

/** What can be given for the pod as a whole; IsSupportedPodLevelResource. */
export function isSupportedPodLevelResource(name: string): boolean {
  return name === "cpu" || name === "memory" || name.startsWith("hugepages-");
}

function overrideByPod(total: Total, { spec }: PodOfResources, kind: Kind): void {
  const own = quantities(spec.resources?.[kind]);
  for (const name of supportedNames(spec.resources?.[kind])) {
    total.set(name, own.get(name) ?? newQuantity(0));
  }
}

/**
 * The sum of all that run at once, or what one init container needs beside the sidecars before it,
 * whichever is more; AggregateContainerRequests and AggregateContainerLimits.
 */
function aggregated(pod: PodOfResources, kind: Kind, options: PodResourcesOptions): Total {
  const total: Total = new Map();
  if (kind === "requests" && options.skipContainerLevelResources === true) return total;
  const statuses = options.useStatusResources === true ? pod.status : undefined;
  const nonMissing = kind === "requests" ? options.nonMissingContainerRequests : undefined;
  for (const container of pod.spec.containers) {
    addResourceList(total, applyNonMissing(effective(container, kind, statuses), nonMissing));
  }
  const sidecars: Total = new Map();
  const initMost: Total = new Map();
  for (const container of pod.spec.initContainers ?? []) {
    const isSidecar = isRestartableInitContainer(container);
    const ofContainer = effective(container, kind, isSidecar ? statuses : undefined);
    const own = applyNonMissing(ofContainer, nonMissing);
    const needed = isSidecar ? sidecars : new Map(own);
    if (isSidecar) addResourceList(total, own);
    addResourceList(needed, isSidecar ? own : sidecars);
    maxResourceList(initMost, needed);
  }
  maxResourceList(total, initMost);
  return total;
}

/** determineEffectiveRequests and determineEffectiveLimits. */
function effective(
  container: ContainerOfResources,
  kind: Kind,
  status: PodOfResources["status"],
): Quantities {
  const ofSpec = quantities(container.resources?.[kind]);
  const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const own = all.filter((one) => one.name === container.name).pop();
  if (own?.resources === undefined) return ofSpec;
  const most: Total = isPodResizeInfeasible(status) ? new Map() : new Map(ofSpec);
  maxResourceList(most, quantities(own.resources[kind]));
  if (kind === "requests") maxResourceList(most, quantities(own.allocatedResources));
  return most;
}

function applyNonMissing(requests: Quantities, nonMissing: Quantities | undefined): Quantities {
  return nonMissing === undefined ? requests : new Map([...nonMissing, ...requests]);
}

function isPodResizeInfeasible(status: PodOfResources["status"]): boolean {
  const pending = status?.conditions?.find((condition) => condition.type === "PodResizePending");
  return pending?.reason === "Infeasible";
}

function addResourceList(total: Total, added: Quantities): void {
  for (const [name, amount] of added) {
    const present = total.get(name);
    total.set(name, present === undefined ? amount : addQuantity(present, amount));
  }
}

function maxResourceList(most: Total, others: Quantities): void {
  for (const [name, amount] of others) {
    const present = most.get(name);
    if (present === undefined || cmpQuantity(amount, present) > 0) most.set(name, amount);
  }
}
