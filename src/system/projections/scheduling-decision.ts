import {
  decisionOf,
  type SchedulingDecision,
} from "../../../machines/scheduler/explanation/decision.ts";
import { newPodInfo } from "../../../machines/scheduler/framework/pod-info.ts";
import { defaultProfile } from "../../../machines/scheduler/plugins.ts";
import { runPostFilterPlugins } from "../../../machines/scheduler/post-filter.ts";
import { schedulePod } from "../../../machines/scheduler/schedule-one.ts";
import type { AttemptUnderWay } from "../scheduler-side.ts";
import type { KubeWorld } from "../world.ts";
import { handleOf, seenNodes } from "./scheduling-handle.ts";

/** How an attempt went that has ended; undefined for a pod that was not tried after all. */
export function decisionOfAttempt(ended: AttemptUnderWay): SchedulingDecision | undefined {
  const { podInfo, attempt, handle, postFiltered } = ended;
  if (attempt === undefined || handle === undefined) return undefined;
  const decided = { podInfo, profile: defaultProfile, handle, attempt };
  return decisionOf({ ...decided, ...(postFiltered && { postFiltered }) });
}

/** How an attempt would go now; changes nothing. Undefined when no such pod waits for a node. */
export function decideNow(world: KubeWorld, key: string): SchedulingDecision | undefined {
  const pod = world.pod(key);
  if (pod === undefined || (pod.spec.nodeName ?? "") !== "") return undefined;
  const podInfo = newPodInfo(pod);
  const handle = handleOf(world, seenNodes(world), pod);
  const { nextStartNodeIndex } = world.scheduler;
  const settings = { nextStartNodeIndex, percentageOfNodesToScore: 0 };
  const attempt = schedulePod(podInfo, defaultProfile, handle, settings);
  const decided = { podInfo, profile: defaultProfile, handle, attempt };
  if (attempt.type !== "unfit") return decisionOf(decided);
  const postFiltered = runPostFilterPlugins(attempt.found, handle, { offset: () => 0 });
  return decisionOf({ ...decided, postFiltered });
}
