import type { Pod } from "../../../machines/api/pod.ts";
import type { Handle } from "../../../machines/scheduler/framework/handle.ts";
import { newPodInfo } from "../../../machines/scheduler/framework/pod-info.ts";
import { defaultProfile } from "../../../machines/scheduler/plugins.ts";
import { type Attempt, type Found, schedulePod } from "../../../machines/scheduler/schedule-one.ts";
import {
  type FailureReason,
  notScheduledCondition,
  statusPatch,
} from "../../../machines/scheduler/scheduling-failure.ts";
import { failedSchedulingEvent } from "../../../machines/scheduler/scheduling-events.ts";
import { handleOf, podOfInput, type WorldInput } from "../../support/scheduler-world.ts";
import {
  failureOf,
  nodeStatusesOf,
  nominatingOf,
  writtenStatus,
} from "../../support/scheduling-outcome.ts";

export function run({ percentageOfNodesToScore = 0, ...world }: WorldInput): unknown {
  const handle = handleOf(world);
  const pod = podOfInput(world.pod ?? {});
  const settings = { nextStartNodeIndex: 0, percentageOfNodesToScore };
  const attempt = schedulePod(newPodInfo(pod), defaultProfile, handle, settings);
  const nodeOrder = handle.snapshot.nodeInfoList.map(({ name }) => name);
  return { nodeOrder, ...answerOf(attempt, pod, handle) };
}

function answerOf(attempt: Attempt, pod: Pod, handle: Handle): object {
  switch (attempt.type) {
    case "noNodes": {
      const error = "no nodes available to schedule pods";
      const failure = written(pod, error, "Unschedulable", "");
      return { error, status: "UnschedulableAndUnresolvable", ...failure };
    }
    case "error":
      return {
        error: attempt.error,
        status: "Error",
        ...written(pod, attempt.error, "SchedulerError", ""),
      };
    case "unfit": {
      const { error, message, postFiltered } = failureOf(attempt.found, handle);
      const { nominatedNodeName } = postFiltered;
      const failure = written(pod, message, "Unschedulable", nominatedNodeName);
      return { ...foundAnswer(attempt.found), error, status: "Unschedulable", ...failure };
    }
    case "fits":
      return fitsAnswer(attempt);
  }
}

function fitsAnswer({ found, suggestedHost, scores }: Extract<Attempt, { type: "fits" }>): object {
  const nodes = scores?.nodes ?? [];
  const columns = scores?.columns() ?? [];
  const most = Math.max(...nodes.map(({ totalScore }) => totalScore));
  const best = nodes.filter(({ totalScore }) => totalScore === most);
  const table = nodes.map((one, index) => ({
    node: one.name,
    total: one.totalScore,
    weighted: Object.fromEntries(
      columns.map(({ plugin, normalized, weight }) => [plugin, (normalized[index] ?? 0) * weight]),
    ),
  }));
  const { nodeToStatus } = found.diagnosis;
  return {
    ...foundAnswer(found),
    suggestedHost,
    ...(nodes.length > 0 && { scores: table, bestNodes: best.map(({ name }) => name).toSorted() }),
    evaluatedNodes: found.feasibleNodes.length + nodeToStatus.explicit.size,
    feasibleNodesCount: found.feasibleNodes.length,
  };
}

function foundAnswer({ feasibleNodes, diagnosis }: Found): object {
  const { nodeToStatus, unschedulablePlugins, preFilterMsg } = diagnosis;
  const { absentNodesStatus } = nodeToStatus;
  const { plugin: _, ...absent } = absentNodesStatus;
  const isShown = feasibleNodes.length === 0 && absent.reasons.length > 0;
  return {
    feasibleNodes: feasibleNodes.map(({ name }) => name),
    nodeStatuses: nodeStatusesOf(nodeToStatus),
    ...(isShown && { absentNodesStatus: writtenStatus(absent) }),
    ...(preFilterMsg !== "" && { preFilterMessage: preFilterMsg }),
    unschedulablePlugins: [...unschedulablePlugins].toSorted(),
  };
}

/** What a user sees of it. */
function written(
  pod: Pod,
  message: string,
  reason: FailureReason,
  nominatedNodeName: string | undefined,
): object {
  const condition = notScheduledCondition(pod, reason, message);
  const { action: _, ...event } = failedSchedulingEvent(message);
  return {
    failedScheduling: message,
    event,
    nominating: nominatingOf(nominatedNodeName === undefined ? {} : { nominatedNodeName }),
    statusPatch: { status: statusPatch(pod.status, condition, nominatedNodeName) },
  };
}
