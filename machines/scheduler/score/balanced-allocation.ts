import { newQuantity, quantityMilliValue, quantityValue } from "../../api/quantity.ts";
import { podRequests } from "../../api/resources.ts";
import { maxNodeScore, type ScorePlugin } from "../framework/plugin.ts";
import { skip } from "../framework/status.ts";
import {
  type Allocation,
  allocationsOf,
  defaultResources,
  type ResourceSpec,
} from "./resource-allocation.ts";

/** plugins/noderesources/balanced_allocation.go: resources should be used to the same degree. */
export function balancedAllocation(
  resources: readonly ResourceSpec[] = defaultResources,
): ScorePlugin {
  return {
    name: "NodeResourcesBalancedAllocation",
    hasPreScore: true,
    preScore: ({ pod }) => {
      const all = podRequests(pod, { useStatusResources: true });
      const requests = resources.map((resource) => {
        const request = all.get(resource.name) ?? newQuantity(0);
        const isCpu = resource.name === "cpu";
        const podRequest = isCpu ? quantityMilliValue(request) : quantityValue(request);
        return { ...resource, podRequest };
      });
      if (requests.every(({ podRequest }) => podRequest === 0)) return skip;
      return {
        score: (nodeInfo) => balancedResourceScore(allocationsOf(nodeInfo, requests, false)),
      };
    },
  };
}

function balancedResourceScore(allocations: readonly Allocation[]): number {
  const fractions = allocations.map(({ requested, allocatable }) => {
    return Math.min(1, requested / allocatable);
  });
  return Math.trunc((1 - standardDeviation(fractions)) * maxNodeScore);
}

/** In float64 and in this order, as upstream: 0.9 and 0.7 make a score of 89. */
function standardDeviation(fractions: readonly number[]): number {
  const [first = 0, second = 0] = fractions;
  if (fractions.length < 2) return 0;
  if (fractions.length === 2) return Math.abs((first - second) / 2);
  const mean = fractions.reduce((sum, fraction) => sum + fraction, 0) / fractions.length;
  const squares = fractions.reduce(
    (sum, fraction) => sum + (fraction - mean) * (fraction - mean),
    0,
  );
  return Math.sqrt(squares / fractions.length);
}
