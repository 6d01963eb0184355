import { type Quantity, quantityMilliValue, quantityValue } from "../../api/quantity.ts";
import { isScalarResourceName } from "../../api/resource-names.ts";
import type { NodeInfo } from "../framework/node-info.ts";
import { hasResizes, type PodInfo } from "../framework/pod-info.ts";

/** A resource that counts for a score; apis/config ResourceSpec. */
export interface ResourceSpec {
  readonly name: string;
  readonly weight: number;
}

/** A resource and what the pod asks of it. */
export interface RequestedResource extends ResourceSpec {
  readonly podRequest: number;
}

/** Kubernetes' default: CPU and memory alike; apis/config/v1/defaults.go defaultResourceSpec. */
export const defaultResources: readonly ResourceSpec[] = [
  { name: "cpu", weight: 1 },
  { name: "memory", weight: 1 },
];

/** What a pod asks of it that is known of every pod; undefined when it has to be reckoned. */
export function knownRequest(
  { pod, resource, non0CPU, non0Mem }: PodInfo,
  name: string,
  countsDefaults: boolean,
): number | undefined {
  if (countsDefaults && (hasResizes(pod) || pod.spec.resources !== undefined)) return undefined;
  if (name === "cpu") return countsDefaults ? non0CPU : resource.milliCPU;
  if (name === "memory") return countsDefaults ? non0Mem : resource.memory;
  return undefined;
}

/** In whole units, CPU in thousandths. */
export function amountOf(request: Quantity | undefined, name: string): number {
  if (request === undefined) return 0;
  return name === "cpu" ? quantityMilliValue(request) : quantityValue(request);
}

/** How much of it the node has, in whole units; plugins/noderesources/resource_allocation.go. */
export function allocatableOf(
  { allocatable }: NodeInfo,
  { name, podRequest }: RequestedResource,
): number {
  switch (name) {
    case "cpu":
      return allocatable.milliCPU;
    case "memory":
      return allocatable.memory;
    case "ephemeral-storage":
      return allocatable.ephemeralStorage;
    default:
      if (podRequest === 0 && isScalarResourceName(name)) return 0;
      return allocatable.scalarResources.get(name) ?? 0;
  }
}

/**
 * How much would be taken with the pod on the node. `countsDefaults`: containers on it that do not
 * ask for CPU or memory count nevertheless.
 */
export function takenOf(
  nodeInfo: NodeInfo,
  { name, podRequest }: RequestedResource,
  countsDefaults: boolean,
): number {
  const { requested } = nodeInfo;
  switch (name) {
    case "cpu":
      return podRequest + (countsDefaults ? nodeInfo.nonZeroCPU : requested.milliCPU);
    case "memory":
      return podRequest + (countsDefaults ? nodeInfo.nonZeroMemory : requested.memory);
    case "ephemeral-storage":
      return podRequest + requested.ephemeralStorage;
    default:
      return podRequest + (requested.scalarResources.get(name) ?? 0);
  }
}

/** The same for pods that ask the same of these resources. */
export function signatureOfRequests(requests: readonly RequestedResource[]): string {
  let text = "";
  for (const { name, weight, podRequest } of requests) text += `${name} ${weight} ${podRequest} `;
  return text;
}
