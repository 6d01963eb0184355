import type { Deployment, ReplicaSet } from "../../api/workload-objects.ts";
import type { Sync, SyncError } from "../sync.ts";
import { cleanupDeployment } from "./cleanup-deployment.ts";
import { deploymentComplete } from "./deployment-status.ts";
import { desiredReplicas, maxUnavailable } from "./fenceposts.ts";
import type { DeploymentSync } from "./deployment-sync.ts";
import { getAllReplicaSetsAndSyncRevision } from "./new-replica-set.ts";
import { newRSNewReplicas } from "./proportions.ts";
import {
  filterActiveReplicaSets,
  getAvailableReplicaCountForReplicaSets,
  getReplicaCountForReplicaSets,
  replicaSetsByCreationTimestamp,
  replicasOf,
} from "./replica-sets.ts";
import { type SyncResult, syncRolloutStatus } from "./rollout-status.ts";
import { scaleReplicaSetAndRecordEvent } from "./scale.ts";

/** Either the new side or the old one in each sync; deployment/rolling.go rolloutRolling. */
export function* rolloutRolling(sync: DeploymentSync): Sync<SyncResult> {
  const { newReplicaSet, oldReplicaSets, error } = yield* getAllReplicaSetsAndSyncRevision(
    sync,
    true,
  );
  if (error !== undefined || newReplicaSet === undefined) return error ? { error } : {};
  const allReplicaSets = [...oldReplicaSets, newReplicaSet];
  const owned = { allReplicaSets, newReplicaSet };
  const { deployment, nowMs } = sync;
  const up = yield* reconcileNewReplicaSet(deployment, allReplicaSets, newReplicaSet);
  if (up.error !== undefined) return { error: up.error };
  if (up.isScaled) return yield* syncRolloutStatus(deployment, owned, nowMs);
  const active = filterActiveReplicaSets(oldReplicaSets);
  const isDown = yield* reconcileOldReplicaSets(deployment, allReplicaSets, active, newReplicaSet);
  if (isDown) return yield* syncRolloutStatus(deployment, owned, nowMs);
  if (deploymentComplete(deployment, deployment.status ?? {})) {
    const failed = yield* cleanupDeployment(deployment, oldReplicaSets);
    if (failed !== undefined) return { error: failed };
  }
  return yield* syncRolloutStatus(deployment, owned, nowMs);
}

interface Reconciled {
  readonly isScaled: boolean;
  readonly error?: SyncError;
}

/** deployment/rolling.go reconcileNewReplicaSet */
function* reconcileNewReplicaSet(
  deployment: Deployment,
  allReplicaSets: readonly ReplicaSet[],
  newReplicaSet: ReplicaSet,
): Sync<Reconciled> {
  const [own, desired] = [replicasOf(newReplicaSet), desiredReplicas(deployment)];
  if (own === desired) return { isScaled: false };
  const size =
    own > desired
      ? { value: desired }
      : newRSNewReplicas(deployment, allReplicaSets, newReplicaSet);
  if (size.error !== undefined) return { isScaled: false, error: { message: size.error } };
  return yield* scaleReplicaSetAndRecordEvent(deployment, newReplicaSet, size.value);
}

/**
 * Takes away what is not available anyhow, then what may be missing. An error is as good as nothing
 * done, though what was done stays so. Source: deployment/rolling.go reconcileOldReplicaSets.
 */
function* reconcileOldReplicaSets(
  deployment: Deployment,
  allReplicaSets: readonly ReplicaSet[],
  oldReplicaSets: readonly ReplicaSet[],
  newReplicaSet: ReplicaSet,
): Sync<boolean> {
  if (getReplicaCountForReplicaSets(oldReplicaSets) === 0) return false;
  const minAvailable = desiredReplicas(deployment) - maxUnavailable(deployment);
  const unavailable = replicasOf(newReplicaSet) - (newReplicaSet.status?.availableReplicas ?? 0);
  const total = getReplicaCountForReplicaSets(allReplicaSets);
  const maxScaledDown = total - minAvailable - unavailable;
  if (maxScaledDown <= 0) return false;
  const cleaned = yield* cleanupUnhealthyReplicas(deployment, oldReplicaSets, maxScaledDown);
  if (cleaned === undefined) return false;
  const available = getAvailableReplicaCountForReplicaSets([...cleaned.left, newReplicaSet]);
  const scaledDown = yield* scaleDownOldReplicaSets(
    deployment,
    cleaned.left,
    available - minAvailable,
  );
  return scaledDown !== undefined && cleaned.count + scaledDown > 0;
}

/** Undefined after an error; deployment/rolling.go cleanupUnhealthyReplicas. */
function* cleanupUnhealthyReplicas(
  deployment: Deployment,
  oldReplicaSets: readonly ReplicaSet[],
  maxCount: number,
): Sync<{ readonly left: readonly ReplicaSet[]; readonly count: number } | undefined> {
  let count = 0;
  const left: ReplicaSet[] = [];
  for (const target of oldReplicaSets.toSorted(replicaSetsByCreationTimestamp)) {
    const unhealthy = replicasOf(target) - (target.status?.availableReplicas ?? 0);
    const surplus = Math.min(maxCount - count, unhealthy);
    if (count >= maxCount || replicasOf(target) === 0 || unhealthy === 0) {
      left.push(target);
      continue;
    }
    if (surplus < 0) return undefined;
    const size = replicasOf(target) - surplus;
    const { replicaSet, error } = yield* scaleReplicaSetAndRecordEvent(deployment, target, size);
    if (error !== undefined) return undefined;
    count += surplus;
    left.push(replicaSet);
  }
  return { left, count };
}

/** Undefined after an error; deployment/rolling.go scaleDownOldReplicaSetsForRollingUpdate. */
function* scaleDownOldReplicaSets(
  deployment: Deployment,
  oldReplicaSets: readonly ReplicaSet[],
  budget: number,
): Sync<number | undefined> {
  let count = 0;
  for (const target of oldReplicaSets.toSorted(replicaSetsByCreationTimestamp)) {
    if (count >= budget) break;
    const surplus = Math.min(replicasOf(target), budget - count);
    if (surplus === 0) continue;
    const size = replicasOf(target) - surplus;
    const { error } = yield* scaleReplicaSetAndRecordEvent(deployment, target, size);
    if (error !== undefined) return undefined;
    count += surplus;
  }
  return count;
}
