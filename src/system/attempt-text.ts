import type { Found } from "../../machines/scheduler/schedule-one.ts";
import type { AttemptUnderWay } from "./scheduler-side.ts";

/**
 * What has been found out in an attempt that is under way: it was found in the snapshot of its
 * beginning, so that nodes and pods as they are now do not tell it.
 */
export function attemptText({ key, attempt, postFiltered }: AttemptUnderWay): string {
  if (attempt === undefined) return key;
  const found = "found" in attempt && attempt.found !== undefined ? foundIn(attempt.found) : [];
  const host = attempt.type === "fits" ? attempt.suggestedHost : "";
  const scores = attempt.type === "fits" ? (attempt.scores?.nodes.length ?? 0) : 0;
  const error = attempt.type === "error" ? attempt.error : "";
  const { candidates = [], nominatedNodeName, postFilterMsg } = postFiltered ?? {};
  const victims = candidates.map(({ name, victims: { pods } }) => [
    name,
    ...pods.map(({ pod }) => pod.metadata.uid),
  ]);
  const after = [victims, nominatedNodeName, postFilterMsg];
  return JSON.stringify([key, attempt.type, host, scores, error, found, after]);
}

function foundIn({ feasibleNodes, diagnosis, nextStartNodeIndex }: Found): readonly unknown[] {
  const { nodeToStatus, unschedulablePlugins, preFilterMsg } = diagnosis;
  return [
    feasibleNodes.map(({ name }) => name),
    nextStartNodeIndex,
    [...unschedulablePlugins],
    preFilterMsg,
    [...nodeToStatus.explicit],
    nodeToStatus.absentNodesStatus,
  ];
}
