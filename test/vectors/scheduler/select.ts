import { newPodInfo } from "../../../machines/scheduler/framework/pod-info.ts";
import { defaultProfile } from "../../../machines/scheduler/plugins.ts";
import {
  newSortedNodeScores,
  popSortedNodeScores,
} from "../../../machines/scheduler/prioritize-nodes.ts";
import {
  findNodesThatFitPod,
  numFeasibleNodesToFind,
} from "../../../machines/scheduler/schedule-one.ts";
import { handleOf, podOfInput } from "../../support/scheduler-world.ts";

interface ToFind {
  readonly function: "numFeasibleNodesToFind";
  readonly numAllNodes: number;
  readonly percentageOfNodesToScore: number;
  readonly profilePercentageOfNodesToScore?: number;
}

interface Sorted {
  readonly function: "newSortedNodeScores";
  readonly scores: readonly { readonly node: string; readonly total: number }[];
}

interface Window {
  readonly function: "findNodesThatFitPod";
  readonly numAllNodes: number;
  readonly percentageOfNodesToScore: number;
  readonly nextStartNodeIndex: number;
  readonly cordonedEvery: number;
  readonly cordonedOffset: number;
}

export function run(input: ToFind | Sorted | Window): unknown {
  switch (input.function) {
    case "numFeasibleNodesToFind": {
      const { numAllNodes, percentageOfNodesToScore, profilePercentageOfNodesToScore } = input;
      const ofProfile = profilePercentageOfNodesToScore;
      return { numNodes: numFeasibleNodesToFind(ofProfile, percentageOfNodesToScore, numAllNodes) };
    }
    case "newSortedNodeScores":
      return sortedAnswer(input);
    case "findNodesThatFitPod":
      return windowAnswer(input);
  }
}

function sortedAnswer({ scores }: Sorted): unknown {
  const most = Math.max(...scores.map(({ total }) => total));
  const popOrder: string[] = [];
  let heap = newSortedNodeScores(scores.map(({ node, total }) => ({ node, totalScore: total })));
  while (heap.length > 0) {
    const { best, others } = popSortedNodeScores(heap);
    if (best !== undefined) popOrder.push(best.node);
    heap = others;
  }
  const tiedBest = scores.flatMap(({ node, total }) => (total === most ? [node] : []));
  return { selected: popOrder[0], popOrder, tiedBest };
}

const cyclesAsked = 3;

function windowAnswer({
  numAllNodes,
  cordonedEvery,
  cordonedOffset,
  ...settings
}: Window): unknown {
  const nodes = Array.from({ length: numAllNodes }, (_, index) => ({
    metadata: { name: `n${String(index).padStart(3, "0")}` },
    spec: { unschedulable: index % cordonedEvery === cordonedOffset },
    status: { allocatable: { cpu: "4", memory: "8Gi", pods: "110" } },
  }));
  const handle = handleOf({ nodes });
  const podInfo = newPodInfo(podOfInput({ metadata: { name: "p", namespace: "default" } }));
  let { nextStartNodeIndex } = settings;
  const cycles = Array.from({ length: cyclesAsked }, () => {
    const { percentageOfNodesToScore } = settings;
    const found = findNodesThatFitPod(podInfo, defaultProfile, handle, {
      nextStartNodeIndex,
      percentageOfNodesToScore,
    });
    nextStartNodeIndex = found.nextStartNodeIndex;
    return {
      feasible: found.feasibleNodes.length,
      first: found.feasibleNodes[0]?.name,
      last: found.feasibleNodes.at(-1)?.name,
      nextStartNodeIndex,
      rejected: found.diagnosis.nodeToStatus.explicit.size,
    };
  });
  return { cycles };
}
