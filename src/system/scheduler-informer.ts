import { isNode, isPod } from "../../machines/api/objects.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { Node } from "../../machines/api/node.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { isPodPhaseTerminal } from "../../machines/api/pod-status.ts";
import type { Change, HintedKinds } from "../../machines/scheduler/hint/change.ts";
import { newPodInfo } from "../../machines/scheduler/framework/pod-info.ts";
import {
  type ActionType,
  type ClusterEvent,
  nodeSchedulingPropertiesChange,
  podSchedulingPropertiesChange,
} from "../../machines/scheduler/queue/cluster-event.ts";
import type { QueueEvent } from "../../machines/scheduler/queue/queueing-strategy.ts";
import type { StoreChange } from "../store/change.ts";
import { keyOf } from "../store/store.ts";
import type { Message, SettleContext } from "./composition.ts";
import { handleOf } from "./projections/scheduling-handle.ts";
import {
  forgetNomination,
  nominate,
  updateNomination,
} from "./projections/scheduling-nominator.ts";
import {
  addToQueue,
  isInFlight,
  isWaiting,
  moveAll,
  queueOf,
  requeued,
} from "./projections/scheduling-queue.ts";
import { findProfile } from "./scheduler-settings.ts";
import type { KubeWorld } from "./world.ts";

type Context = Pick<SettleContext<KubeWorld>, "world" | "now">;

/** What the scheduler does when it hears of a change; pkg/scheduler/eventhandlers.go. */
export function schedulerHears(context: Context, change: StoreChange): readonly Message[] {
  const { object, previous, type } = change;
  const isGone = type === "DELETED";
  if (isPod(object)) {
    const before = previous !== undefined && isPod(previous) ? previous : undefined;
    return podChanged(context, seen(before), isGone ? undefined : seen(object));
  }
  if (isNode(object)) {
    const before = previous !== undefined && isNode(previous) ? previous : undefined;
    return nodeChanged(context, before, isGone ? undefined : object);
  }
  return isGone ? othersGone(context, object) : othersChanged(context, object, previous);
}

/** Claims, volumes, classes and nodes' drivers: they are asked for when plugins need them. */
function othersChanged(
  context: Context,
  object: KubeObject,
  previous: KubeObject | undefined,
): readonly Message[] {
  const action: ActionType = previous === undefined ? "Add" : "Update";
  const told = <Kind extends keyof OtherKinds>(kind: Kind, after: OtherKinds[Kind]) => {
    const before = previous !== undefined && isOther(previous, kind) ? { before: previous } : {};
    return { event: { resource: kind, action }, change: { kind, after, ...before } };
  };
  const heard =
    (isOther(object, "PersistentVolumeClaim") && told("PersistentVolumeClaim", object)) ||
    (isOther(object, "PersistentVolume") && told("PersistentVolume", object)) ||
    (isOther(object, "StorageClass") && told("StorageClass", object)) ||
    (isOther(object, "CSINode") && told("CSINode", object)) ||
    (isOther(object, "CSIDriver") && told("CSIDriver", object)) ||
    (isOther(object, "CSIStorageCapacity") && told("CSIStorageCapacity", object)) ||
    (isOther(object, "VolumeAttachment") && told("VolumeAttachment", object));
  return heard === false ? [] : move(context, heard.event, heard.change);
}

/** Only of these does the end of one help anybody: a node may attach another volume. */
function othersGone(context: Context, object: KubeObject): readonly Message[] {
  if (!isOther(object, "VolumeAttachment")) return [];
  const event: ClusterEvent = { resource: "VolumeAttachment", action: "Delete" };
  return move(context, event, { kind: "VolumeAttachment", before: object });
}

type OtherKinds = Omit<HintedKinds, "Pod" | "Node">;

function isOther<Kind extends keyof OtherKinds>(
  object: KubeObject,
  kind: Kind,
): object is OtherKinds[Kind] {
  return object.kind === kind;
}

/** A pod that has ended is as good as gone. */
function seen(pod: Pod | undefined): Pod | undefined {
  return isPodPhaseTerminal(pod?.status?.phase) ? undefined : pod;
}

function podChanged(
  context: Context,
  before: Pod | undefined,
  after: Pod | undefined,
): readonly Message[] {
  if (before === undefined) return after === undefined ? [] : podAdded(context, after);
  if (after === undefined) return podDeleted(context, before);
  if (isAssigned(before)) return assignedUpdated(context, before, after);
  if (isAssigned(after)) return [...assignedAdded(context, after), ...leftQueue(context, before)];
  return isResponsible(context, before) ? waitingUpdated(context, before, after) : [];
}

function podAdded(context: Context, pod: Pod): readonly Message[] {
  if (isAssigned(pod)) return assignedAdded(context, pod);
  if (!isResponsible(context, pod)) return [];
  nominate(context.world, pod, pod.status?.nominatedNodeName ?? "");
  return [addToQueue(context.world, keyOf(pod), pod, context.now)];
}

function podDeleted(context: Context, pod: Pod): readonly Message[] {
  const { world } = context;
  if (isAssigned(pod)) {
    world.scheduler.cache.removePod(pod);
    return podGone(context, pod);
  }
  if (!isResponsible(context, pod)) return [];
  const left = leftQueue(context, pod);
  const assumed = world.scheduler.assumed.get(keyOf(pod));
  if (assumed !== undefined) return [...left, ...assumedDeleted(context, assumed)];
  const isNominated = (pod.status?.nominatedNodeName ?? "") !== "";
  return isNominated ? [...left, ...podGone(context, pod, hasNoMorePriority(pod))] : left;
}

/** It is bound now, as was assumed or by somebody else. */
function assignedAdded(context: Context, pod: Pod): readonly Message[] {
  const { scheduler } = context.world;
  const assumed = scheduler.assumed.get(keyOf(pod));
  if (assumed !== undefined) forget(context.world, assumed);
  scheduler.cache.addPod(pod);
  return move(context, { resource: "AssignedPod", action: "Add" }, { kind: "Pod", after: pod });
}

function assignedUpdated(context: Context, before: Pod, after: Pod): readonly Message[] {
  const { cache, queue } = context.world.scheduler;
  cache.addPod(after);
  if (queue.size === 0) return [];
  const events = podSchedulingPropertiesChange(after, before);
  return events.flatMap((event) => move(context, event, { kind: "Pod", before, after }));
}

function leftQueue({ world }: Context, pod: Pod): readonly Message[] {
  forgetNomination(world, pod);
  const key = keyOf(pod);
  if (!world.scheduler.queue.has(key)) return [];
  world.scheduler.setQueued(key, undefined);
  return [{ to: queueOf(key), event: { type: "pod.left" } }];
}

/** scheduling_queue.go Update */
function waitingUpdated(context: Context, before: Pod, after: Pod): readonly Message[] {
  const { world, now } = context;
  const key = keyOf(after);
  const assumed = world.scheduler.assumed.get(key);
  if (assumed !== undefined) {
    const isMarked = before.metadata.deletionTimestamp === undefined;
    const isDeleting = after.metadata.deletionTimestamp !== undefined && isMarked;
    return isDeleting ? assumedDeleted(context, assumed) : [];
  }
  const own = ownUpdate(context, before, after);
  const nominated = before.status?.nominatedNodeName ?? "";
  const isElsewhere = nominated !== "" && nominated !== (after.status?.nominatedNodeName ?? "");
  const freed = isElsewhere ? podGone({ world, now }, before, hasNoMorePriority(before)) : [];
  return [...own, ...freed];
}

function ownUpdate({ world, now }: Context, before: Pod, after: Pod): readonly Message[] {
  const { scheduler } = world;
  const key = keyOf(after);
  const queued = scheduler.queue.get(key);
  if (queued === undefined) return [addToQueue(world, key, after, now)];
  const happened = podSchedulingPropertiesChange(after, before).map(
    (event): QueueEvent => ({ type: "change", event, change: { kind: "Pod", before, after } }),
  );
  if (isInFlight(scheduler, after)) {
    const events = happened.map((one) => ({ happened: one }));
    scheduler.inFlight = [...scheduler.inFlight, ...events];
    return [];
  }
  scheduler.changeQueued(key, { podInfo: newPodInfo(after) });
  updateNomination(world, before, after);
  if (!isWaiting(world, queued)) return [];
  const handle = handleOf(world);
  for (const one of happened) {
    const messages = requeued(world, key, one, handle, now);
    if (messages.length > 0) return messages;
  }
  return [];
}

/** handleAssumedPodDeletion */
function assumedDeleted(context: Context, assumed: Pod): readonly Message[] {
  forget(context.world, assumed);
  return podGone(context, assumed);
}

/** ForgetPod: the pod counts on its node no more. */
export function forget({ scheduler }: KubeWorld, assumed: Pod): void {
  scheduler.cache.removePod(assumed);
  scheduler.assumed = new Map([...scheduler.assumed].filter(([key]) => key !== keyOf(assumed)));
}

/** What an assigned pod has held is free. */
export function podGone(
  context: Context,
  before: Pod,
  concerns?: (pod: Pod) => boolean,
): readonly Message[] {
  const event: ClusterEvent = { resource: "AssignedPod", action: "Delete" };
  return move(context, event, { kind: "Pod", before }, concerns);
}

function hasNoMorePriority({ spec: { priority = 0 } }: Pod): (pod: Pod) => boolean {
  return ({ spec }) => (spec.priority ?? 0) <= priority;
}

function nodeChanged(
  context: Context,
  before: Node | undefined,
  after: Node | undefined,
): readonly Message[] {
  const { cache } = context.world.scheduler;
  if (before === undefined || after === undefined) {
    if (after !== undefined) cache.addNode(after);
    else if (before !== undefined) cache.removeNode(before);
    const action: ActionType = after === undefined ? "Delete" : "Add";
    const change: Change = { kind: "Node", ...(before && { before }), ...(after && { after }) };
    return move(context, { resource: "Node", action }, change);
  }
  cache.addNode(after);
  const events = nodeSchedulingPropertiesChange(after, before);
  return events.flatMap((event) => move(context, event, { kind: "Node", before, after }));
}

function move(
  { world, now }: Context,
  event: ClusterEvent,
  change: Change,
  concerns?: (pod: Pod) => boolean,
): readonly Message[] {
  if (world.scheduler.queue.size === 0) return [];
  return moveAll(world, { type: "change", event, change }, now, concerns);
}

function isAssigned({ spec: { nodeName = "" } }: Pod): boolean {
  return nodeName !== "";
}

function isResponsible({ world }: Context, pod: Pod): boolean {
  return findProfile(world.scheduling, pod) !== undefined;
}
