import type { Pod } from "../../../machines/api/pod.ts";
import type { Handle } from "../../../machines/scheduler/framework/handle.ts";
import { newPodInfo } from "../../../machines/scheduler/framework/pod-info.ts";
import { getBackoffTime, isPodBackingoff } from "../../../machines/scheduler/queue/back-off.ts";
import { isRegistered } from "../../../machines/scheduler/queue/queueing-hints.ts";
import {
  isPodWorthRequeuing,
  type QueueEvent,
} from "../../../machines/scheduler/queue/queueing-strategy.ts";
import { preEnqueue } from "../../../machines/scheduler/queue/scheduling-gates.ts";
import type { Message, Receiver } from "../composition.ts";
import {
  type Place,
  priorityOf,
  type QueuedPod,
  type Requeue,
  type SchedulerSide,
} from "../scheduler-side.ts";
import type { KubeWorld } from "../world.ts";
import { handleOf } from "./scheduling-handle.ts";
import { isPodRunningPreemption } from "./preemption-gate.ts";

/** The machine of a pod's place in the queue. */
export function queueOf(pod: string): Receiver {
  return { machine: "schedulingQueue", subject: { pod } };
}

/** A pod that the scheduler has not known: it is tried, unless it is gated. */
export function addToQueue(world: KubeWorld, key: string, pod: Pod, now: number): Message {
  world.scheduler.setQueued(key, {
    podInfo: newPodInfo(pod),
    place: "absent",
    timestampMs: world.epochMs + now,
    attempts: 0,
    unschedulableCount: 0,
    consecutiveErrorsCount: 0,
    unschedulablePlugins: [],
  });
  return { to: queueOf(key), event: { type: "pod.added", isGated: isGated(world, pod) } };
}

/**
 * Pods that were refused and that the event may help; those that are being tried hear of it at the
 * end. scheduling_queue.go movePodsToActiveOrBackoffQueue
 */
export function moveAll(
  world: KubeWorld,
  happened: QueueEvent,
  now: number,
  concerns: (pod: Pod) => boolean = () => true,
): readonly Message[] {
  const { scheduler } = world;
  const messages = scheduler.isAnyWaiting ? moved(world, happened, now, concerns) : [];
  const isAnyInFlight = scheduler.inFlight.some((one) => "uid" in one);
  if (isAnyInFlight) scheduler.inFlight = [...scheduler.inFlight, { happened }];
  return messages;
}

function moved(
  world: KubeWorld,
  happened: QueueEvent,
  now: number,
  concerns: (pod: Pod) => boolean,
): readonly Message[] {
  const handle = handleOf(world);
  return [...world.scheduler.queue].flatMap(([key, queued]) => {
    if (!isWaiting(world, queued)) return [];
    if (!concerns(queued.podInfo.pod) || isDeaf(queued, happened)) return [];
    return requeued(world, key, happened, handle, now);
  });
}

/** Whether it was refused; its machine may be about to hear of it. */
export function isWaiting({ scheduler }: KubeWorld, { place, podInfo }: QueuedPod): boolean {
  if (place !== "inFlight") return place === "unschedulable" || place === "gated";
  return !isInFlight(scheduler, podInfo.pod);
}

export function isInFlight({ inFlight }: SchedulerSide, { metadata }: Pod): boolean {
  return inFlight.some((one) => "uid" in one && one.uid === metadata.uid);
}

/** Its gate hears only of what it has asked for. */
function isDeaf({ gatingPlugin }: QueuedPod, happened: QueueEvent): boolean {
  if (gatingPlugin === undefined) return false;
  return happened.type !== "change" || !isRegistered(gatingPlugin, happened.event);
}

/** What asks a pod to leave its place, when the event is worth it. */
export function requeued(
  world: KubeWorld,
  key: string,
  happened: QueueEvent,
  handle: Handle,
  now: number,
): readonly Message[] {
  const queued = world.scheduler.queue.get(key);
  if (queued === undefined) return [];
  const { podInfo, unschedulablePlugins } = queued;
  const strategy = isPodWorthRequeuing(podInfo, unschedulablePlugins, happened, handle);
  if (strategy === "queueSkip") return [];
  if (queued.place === "inFlight") {
    world.scheduler.changeQueued(key, { requeue: afterBackoff(world, key, queued) });
    return [];
  }
  return [
    {
      to: queueOf(key),
      event: {
        type: "requeue.asked",
        isGated: afterBackoff(world, key, queued).isGated,
        isBackingOff: isPodBackingoff(queued, world.epochMs + now, world.scheduling.backOff),
        isForced: false,
      },
    },
  ];
}

/** Asks for the end of the back-off, which is fixed from then on. */
export function afterBackoff(world: KubeWorld, key: string, queued: QueuedPod): Requeue {
  const { backOff } = world.scheduling;
  world.scheduler.changeQueued(key, { backoffUntilMs: getBackoffTime(queued, backOff) });
  return {
    isSkipped: false,
    isGated: isGated(world, queued.podInfo.pod),
    isRejected: queued.unschedulablePlugins.length > 0,
  };
}

/** flushBackoffQCompleted: both heaps, in the order in which their pods come free. */
export function flushBackOff(world: KubeWorld, now: number): readonly Message[] {
  const backingOff = inBackOffOrder(world, ["backoff", "errorBackoff"]);
  return backingOff.map(([key, queued]) => ({
    to: queueOf(key),
    event: {
      type: "backOff.flushed",
      isBackingOff: isPodBackingoff(queued, world.epochMs + now, world.scheduling.backOff),
    },
  }));
}

/** Whether a flush may concern somebody, now or later. */
export function isAnyToFlush({ scheduler }: KubeWorld): boolean {
  return [...scheduler.queue.values()].some(({ place }) => flushed.has(place));
}

const flushed: ReadonlySet<Place> = new Set(["backoff", "errorBackoff", "unschedulable"]);

/** flushUnschedulablePodsLeftover: those who have waited for more than five minutes. */
export function flushLeftovers(world: KubeWorld, now: number): readonly Message[] {
  const oldestMs = world.epochMs + now - podMaxInUnschedulablePodsMs;
  const waiting = [...world.scheduler.queue].flatMap(([key, { timestampMs, podInfo }]) => {
    return timestampMs < oldestMs ? [[key, podInfo.pod] as const] : [];
  });
  const pods = new Set(waiting.map(([, pod]) => pod));
  return moveAll(world, { type: "unschedulableTimeout" }, now, (pod) => pods.has(pod));
}

/** A plugin wants the pod to be tried now, back-off or not; `Activate`. */
export function activated(world: KubeWorld, key: string): readonly Message[] {
  const { scheduler } = world;
  const queued = scheduler.queue.get(key);
  if (queued === undefined) return [];
  const { metadata } = queued.podInfo.pod;
  if (queued.place === "inFlight") {
    const happened: QueueEvent = { type: "forceActivate", uid: metadata.uid };
    scheduler.inFlight = [...scheduler.inFlight, { happened }];
  }
  const isGatedNow = isGated(world, queued.podInfo.pod);
  const event = { type: "requeue.asked", isGated: isGatedNow, isBackingOff: false, isForced: true };
  return [{ to: queueOf(key), event }];
}

/** The first in line: of the active pods, else of those that back off after a refusal. */
export function firstInLine(world: KubeWorld): string | undefined {
  const first = world.scheduler.firstActive();
  if (first !== undefined || !world.scheduler.isAnyBackingOff) return first;
  return inBackOffOrder(world, ["backoff"])[0]?.[0];
}

function inBackOffOrder(
  world: KubeWorld,
  places: readonly Place[],
): readonly (readonly [string, QueuedPod])[] {
  const { backOff } = world.scheduling;
  const waiting = [...world.scheduler.queue].filter(([, { place }]) => places.includes(place));
  for (const [key, queued] of waiting) {
    world.scheduler.changeQueued(key, { backoffUntilMs: getBackoffTime(queued, backOff) });
  }
  return waiting.toSorted(([, a], [, b]) => {
    return (
      (getBackoffTime(a, backOff) ?? 0) - (getBackoffTime(b, backOff) ?? 0) || byPriority(a, b)
    );
  });
}

/** plugins/queuesort/priority_sort.go Less */
function byPriority(one: QueuedPod, other: QueuedPod): number {
  return priorityOf(other) - priorityOf(one) || one.timestampMs - other.timestampMs;
}

/** Writes down where a pod's machine says that it is. */
export function moveTo(world: KubeWorld, key: string, place: Place): void {
  const queued = world.scheduler.queue.get(key);
  if (queued === undefined) return;
  const { gatingPlugin: before, ...rest } = queued;
  if (place !== "gated") return world.scheduler.setQueued(key, { ...rest, place });
  const gatingPlugin = preEnqueue(queued.podInfo.pod, true) ?? before;
  const plugins = new Set([...queued.unschedulablePlugins, gatingPlugin ?? ""]);
  const unschedulablePlugins = [...plugins].filter((plugin) => plugin !== "").toSorted();
  world.scheduler.setQueued(key, { ...rest, place, gatingPlugin, unschedulablePlugins });
}

function isGated(world: KubeWorld, pod: Pod): boolean {
  return preEnqueue(pod, isPodRunningPreemption(world, pod)) !== undefined;
}

/** pkg/scheduler/backend/queue DefaultPodMaxInUnschedulablePodsDuration */
const podMaxInUnschedulablePodsMs = 5 * 60 * 1_000;
