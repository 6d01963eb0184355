import type { ConditionStatus } from "../../api/pod-status.ts";
import { formatTime } from "../../api/time.ts";
import type { Deployment, WorkloadCondition } from "../../api/workload-objects.ts";

type Conditions = readonly WorkloadCondition[];

/** deployment/util/deployment_util.go: why a condition of a Deployment is as it is. */
export const reasons = {
  replicaSetUpdated: "ReplicaSetUpdated",
  failedRSCreate: "ReplicaSetCreateError",
  newReplicaSet: "NewReplicaSetCreated",
  foundNewRS: "FoundNewReplicaSet",
  newRSAvailable: "NewReplicaSetAvailable",
  timedOut: "ProgressDeadlineExceeded",
  pausedDeploy: "DeploymentPaused",
  resumedDeploy: "DeploymentResumed",
} as const;

/** deployment_util.go NewDeploymentCondition */
export function newDeploymentCondition(
  type: string,
  status: ConditionStatus,
  reason: string,
  message: string,
  nowMs: number,
): WorkloadCondition {
  const now = formatTime(nowMs);
  return { type, status, lastUpdateTime: now, lastTransitionTime: now, reason, message };
}

/** deployment_util.go GetDeploymentCondition */
export function getDeploymentCondition(
  conditions: Conditions | undefined,
  type: string,
): WorkloadCondition | undefined {
  return conditions?.find((condition) => condition.type === type);
}

/**
 * At the end of the list; nothing changes with the same status and reason, nor the time of the
 * transition with the same status. Source: deployment_util.go SetDeploymentCondition.
 */
export function setDeploymentCondition(
  conditions: Conditions,
  condition: WorkloadCondition,
): Conditions {
  const current = getDeploymentCondition(conditions, condition.type);
  if (current?.status !== condition.status) {
    return [...removeDeploymentCondition(conditions, condition.type), condition];
  }
  if ((current.reason ?? "") === (condition.reason ?? "")) return conditions;
  const { lastTransitionTime = null } = current;
  const kept = { ...condition, lastTransitionTime };
  return [...removeDeploymentCondition(conditions, condition.type), kept];
}

/** deployment_util.go RemoveDeploymentCondition */
export function removeDeploymentCondition(conditions: Conditions, type: string): Conditions {
  return conditions.filter((condition) => condition.type !== type);
}

/** Who is never asked how far it is never fails; deployment_util.go HasProgressDeadline. */
export function hasProgressDeadline({ spec }: Deployment): boolean {
  const { progressDeadlineSeconds } = spec;
  return progressDeadlineSeconds !== undefined && progressDeadlineSeconds !== maxInt32;
}

/** deployment_util.go HasRevisionHistoryLimit */
export function hasRevisionHistoryLimit({ spec }: Deployment): boolean {
  return spec.revisionHistoryLimit !== undefined && spec.revisionHistoryLimit !== maxInt32;
}

const maxInt32 = 2 ** 31 - 1;
