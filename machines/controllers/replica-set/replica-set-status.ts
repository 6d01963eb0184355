import { isPodAvailable, isPodReady } from "../../api/pod-readiness.ts";
import type { Pod } from "../../api/pod.ts";
import type {
  ReplicaSet,
  WorkloadCondition,
  ReplicaSetStatus,
} from "../../api/workload-objects.ts";
import { selectorFromSet, selectorMatches } from "../../api/selector.ts";
import { formatTime } from "../../api/time.ts";
import { send, type Sync, type SyncError } from "../sync.ts";

/** The pods that count, and why no more or fewer could be had. */
export interface ReplicaSetObservation {
  readonly activePods: readonly Pod[];
  readonly terminatingPods: readonly Pod[];
  readonly manageReplicasError?: SyncError;
}

/** pkg/controller/replicaset/replica_set_utils.go calculateStatus */
export function calculateStatus(
  replicaSet: ReplicaSet,
  { activePods, terminatingPods, manageReplicasError }: ReplicaSetObservation,
  nowMs: number,
): ReplicaSetStatus {
  const { spec, status } = replicaSet;
  const { observedGeneration } = status ?? {};
  const labelled = selectorFromSet(spec.template.metadata?.labels ?? {});
  const fullyLabeledReplicas = activePods.filter(({ metadata }) => {
    return selectorMatches(labelled, metadata.labels);
  }).length;
  const readyReplicas = activePods.filter(isPodReady).length;
  const minReadySeconds = spec.minReadySeconds ?? 0;
  const availableReplicas = activePods.filter((pod) => {
    return isPodAvailable(pod, minReadySeconds, nowMs);
  }).length;
  const surplus = activePods.length - (spec.replicas ?? 0);
  const conditions = withFailure(status?.conditions ?? [], manageReplicasError, surplus, nowMs);
  return {
    replicas: activePods.length,
    ...(fullyLabeledReplicas > 0 && { fullyLabeledReplicas }),
    ...(readyReplicas > 0 && { readyReplicas }),
    ...(availableReplicas > 0 && { availableReplicas }),
    terminatingReplicas: terminatingPods.length,
    ...(observedGeneration !== undefined && { observedGeneration }),
    ...(conditions.length > 0 && { conditions }),
  };
}

/** ReplicaFailure comes with the first error, keeps its words, and goes with the first success. */
function withFailure(
  conditions: readonly WorkloadCondition[],
  error: SyncError | undefined,
  surplus: number,
  nowMs: number,
): readonly WorkloadCondition[] {
  const isFailing = conditions.some(({ type }) => type === replicaFailure);
  if (error === undefined) return conditions.filter(({ type }) => type !== replicaFailure);
  if (isFailing) return conditions;
  const failure = {
    type: replicaFailure,
    status: "True",
    lastTransitionTime: formatTime(nowMs),
    ...(surplus !== 0 && { reason: surplus < 0 ? "FailedCreate" : "FailedDelete" }),
    ...(error.message !== "" && { message: error.message }),
  } as const;
  return [...conditions, failure];
}

/**
 * Writes a status that says something new, and once more onto the object as it is by then when that
 * fails. Source: pkg/controller/replicaset/replica_set_utils.go updateReplicaSetStatus.
 */
export function* updateReplicaSetStatus(
  replicaSet: ReplicaSet,
  calculated: ReplicaSetStatus,
): Sync<SyncError | undefined> {
  const { generation = 0, namespace = "", name } = replicaSet.metadata;
  if (!needsWrite(replicaSet, calculated)) return undefined;
  const status = { ...calculated, ...(generation !== 0 && { observedGeneration: generation }) };
  const request = { verb: "update", resource: "replicasets", subresource: "status" } as const;
  const place = { namespace, name };
  const first = yield* send({ ...request, ...place, object: { ...replicaSet, status } });
  if (first.error === undefined) return undefined;
  const fresh = yield* send({ verb: "get", resource: "replicasets", ...place });
  if (fresh.error !== undefined) return fresh.error;
  return (yield* send({ ...request, ...place, object: { ...fresh.object, status } })).error;
}

function needsWrite({ metadata, status }: ReplicaSet, calculated: ReplicaSetStatus): boolean {
  const isSeen = (metadata.generation ?? 0) === (status?.observedGeneration ?? 0);
  const same = counters.every((name) => (status?.[name] ?? 0) === (calculated[name] ?? 0));
  return (
    !isSeen ||
    !same ||
    status?.terminatingReplicas !== calculated.terminatingReplicas ||
    !sameConditions(status?.conditions ?? [], calculated.conditions ?? [])
  );
}

function sameConditions(
  some: readonly WorkloadCondition[],
  others: readonly WorkloadCondition[],
): boolean {
  if (some.length !== others.length) return false;
  return some.every((one, index) => {
    const other = others[index];
    return conditionFields.every((field) => one[field] === other?.[field]);
  });
}

const replicaFailure = "ReplicaFailure";
const counters = [
  "replicas",
  "fullyLabeledReplicas",
  "readyReplicas",
  "availableReplicas",
] as const;
const conditionFields = ["type", "status", "lastTransitionTime", "reason", "message"] as const;
