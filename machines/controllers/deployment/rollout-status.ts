import { quote } from "../../api/quote.ts";
import { timeOf } from "../../api/pod-readiness.ts";
import type {
  Deployment,
  DeploymentStatus,
  ReplicaSet,
  WorkloadCondition,
} from "../../api/workload-objects.ts";
import { semanticDeepEqual } from "../../apiserver/spec-equality.ts";
import { send, type Sync, type SyncError } from "../sync.ts";
import {
  getDeploymentCondition,
  hasProgressDeadline,
  newDeploymentCondition,
  reasons,
  removeDeploymentCondition,
  setDeploymentCondition,
} from "./conditions.ts";
import {
  calculateStatus,
  deploymentComplete,
  deploymentProgressing,
  deploymentTimedOut,
  type Owned,
  withoutZeros,
} from "./deployment-status.ts";
import { present } from "./replica-sets.ts";

/** How a sync ends: with an error, with the key in the queue again after some time, or neither. */
export interface SyncResult {
  readonly error?: SyncError;
  readonly requeueAfterMs?: number;
  /** Behind the rate limiter, as after an error. */
  readonly requeueRateLimited?: boolean;
}

/** deployment/progress.go syncRolloutStatus */
export function* syncRolloutStatus(
  deployment: Deployment,
  owned: Owned,
  nowMs: number,
): Sync<SyncResult> {
  const status = rolloutStatus(deployment, owned, nowMs);
  if (isSameStatus(deployment.status, status)) {
    return requeueStuckDeployment(deployment, status, nowMs);
  }
  return yield* updateStatus({ ...deployment, status });
}

/** The status without an estimate of its progress; deployment/sync.go syncDeploymentStatus. */
export function* syncDeploymentStatus(
  deployment: Deployment,
  owned: Owned,
  nowMs: number,
): Sync<SyncResult> {
  const status = calculateStatus(deployment, owned, nowMs);
  return isSameStatus(deployment.status, status)
    ? {}
    : yield* updateStatus({ ...deployment, status });
}

/** Writes the status that the object has. */
export function* updateStatus(object: Deployment): Sync<SyncResult> {
  const { namespace = "", name } = object.metadata;
  const resource = { resource: "deployments", subresource: "status" } as const;
  const { error } = yield* send({ verb: "update", ...resource, namespace, name, object });
  return error === undefined ? {} : { error };
}

function isSameStatus(one: DeploymentStatus | undefined, other: DeploymentStatus): boolean {
  return semanticDeepEqual(withoutZeros(one ?? {}), withoutZeros(other));
}

function rolloutStatus(deployment: Deployment, owned: Owned, nowMs: number): DeploymentStatus {
  const calculated = calculateStatus(deployment, owned, nowMs);
  const progressed = withProgress(deployment, calculated, owned.newReplicaSet, nowMs);
  const conditions = withFailure(progressed, owned);
  return { ...calculated, conditions };
}

/** A rollout that has succeeded once is not asked again before there is another one. */
function withProgress(
  deployment: Deployment,
  status: DeploymentStatus,
  newReplicaSet: ReplicaSet | undefined,
  nowMs: number,
): readonly WorkloadCondition[] {
  const { conditions = [] } = status;
  if (!hasProgressDeadline(deployment)) {
    return removeDeploymentCondition(conditions, "Progressing");
  }
  const current = getDeploymentCondition(deployment.status?.conditions, "Progressing");
  const isComplete =
    (status.replicas ?? 0) === (status.updatedReplicas ?? 0) &&
    current?.reason === reasons.newRSAvailable;
  if (isComplete) return conditions;
  const { name } = (newReplicaSet ?? deployment).metadata;
  const what = `${newReplicaSet === undefined ? "Deployment" : "ReplicaSet"} ${quote(name)}`;
  if (deploymentComplete(deployment, status)) {
    const message = `${what} has successfully progressed.`;
    const args = [reasons.newRSAvailable, message, nowMs] as const;
    const succeeded = newDeploymentCondition("Progressing", "True", ...args);
    return setDeploymentCondition(conditions, succeeded);
  }
  if (deploymentProgressing(deployment, status)) {
    return moved(conditions, current, `${what} is progressing.`, nowMs);
  }
  if (!deploymentTimedOut(deployment, status, nowMs)) return conditions;
  const args = [reasons.timedOut, `${what} has timed out progressing.`, nowMs] as const;
  const failed = newDeploymentCondition("Progressing", "False", ...args);
  return setDeploymentCondition(conditions, failed);
}

/** Written anew even with the same reason: that is when it was updated last. */
function moved(
  conditions: readonly WorkloadCondition[],
  current: WorkloadCondition | undefined,
  message: string,
  nowMs: number,
): readonly WorkloadCondition[] {
  const reason = reasons.replicaSetUpdated;
  const condition = newDeploymentCondition("Progressing", "True", reason, message, nowMs);
  const { lastTransitionTime = null } = current?.status === "True" ? current : condition;
  const others = removeDeploymentCondition(conditions, "Progressing");
  return [...others, { ...condition, lastTransitionTime }];
}

/** The first failure of the new ReplicaSet, or else of any; progress.go getReplicaFailures. */
function withFailure(
  conditions: readonly WorkloadCondition[],
  { allReplicaSets, newReplicaSet }: Owned,
): readonly WorkloadCondition[] {
  const [failure] = present([newReplicaSet, ...allReplicaSets]).flatMap(({ status }) => {
    return status?.conditions?.filter(({ type }) => type === replicaFailure) ?? [];
  });
  if (failure === undefined) return removeDeploymentCondition(conditions, replicaFailure);
  const { lastTransitionTime = null } = failure;
  const copied = { ...failure, lastTransitionTime, lastUpdateTime: lastTransitionTime };
  return setDeploymentCondition(conditions, copied);
}

const replicaFailure = "ReplicaFailure";

/** Nobody would tell that a deadline has passed; progress.go requeueStuckDeployment. */
function requeueStuckDeployment(
  deployment: Deployment,
  status: DeploymentStatus,
  nowMs: number,
): SyncResult {
  const current = getDeploymentCondition(deployment.status?.conditions, "Progressing");
  if (!hasProgressDeadline(deployment) || current === undefined) return {};
  if (deploymentComplete(deployment, status) || current.reason === reasons.timedOut) return {};
  const deadlineMs = (deployment.spec.progressDeadlineSeconds ?? 0) * 1_000;
  const afterMs = (timeOf(current.lastUpdateTime) ?? 0) + deadlineMs - nowMs;
  if (afterMs < 1_000) return { requeueRateLimited: true };
  return { requeueAfterMs: afterMs + 1_000 };
}
