import type { Pod } from "../../../machines/api/pod.ts";
import { noNodesAvailable } from "../../../machines/scheduler/explanation/decision.ts";
import { fitErrorMessage } from "../../../machines/scheduler/framework/fit-error.ts";
import {
  failedSchedulingEvent,
  scheduledEvent,
  skippedEvent,
} from "../../../machines/scheduler/scheduling-events.ts";
import {
  type FailureReason,
  notScheduledCondition,
} from "../../../machines/scheduler/scheduling-failure.ts";
import { keyOf } from "../../store/store.ts";
import type { Emission } from "../composition.ts";
import type { KubeWorld } from "../world.ts";
import {
  addUnschedulable,
  attemptOf,
  done,
  endAttempt,
  postFilteredOf,
  underWay,
} from "./scheduling-cycle.ts";
import { nominate } from "./scheduling-nominator.ts";
import { patchStatus, tell } from "./scheduling-writes.ts";

/** A failed attempt as the scheduler tells and remembers it. */
export interface Failure {
  readonly reason: FailureReason;
  readonly message: string;
  readonly unschedulablePlugins: readonly string[];
  /** Absent when the nomination is left alone. */
  readonly nominatedNodeName?: string;
}

/** There are no nodes, or something went wrong. */
export function writeError(world: KubeWorld, { fact, now }: Emission): void {
  const { pod } = underWay(world).podInfo;
  const attempt = attemptOf(world);
  const isEmpty = fact["because"] === "noNodes";
  const error = attempt.type === "error" ? attempt.error : alreadyThere(pod);
  endAttempt(world);
  fail(world, pod, now, {
    reason: isEmpty ? "Unschedulable" : "SchedulerError",
    message: isEmpty ? noNodesAvailable : error,
    unschedulablePlugins: [],
    nominatedNodeName: "",
  });
}

/** backend/cache/cache.go AssumePod */
function alreadyThere({ metadata: { namespace = "", name, uid = "" } }: Pod): string {
  return `pod ${uid}(${namespace}/${name}) is in the cache, so can't be assumed`;
}

/** The pod fits nowhere. */
export function writeRejection(world: KubeWorld, { now }: Emission): void {
  const { pod } = underWay(world).podInfo;
  const attempt = attemptOf(world);
  if (attempt.type !== "unfit") return;
  const { postFilterMsg, nominatedNodeName } = postFilteredOf(world);
  const { diagnosis } = attempt.found;
  const numAllNodes = world.scheduler.cache.snapshot().nodeInfoList.length;
  endAttempt(world);
  fail(world, pod, now, {
    reason: "Unschedulable",
    message: fitErrorMessage(diagnosis, numAllNodes, postFilterMsg),
    unschedulablePlugins: [...diagnosis.unschedulablePlugins].toSorted(),
    ...(nominatedNodeName !== undefined && { nominatedNodeName }),
  });
}

/** schedule_one.go handleSchedulingFailure: queue, nominator, Event and status, in this order. */
export function fail(world: KubeWorld, pod: Pod, now: number, failure: Failure): void {
  const { reason, message, unschedulablePlugins, nominatedNodeName } = failure;
  addUnschedulable(world, pod, unschedulablePlugins, now);
  nominate(world, pod, nominatedNodeName ?? pod.status?.nominatedNodeName ?? "");
  tell(world, pod, now, failedSchedulingEvent(message), pod);
  const condition = notScheduledCondition(pod, reason, message);
  patchStatus(world, pod, now, condition, nominatedNodeName);
}

/** The pod is being deleted, or it has a node already: it leaves the queue. */
export function writeSkip(world: KubeWorld, { fact, now }: Emission): void {
  const { pod } = underWay(world).podInfo;
  endAttempt(world);
  if (fact["because"] === "deleting") tell(world, pod, now, skippedEvent(pod), pod);
  done(world, pod);
  world.scheduler.setQueued(keyOf(pod), undefined);
}

export function tellScheduled(world: KubeWorld, pod: Pod, now: number): void {
  tell(world, pod, now, scheduledEvent(pod, pod.spec.nodeName ?? ""), pod);
}
