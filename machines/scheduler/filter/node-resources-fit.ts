import type { Pod } from "../../api/pod.ts";
import { isExtendedResourceName } from "../../api/resource-names.ts";
import { podRequests } from "../../api/resources.ts";
import type { NodeInfo } from "../framework/node-info.ts";
import type { FilterPlugin } from "../framework/plugin.ts";
import { hasResizes } from "../framework/pod-info.ts";
import { type Resource, resourceOf } from "../framework/resource.ts";
import { unresolvable, unschedulable, type Verdict } from "../framework/status.ts";

/** Extended resources that a profile leaves to others; NodeResourcesFitArgs. */
export interface IgnoredResources {
  readonly ignoredResources?: readonly string[];
  /** What stands before the slash. */
  readonly ignoredResourceGroups?: readonly string[];
}

/** plugins/noderesources/fit.go PreFilter and Filter. */
export function nodeResourcesFit(ignored: IgnoredResources = {}): FilterPlugin {
  return {
    name: "NodeResourcesFit",
    hasPreFilter: true,
    preFilter: ({ pod, resource }) => {
      const wanted = hasResizes(pod) ? computePodResourceRequest(pod) : resource;
      const request = withoutIgnored(wanted, ignored);
      return {
        filter: (nodeInfo) => filter(request, nodeInfo),
        signature: resourceSignature(request),
      };
    },
  };
}

/** What does not suffice on a node; fit.go InsufficientResource. */
export interface InsufficientResource {
  readonly resourceName: string;
  readonly reason: string;
  /** It is more than the node has at all. */
  readonly unresolvable: boolean;
}

/** What a pod that does not run yet asks for. */
export function computePodResourceRequest(pod: Pod): Resource {
  return resourceOf(podRequests(pod));
}

/** `fitsRequest`: all that is missing, in the order in which Kubernetes reports it. */
export function fitsRequest(
  request: Resource,
  { pods, requested, allocatable }: Pick<NodeInfo, "pods" | "requested" | "allocatable">,
): readonly InsufficientResource[] {
  const missing: InsufficientResource[] = [];
  if (pods.length + 1 > allocatable.allowedPodNumber) missing.push(tooManyPods);
  const compare = (resourceName: string, wanted: number, used: number, capacity: number) => {
    if (wanted <= 0 || wanted <= capacity - used) return;
    const reason = `Insufficient ${resourceName}`;
    missing.push({ resourceName, reason, unresolvable: wanted > capacity });
  };
  compare("cpu", request.milliCPU, requested.milliCPU, allocatable.milliCPU);
  compare("memory", request.memory, requested.memory, allocatable.memory);
  const { ephemeralStorage } = allocatable;
  const { ephemeralStorage: usedStorage } = requested;
  compare("ephemeral-storage", request.ephemeralStorage, usedStorage, ephemeralStorage);
  for (const [name, wanted] of request.scalarResources) {
    const used = requested.scalarResources.get(name) ?? 0;
    compare(name, wanted, used, allocatable.scalarResources.get(name) ?? 0);
  }
  return missing;
}

function filter(request: Resource, nodeInfo: NodeInfo): Verdict {
  if (fits(request, nodeInfo)) return undefined;
  const missing = fitsRequest(request, nodeInfo);
  if (missing.length === 0) return undefined;
  const reasons = missing.map(({ reason }) => reason);
  const isUnresolvable = missing.some((one) => one.unresolvable);
  return isUnresolvable ? unresolvable(...reasons) : unschedulable(...reasons);
}

/** The quick answer of most nodes: all of it fits. */
function fits(request: Resource, { pods, requested, allocatable }: NodeInfo): boolean {
  return (
    pods.length < allocatable.allowedPodNumber &&
    request.milliCPU <= allocatable.milliCPU - requested.milliCPU &&
    request.memory <= allocatable.memory - requested.memory &&
    request.ephemeralStorage <= allocatable.ephemeralStorage - requested.ephemeralStorage &&
    request.scalarResources.size === 0
  );
}

function resourceSignature(request: Resource): string {
  const { milliCPU, memory, ephemeralStorage, scalarResources } = request;
  const plain = `${milliCPU} ${memory} ${ephemeralStorage}`;
  return scalarResources.size === 0 ? plain : `${plain} ${JSON.stringify([...scalarResources])}`;
}

function withoutIgnored(
  request: Resource,
  { ignoredResources = [], ignoredResourceGroups = [] }: IgnoredResources,
): Resource {
  if (request.scalarResources.size === 0) return request;
  const kept = [...request.scalarResources].filter(([name]) => {
    if (!isExtendedResourceName(name)) return true;
    const [group = ""] = name.split("/");
    return !ignoredResources.includes(name) && !ignoredResourceGroups.includes(group);
  });
  return { ...request, scalarResources: new Map(kept) };
}

const tooManyPods: InsufficientResource = {
  resourceName: "pods",
  reason: "Too many pods",
  unresolvable: false,
};
