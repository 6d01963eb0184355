import { podRequests } from "../../api/resources.ts";
import type { NodeInfo } from "../framework/node-info.ts";
import { once } from "../framework/once.ts";
import { maxNodeScore, type ScorePlugin } from "../framework/plugin.ts";
import type { PodInfo } from "../framework/pod-info.ts";
import { skip } from "../framework/status.ts";
import {
  allocatableOf,
  amountOf,
  defaultResources,
  knownRequest,
  type RequestedResource,
  type ResourceSpec,
  signatureOfRequests,
  takenOf,
} from "./resource-allocation.ts";

/** plugins/noderesources/balanced_allocation.go: resources should be used to the same degree. */
export function balancedAllocation(
  resources: readonly ResourceSpec[] = defaultResources,
): ScorePlugin {
  return {
    name: "NodeResourcesBalancedAllocation",
    hasPreScore: true,
    preScore: (podInfo) => {
      const requests = calculatePodRequests(podInfo, resources);
      if (requests.every(({ podRequest }) => podRequest === 0)) return skip;
      return {
        score: (nodeInfo) => balancedResourceScore(nodeInfo, requests),
        signature: signatureOfRequests(requests),
      };
    },
  };
}

/** Resources of the pod as a whole count here. */
function calculatePodRequests(
  podInfo: PodInfo,
  resources: readonly ResourceSpec[],
): readonly RequestedResource[] {
  const all = once(() => podRequests(podInfo.pod, { useStatusResources: true }));
  return resources.map(({ name, weight }) => {
    const podRequest = knownRequest(podInfo, name, false) ?? amountOf(all().get(name), name);
    return { name, weight, podRequest };
  });
}

/** Of the resources that the node has. */
function balancedResourceScore(nodeInfo: NodeInfo, requests: readonly RequestedResource[]): number {
  const fractions: number[] = [];
  for (const request of requests) {
    const allocatable = allocatableOf(nodeInfo, request);
    if (allocatable === 0) continue;
    fractions.push(Math.min(1, takenOf(nodeInfo, request, false) / allocatable));
  }
  return Math.trunc((1 - standardDeviation(fractions)) * maxNodeScore);
}

/** In float64 and in this order, as upstream: 0.9 and 0.7 make a score of 89. */
function standardDeviation(fractions: readonly number[]): number {
  if (fractions.length < 2) return 0;
  if (fractions.length === 2) return Math.abs(((fractions[0] ?? 0) - (fractions[1] ?? 0)) / 2);
  const mean = fractions.reduce((sum, fraction) => sum + fraction, 0) / fractions.length;
  const squares = fractions.reduce(
    (sum, fraction) => sum + (fraction - mean) * (fraction - mean),
    0,
  );
  return Math.sqrt(squares / fractions.length);
}
