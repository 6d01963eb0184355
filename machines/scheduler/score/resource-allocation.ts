import { isScalarResourceName } from "../../api/resource-names.ts";
import type { NodeInfo } from "../framework/node-info.ts";

/** A resource that counts for a score; apis/config ResourceSpec. */
export interface ResourceSpec {
  readonly name: string;
  readonly weight: number;
}

/** A resource of a node, and how much would be taken with the pod on it; in whole units. */
export interface Allocation {
  readonly requested: number;
  readonly allocatable: number;
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

/**
 * The resources that the node has; plugins/noderesources/resource_allocation.go score.
 * `countsDefaults`: containers on the node that do not ask for CPU or memory count nevertheless.
 */
export function allocationsOf(
  nodeInfo: NodeInfo,
  requests: readonly RequestedResource[],
  countsDefaults: boolean,
): readonly Allocation[] {
  const allocations: Allocation[] = [];
  for (const { name, weight, podRequest } of requests) {
    const allocatable = allocatableOf(nodeInfo, name, podRequest);
    if (allocatable === 0) continue;
    const requested = requestedOf(nodeInfo, name, countsDefaults) + podRequest;
    allocations.push({ requested, allocatable, weight });
  }
  return allocations;
}

function allocatableOf({ allocatable }: NodeInfo, name: string, podRequest: number): number {
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

function requestedOf(nodeInfo: NodeInfo, name: string, countsDefaults: boolean): number {
  const { requested } = nodeInfo;
  switch (name) {
    case "cpu":
      return countsDefaults ? nodeInfo.nonZeroCPU : requested.milliCPU;
    case "memory":
      return countsDefaults ? nodeInfo.nonZeroMemory : requested.memory;
    case "ephemeral-storage":
      return requested.ephemeralStorage;
    default:
      return requested.scalarResources.get(name) ?? 0;
  }
}
