import type { Pod } from "../../../machines/api/pod.ts";
import { newPodInfo } from "../../../machines/scheduler/framework/pod-info.ts";
import {
  type PostFiltered,
  runPostFilterPlugins,
} from "../../../machines/scheduler/post-filter.ts";
import { isPodWorthRequeuing } from "../../../machines/scheduler/queue/queueing-strategy.ts";
import { type Attempt, type Found, schedulePod } from "../../../machines/scheduler/schedule-one.ts";
import { assert } from "../../../machines/assert.ts";
import { keyOf } from "../../store/store.ts";
import { profileOf } from "../scheduler-settings.ts";
import type { AttemptUnderWay, QueuedPod } from "../scheduler-side.ts";
import type { KubeWorld } from "../world.ts";
import type { Emission } from "../composition.ts";
import { handleOf, seenNodes } from "./scheduling-handle.ts";
import { forgetNomination } from "./scheduling-nominator.ts";
import { afterBackoff, firstInLine } from "./scheduling-queue.ts";

/** active_queue.go pop: what is known against the pod is forgotten. */
export function pop(world: KubeWorld): void {
  const { scheduler } = world;
  const key = firstInLine(world);
  const queued = key === undefined ? undefined : scheduler.queue.get(key);
  assert(key !== undefined && queued !== undefined, "a pod is asked for when one waits");
  const { gatingPlugin: _, ...rest } = queued;
  scheduler.setQueued(key, {
    ...rest,
    place: "inFlight",
    attempts: queued.attempts + 1,
    unschedulablePlugins: [],
  });
  const { podInfo } = queued;
  scheduler.inFlight = [...scheduler.inFlight, { uid: podInfo.pod.metadata.uid ?? "" }];
  scheduler.attempt = { key, podInfo };
}

export function underWay({ scheduler }: KubeWorld): AttemptUnderWay {
  assert(scheduler.attempt !== undefined, "a fact of the cycle is about a pod that is being tried");
  return scheduler.attempt;
}

/** How long the search for a node takes; nobody notices it unless a scenario says so. */
export function attemptMs({ scheduler }: KubeWorld, { choices }: Emission): number {
  const said = choices.said("scheduling attempt time", scheduler.attempt?.key ?? "");
  return typeof said === "number" ? said : 0;
}

/** A search that takes its time looks at nodes as they are at its beginning. */
export function look(world: KubeWorld, emission: Emission): void {
  if (attemptMs(world, emission) > 0) attemptOf(world);
}

/** What comes of the attempt; found out once. */
export function attemptOf(world: KubeWorld): Attempt {
  const trying = underWay(world);
  if (trying.attempt !== undefined) return trying.attempt;
  const { nextStartNodeIndex } = world.scheduler;
  const { seen = seenNodes(world) } = trying;
  const handle = handleOf(world, seen);
  const profile = profileOf(world.scheduling, trying.podInfo.pod);
  const { percentageOfNodesToScore } = world.scheduling;
  const settings = { nextStartNodeIndex, percentageOfNodesToScore };
  const attempt = schedulePod(trying.podInfo, profile, handle, settings);
  world.scheduler.attempt = { ...trying, attempt, seen, handle };
  return attempt;
}

/** What comes of asking others to give way; found out once. */
export function postFilteredOf(world: KubeWorld): PostFiltered {
  const attempt = attemptOf(world);
  const trying = underWay(world);
  if (trying.postFiltered !== undefined) return trying.postFiltered;
  assert(attempt.type === "unfit", "others are asked to give way when a pod fits nowhere");
  const { seenByPostFilter = seenNodes(world) } = trying;
  const handle = handleOf(world, seenByPostFilter);
  const { postFilterPlugins, preemption } = profileOf(world.scheduling, trying.podInfo.pod);
  const choices = { offset: () => 0, args: preemption };
  const postFiltered = runPostFilterPlugins(attempt.found, handle, choices, postFilterPlugins);
  world.scheduler.attempt = { ...trying, postFiltered, seenByPostFilter };
  return postFiltered;
}

/** The pod counts on its node; schedule_one.go assume. */
export function assume(world: KubeWorld): void {
  const attempt = attemptOf(world);
  const { key, podInfo } = underWay(world);
  assert(attempt.type === "fits", "a pod is assumed on a node that it fits on");
  const { pod } = podInfo;
  const assumed: Pod = { ...pod, spec: { ...pod.spec, nodeName: attempt.suggestedHost } };
  const { scheduler } = world;
  scheduler.cache.addPod(assumed);
  scheduler.assumed = new Map(scheduler.assumed).set(key, assumed);
  scheduler.changeQueued(key, { place: "binding" });
  forgetNomination(world, pod);
  endAttempt(world);
  done(world, pod);
}

/** Somebody else has bound the pod since it was taken; backend/cache/cache.go AssumePod. */
export function isInCache(world: KubeWorld): boolean {
  const { key, podInfo } = underWay(world);
  const known = world.pod(key);
  const isBound = known !== undefined && (known.spec.nodeName ?? "") !== "";
  const isSame = known?.metadata.uid === podInfo.pod.metadata.uid;
  return (isBound && isSame) || world.scheduler.assumed.has(key);
}

/** The search goes on behind the nodes that were looked at. */
export function endAttempt(world: KubeWorld): void {
  const trying = underWay(world);
  const { attempt, key } = trying;
  world.scheduler.ended = key;
  world.scheduler.last = trying;
  const found: Found | undefined =
    attempt !== undefined && "found" in attempt ? attempt.found : undefined;
  if (found !== undefined) world.scheduler.nextStartNodeIndex = found.nextStartNodeIndex;
  world.scheduler.attempt = undefined;
}

/** active_queue.go done: nobody will ask any more for what happened before the next pod. */
export function done({ scheduler }: KubeWorld, { metadata }: Pod): void {
  const rest = scheduler.inFlight.filter((one) => !("uid" in one && one.uid === metadata.uid));
  const first = rest.findIndex((one) => "uid" in one);
  scheduler.inFlight = first < 0 ? [] : rest.slice(first);
}

/**
 * What is remembered of a failed attempt, and what it means for the pod's place, unless the pod
 * is gone or bound. scheduling_queue.go AddUnschedulableIfNotPresent
 */
export function addUnschedulable(
  world: KubeWorld,
  pod: Pod,
  unschedulablePlugins: readonly string[],
  now: number,
): void {
  const { scheduler } = world;
  const key = keyOf(pod);
  const known = world.pod(key);
  const queued = scheduler.queue.get(key);
  const isOurs = known?.metadata.uid === pod.metadata.uid && (known?.spec.nodeName ?? "") === "";
  if (known === undefined || queued === undefined || !isOurs) return done(world, pod);
  const isRejected = unschedulablePlugins.length > 0;
  const { backoffUntilMs: _, ...rest } = queued;
  const failed: QueuedPod = {
    ...rest,
    place: "inFlight",
    podInfo: newPodInfo(known),
    unschedulablePlugins,
    unschedulableCount: queued.unschedulableCount + (isRejected ? 1 : 0),
    consecutiveErrorsCount: isRejected ? 0 : queued.consecutiveErrorsCount + 1,
    timestampMs: world.epochMs + now,
  };
  scheduler.setQueued(key, failed);
  const isHelped =
    !isRejected ||
    happenedSince(world, pod).some((happened) => {
      return (
        isPodWorthRequeuing(failed.podInfo, unschedulablePlugins, happened, handleOf(world)) !==
        "queueSkip"
      );
    });
  const skipped = { isSkipped: true, isGated: false, isRejected };
  const requeue = isHelped ? afterBackoff(world, key, failed) : skipped;
  scheduler.changeQueued(key, { requeue });
  done(world, pod);
}

/** determineSchedulingHintForInFlightPod: since the pod was popped. */
function happenedSince({ scheduler }: KubeWorld, { metadata }: Pod) {
  const at = scheduler.inFlight.findIndex((one) => "uid" in one && one.uid === metadata.uid);
  const since = at < 0 ? [] : scheduler.inFlight.slice(at + 1);
  return since.flatMap((one) => ("happened" in one ? [one.happened] : []));
}
