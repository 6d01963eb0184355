import type { Pod } from "../../../machines/api/pod.ts";
import type { PodCondition } from "../../../machines/api/pod-status.ts";
import { noNodesAvailable } from "../../../machines/scheduler/explanation/decision.ts";
import { fitErrorMessage } from "../../../machines/scheduler/framework/fit-error.ts";
import {
  failedSchedulingEvent,
  preemptedEvent,
  scheduledEvent,
  type SchedulingEvent,
  skippedEvent,
} from "../../../machines/scheduler/scheduling-events.ts";
import { prepareCandidate } from "../../../machines/scheduler/preemption/default-preemption.ts";
import {
  type FailureReason,
  notScheduledCondition,
  preemptedCondition,
  statusPatch,
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
import { handleOf } from "./scheduling-handle.ts";
import { nominate } from "./scheduling-nominator.ts";

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
  const error = attempt.type === "error" ? attempt.error : noNodesAvailable;
  endAttempt(world);
  fail(world, pod, now, {
    reason: isEmpty ? "Unschedulable" : "SchedulerError",
    message: isEmpty ? noNodesAvailable : error,
    unschedulablePlugins: [],
    nominatedNodeName: "",
  });
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

/** Who has to make room is settled, and done when the attempt has ended. */
export function choosePreemption(world: KubeWorld): void {
  const { podInfo } = underWay(world);
  const [candidate] = postFilteredOf(world).candidates;
  if (candidate === undefined) return;
  const { victims, losesNomination } = prepareCandidate(podInfo, candidate, handleOf(world));
  world.scheduler.preemption = {
    preemptor: podInfo.pod,
    nodeName: candidate.name,
    victims: victims.map(({ pod }) => pod),
    losesNomination: losesNomination.map(({ pod }) => pod),
  };
}

/** What became of a preemption: who is to be deleted, and why it went no further. */
export interface Preempted {
  readonly deleted: readonly string[];
  /** The first victim's refusal; those after it stay where they are. */
  readonly failed?: { readonly preemptor: string; readonly takesMs: number };
}

/** How the API server answers a request about a pod. */
export type Refusals = (
  pod: string,
) => { readonly fails?: string; readonly takesMs?: number } | undefined;

/**
 * Others lose their nomination, and victims are told that they have to go.
 * pkg/scheduler/framework/preemption/preemption.go prepareCandidateAsync
 */
export function preempt(world: KubeWorld, now: number, refusals: Refusals): Preempted {
  const { preemption } = world.scheduler;
  if (preemption === undefined) return { deleted: [] };
  const { preemptor, nodeName, victims, losesNomination } = preemption;
  world.scheduler.preemption = undefined;
  for (const pod of losesNomination) patchStatus(world, pod, now, undefined, "");
  const deleted: string[] = [];
  for (const pod of victims) {
    const { fails, takesMs = usualRefusalMs } = refusals(keyOf(pod)) ?? {};
    if (fails !== undefined) return { deleted, failed: { preemptor: keyOf(preemptor), takesMs } };
    patchStatus(world, pod, now, preemptedCondition(pod, preemptor));
    tell(world, pod, now, preemptedEvent(preemptor, nodeName), preemptor);
    deleted.push(keyOf(pod));
  }
  return { deleted };
}

/** A request that the API server refuses is answered after so many ms. */
const usualRefusalMs = 20;

export function tellScheduled(world: KubeWorld, pod: Pod, now: number): void {
  tell(world, pod, now, scheduledEvent(pod, pod.spec.nodeName ?? ""), pod);
}

function tell(
  world: KubeWorld,
  { apiVersion, metadata }: Pod,
  now: number,
  event: SchedulingEvent,
  { spec: { schedulerName = "default-scheduler" } }: Pod,
): void {
  const { namespace, name, uid } = metadata;
  const about = {
    kind: "Pod",
    apiVersion,
    name,
    ...(namespace && { namespace }),
    ...(uid && { uid }),
  };
  world.record(now, { component: schedulerName, about, ...event });
}

/** A PATCH of the pod's status; nothing is written when nothing changes. */
function patchStatus(
  world: KubeWorld,
  pod: Pod,
  now: number,
  condition?: PodCondition,
  nominatedNodeName?: string,
): void {
  const known = world.pod(keyOf(pod));
  if (known === undefined || known.metadata.uid !== pod.metadata.uid) return;
  const patch = statusPatch(known.status, condition, nominatedNodeName);
  if (patch === undefined) return;
  const { nominatedNodeName: before, conditions = [], ...status } = known.status ?? {};
  const nominated = patch.nominatedNodeName === undefined ? before : patch.nominatedNodeName;
  world.store.put<Pod>({
    ...known,
    status: {
      ...status,
      conditions:
        condition === undefined ? conditions : withCondition(world, conditions, condition, now),
      ...(nominated && { nominatedNodeName: nominated }),
    },
  });
}

function withCondition(
  world: KubeWorld,
  conditions: readonly PodCondition[],
  condition: PodCondition,
  now: number,
): readonly PodCondition[] {
  const before = conditions.find(({ type }) => type === condition.type);
  const isFlip = before?.status !== condition.status;
  const lastTransitionTime = isFlip ? world.time(now) : before?.lastTransitionTime;
  const written: PodCondition = {
    lastProbeTime: null,
    ...condition,
    ...(lastTransitionTime !== undefined && { lastTransitionTime }),
  };
  if (before === undefined) return [...conditions, written];
  return conditions.map((one) => (one === before ? written : one));
}
