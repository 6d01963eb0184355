import { isScalarResourceName } from "../../api/resource-names.ts";
import type { NodeInfo } from "../framework/node-info.ts";

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
