import { podRequests } from "../../api/resources.ts";
import { mulDiv } from "../framework/int64.ts";
import type { NodeInfo } from "../framework/node-info.ts";
import { maxNodeScore, type ScorePlugin } from "../framework/plugin.ts";
import { once } from "../framework/once.ts";
import { nonMissingContainerRequests, type PodInfo } from "../framework/pod-info.ts";
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

/** How full a node should be; NodeResourcesFitArgs. */
export type ScoringStrategy =
  | { readonly type: "LeastAllocated"; readonly resources?: readonly ResourceSpec[] }
  | { readonly type: "MostAllocated"; readonly resources?: readonly ResourceSpec[] }
  | {
      readonly type: "RequestedToCapacityRatio";
      readonly resources?: readonly ResourceSpec[];
      /** Points of a broken line, utilization rising from 0 to 100, score from 0 to 10. */
      readonly shape: readonly UtilizationShapePoint[];
    };

export interface UtilizationShapePoint {
  readonly utilization: number;
  readonly score: number;
}

/** plugins/noderesources/fit.go Score. Resources of the pod as a whole are not looked at here. */
export function nodeResourcesFit(
  strategy: ScoringStrategy = { type: "LeastAllocated" },
): ScorePlugin {
  const { resources = defaultResources } = strategy;
  const kind = JSON.stringify(strategy);
  return {
    name: "NodeResourcesFit",
    hasPreScore: true,
    preScore: (podInfo) => {
      const requests = calculatePodRequests(podInfo, resources);
      return {
        score: (nodeInfo) => scoreOf(strategy, nodeInfo, requests),
        signature: `${kind} ${signatureOfRequests(requests)}`,
      };
    },
  };
}

function calculatePodRequests(
  podInfo: PodInfo,
  resources: readonly ResourceSpec[],
): readonly RequestedResource[] {
  const all = once(() => {
    return podRequests(podInfo.pod, { skipPodLevelResources: true, nonMissingContainerRequests });
  });
  return resources.map(({ name, weight }) => {
    const podRequest = knownRequest(podInfo, name, true) ?? amountOf(all().get(name), name);
    return { name, weight, podRequest };
  });
}

/** Of the resources that the node has. */
function scoreOf(
  strategy: ScoringStrategy,
  nodeInfo: NodeInfo,
  requests: readonly RequestedResource[],
): number {
  let sum = 0;
  let weights = 0;
  for (const request of requests) {
    const allocatable = allocatableOf(nodeInfo, request);
    if (allocatable === 0) continue;
    const { weight } = request;
    const score = resourceScore(strategy, takenOf(nodeInfo, request, true), allocatable);
    if (strategy.type === "RequestedToCapacityRatio" && score === 0) continue;
    sum += score * weight;
    weights += weight;
  }
  if (weights === 0) return 0;
  const score = sum / weights;
  return strategy.type === "RequestedToCapacityRatio" ? Math.round(score) : Math.trunc(score);
}

/** Of a resource that the node has. */
function resourceScore(strategy: ScoringStrategy, requested: number, capacity: number): number {
  switch (strategy.type) {
    case "LeastAllocated":
      return requested > capacity ? 0 : mulDiv(capacity - requested, maxNodeScore, capacity);
    case "MostAllocated":
      return mulDiv(Math.min(requested, capacity), maxNodeScore, capacity);
    case "RequestedToCapacityRatio": {
      const utilization = requested > capacity ? 100 : mulDiv(requested, 100, capacity);
      return brokenLinear(strategy.shape, utilization);
    }
  }
}

/** plugins/helper/shape_score.go BuildBrokenLinearFunction; scores of the shape count tenfold. */
function brokenLinear(shape: readonly UtilizationShapePoint[], utilization: number): number {
  const scale = maxNodeScore / 10;
  const after = shape.findIndex((point) => utilization <= point.utilization);
  const [left, right] = [shape[after - 1], shape[after]];
  if (right === undefined) return (shape.at(-1)?.score ?? 0) * scale;
  if (left === undefined) return right.score * scale;
  const rise = (right.score - left.score) * scale;
  const run = right.utilization - left.utilization;
  return left.score * scale + Math.trunc((rise * (utilization - left.utilization)) / run);
}
