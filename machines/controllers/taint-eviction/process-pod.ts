import type { Taint } from "../../api/node.ts";
import type { Pod, Toleration } from "../../api/pod.ts";
import { toleratesTaint } from "../../api/toleration.ts";
import { patchPodStatus, withDisruptionTarget } from "../pod-status-patch.ts";
import { isNotFound, record, send, type Sync, type SyncError } from "../sync.ts";
import { isPod } from "../../api/objects.ts";

/** When the deletion of a pod was decided, and when it is due. */
export interface TimedWork {
  readonly createdAtMs: number;
  readonly fireAtMs: number;
}

/** What becomes of the deletion that is planned, and what is planned instead. */
export interface EvictionVerdict {
  readonly isCancelled: boolean;
  readonly work?: TimedWork;
}

/** tainteviction/taint_eviction.go getNoExecuteTaints */
export function getNoExecuteTaints(taints: readonly Taint[] = []): readonly Taint[] {
  return taints.filter(({ effect }) => effect === "NoExecute");
}

/**
 * What taints do to a pod: what it does not tolerate evicts it now, what it tolerates for a time
 * then. A deletion that is planned is not moved. Source: taint_eviction.go processPodOnNode.
 */
export function processPodOnNode(
  tolerations: readonly Toleration[],
  taints: readonly Taint[],
  planned: TimedWork | undefined,
  nowMs: number,
): EvictionVerdict {
  const isPlanned = planned !== undefined;
  if (taints.length === 0) return { isCancelled: isPlanned };
  const used = getMatchingTolerations(taints, tolerations);
  const now = { createdAtMs: nowMs, fireAtMs: nowMs };
  if (used === undefined) return { isCancelled: isPlanned, work: now };
  const seconds = getMinTolerationTime(used);
  if (seconds === undefined) return { isCancelled: isPlanned };
  const fireAtMs = nowMs + seconds * 1_000;
  if (planned === undefined) return { isCancelled: false, work: { createdAtMs: nowMs, fireAtMs } };
  const { createdAtMs } = planned;
  if (createdAtMs < nowMs) return { isCancelled: false, work: planned };
  return { isCancelled: true, work: { createdAtMs, fireAtMs } };
}

/** For each taint the first that tolerates it; undefined when one is not. GetMatchingTolerations */
function getMatchingTolerations(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
): readonly Toleration[] | undefined {
  const used: Toleration[] = [];
  for (const taint of taints) {
    const found = tolerations.find((toleration) => toleratesTaint(toleration, taint));
    if (found === undefined) return undefined;
    used.push(found);
  }
  return used;
}

/** In seconds; undefined is for ever. Source: taint_eviction.go getMinTolerationTime. */
function getMinTolerationTime(tolerations: readonly Toleration[]): number | undefined {
  if (tolerations.length === 0) return 0;
  const seconds = tolerations.flatMap(({ tolerationSeconds }) => tolerationSeconds ?? []);
  return seconds.length === 0 ? undefined : Math.max(0, Math.min(...seconds));
}

/** Said, told and done, up to five times; taint_eviction.go deletePodHandler. */
export function* deletePod(pod: Pod, nowMs: number): Sync<SyncError | undefined> {
  yield* evictionEvent(pod, "Marking for deletion");
  let error: SyncError | undefined;
  for (let attempt = 0; attempt < retries; attempt++) {
    error = yield* addConditionAndDeletePod(pod, nowMs);
    if (error === undefined || isNotFound(error)) break;
  }
  return error;
}

/** taint_eviction.go cancelWorkWithEvent, where there was work. */
export function* cancelWorkWithEvent(pod: Pod): Sync<void> {
  yield* evictionEvent(pod, "Cancelling deletion of");
}

function* evictionEvent(pod: Pod, what: string): Sync<void> {
  const { namespace = "", name } = pod.metadata;
  const message = `${what} Pod ${namespace}/${name}`;
  yield* record(pod, "Normal", "TaintManagerEviction", message);
}

function* addConditionAndDeletePod({ metadata }: Pod, nowMs: number): Sync<SyncError | undefined> {
  const { namespace = "", name } = metadata;
  const place = { resource: "pods", namespace, name };
  const { object, error } = yield* send({ verb: "get", ...place });
  if (error !== undefined) return error;
  if (object === undefined || !isPod(object)) return undefined;
  const message = "Taint manager: deleting due to NoExecute taint";
  const status = withDisruptionTarget(object, "DeletionByTaintManager", message, nowMs);
  const request = status && patchPodStatus(object, status);
  const patched = request === undefined ? {} : yield* send(request);
  return patched.error ?? (yield* send({ verb: "delete", ...place })).error;
}

const retries = 5;
