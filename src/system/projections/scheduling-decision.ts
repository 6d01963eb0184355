import {
  decisionOf,
  type SchedulingDecision,
} from "../../../machines/scheduler/explanation/decision.ts";
import { newPodInfo } from "../../../machines/scheduler/framework/pod-info.ts";
import { runPostFilterPlugins } from "../../../machines/scheduler/post-filter.ts";
import { schedulePod } from "../../../machines/scheduler/schedule-one.ts";
import { findProfile, profileOf } from "../scheduler-settings.ts";
import type { AttemptUnderWay } from "../scheduler-side.ts";
import type { KubeWorld } from "../world.ts";
import { handleOf, seenNodes } from "./scheduling-handle.ts";

/** How an attempt went that has ended; undefined for a pod that was not tried after all. */
export function decisionOfAttempt(
  { scheduling }: KubeWorld,
  ended: AttemptUnderWay,
): SchedulingDecision | undefined {
  const { podInfo, attempt, handle, postFiltered } = ended;
  if (attempt === undefined || handle === undefined) return undefined;
  const decided = { podInfo, profile: profileOf(scheduling, podInfo.pod), handle, attempt };
  return decisionOf({ ...decided, ...(postFiltered && { postFiltered }) });
}

/** How an attempt would go now; changes nothing. Undefined when no such pod waits for a node. */
export function decideNow(world: KubeWorld, key: string): SchedulingDecision | undefined {
  const pod = world.pod(key);
  const profile = pod && findProfile(world.scheduling, pod);
  if (pod === undefined || profile === undefined) return undefined;
  if ((pod.spec.nodeName ?? "") !== "") return undefined;
  const podInfo = newPodInfo(pod);
  const handle = handleOf(world, seenNodes(world), pod);
  const { nextStartNodeIndex } = world.scheduler;
  const { percentageOfNodesToScore } = world.scheduling;
  const settings = { nextStartNodeIndex, percentageOfNodesToScore };
  const attempt = schedulePod(podInfo, profile, handle, settings);
  const decided = { podInfo, profile, handle, attempt };
  if (attempt.type !== "unfit") return decisionOf(decided);
  const { postFilterPlugins, preemption } = profile;
  const choices = { offset: () => 0, args: preemption };
  const postFiltered = runPostFilterPlugins(attempt.found, handle, choices, postFilterPlugins);
  return decisionOf({ ...decided, postFiltered });
}
