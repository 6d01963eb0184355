import { timeOf } from "../../api/pod-readiness.ts";
import type { Deployment, DeploymentStatus, ReplicaSet } from "../../api/workload-objects.ts";
import {
  getDeploymentCondition,
  hasProgressDeadline,
  newDeploymentCondition,
  reasons,
  setDeploymentCondition,
} from "./conditions.ts";
import { desiredReplicas, maxUnavailable } from "./fenceposts.ts";
import {
  getActualReplicaCountForReplicaSets,
  getAvailableReplicaCountForReplicaSets,
  getReadyReplicaCountForReplicaSets,
  getReplicaCountForReplicaSets,
  getTerminatingReplicaCountForReplicaSets,
} from "./replica-sets.ts";

/** A Deployment's ReplicaSets as a sync began with them; the new one may not exist. */
export interface Owned {
  readonly allReplicaSets: readonly (ReplicaSet | undefined)[];
  readonly newReplicaSet: ReplicaSet | undefined;
}

/** deployment/sync.go calculateStatus */
export function calculateStatus(
  deployment: Deployment,
  { allReplicaSets, newReplicaSet }: Owned,
  nowMs: number,
): DeploymentStatus {
  const available = getAvailableReplicaCountForReplicaSets(allReplicaSets);
  const total = getReplicaCountForReplicaSets(allReplicaSets);
  const terminatingReplicas = getTerminatingReplicaCountForReplicaSets(allReplicaSets);
  const { collisionCount, conditions = [] } = deployment.status ?? {};
  const isAvailable = available >= desiredReplicas(deployment) - maxUnavailable(deployment);
  return withoutZeros({
    observedGeneration: deployment.metadata.generation ?? 0,
    replicas: getActualReplicaCountForReplicaSets(allReplicaSets),
    updatedReplicas: getActualReplicaCountForReplicaSets([newReplicaSet]),
    readyReplicas: getReadyReplicaCountForReplicaSets(allReplicaSets),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, total - available),
    ...(terminatingReplicas !== undefined && { terminatingReplicas }),
    ...(collisionCount !== undefined && { collisionCount }),
    conditions: setDeploymentCondition(conditions, availability(isAvailable, nowMs)),
  });
}

function availability(isAvailable: boolean, nowMs: number) {
  const [status, reason, verb] = isAvailable
    ? (["True", "MinimumReplicasAvailable", "has"] as const)
    : (["False", "MinimumReplicasUnavailable", "does not have"] as const);
  const message = `Deployment ${verb} minimum availability.`;
  return newDeploymentCondition("Available", status, reason, message, nowMs);
}

/** As JSON writes it: a counter of 0 is left out, but for those that are pointers. */
export function withoutZeros(status: DeploymentStatus): DeploymentStatus {
  const entries = Object.entries(status).filter(([key, value]) => {
    if (Array.isArray(value)) return value.length > 0;
    return value !== 0 || key === "terminatingReplicas" || key === "collisionCount";
  });
  return Object.fromEntries(entries);
}

/** Every pod is of the template and available, and no other is left; DeploymentComplete. */
export function deploymentComplete(
  deployment: Deployment,
  { updatedReplicas = 0, replicas = 0, ...status }: DeploymentStatus,
): boolean {
  const desired = desiredReplicas(deployment);
  return (
    updatedReplicas === desired &&
    replicas === desired &&
    (status.availableReplicas ?? 0) === desired &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

/** Some counter moved the right way; deployment_util.go DeploymentProgressing. */
export function deploymentProgressing(
  { status: before = {} }: Deployment,
  after: DeploymentStatus,
): boolean {
  return (
    (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    oldReplicas(after) < oldReplicas(before) ||
    (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

function oldReplicas({ replicas = 0, updatedReplicas = 0 }: DeploymentStatus): number {
  return replicas - updatedReplicas;
}

/** The deadline has passed since something moved last; deployment_util.go DeploymentTimedOut. */
export function deploymentTimedOut(
  deployment: Deployment,
  { conditions }: DeploymentStatus,
  nowMs: number,
): boolean {
  const condition = getDeploymentCondition(conditions, "Progressing");
  if (!hasProgressDeadline(deployment) || condition === undefined) return false;
  if (condition.reason === reasons.newRSAvailable) return false;
  if (condition.reason === reasons.timedOut) return true;
  const sinceMs = timeOf(condition.lastUpdateTime) ?? Number.NEGATIVE_INFINITY;
  return sinceMs + (deployment.spec.progressDeadlineSeconds ?? 0) * 1_000 < nowMs;
}
