import type { Pod } from "../../api/pod.ts";
import { isPodPhaseTerminal } from "../../api/pod-status.ts";
import type { Deployment, ReplicaSet } from "../../api/workload-objects.ts";
import type { Sync, SyncError } from "../sync.ts";
import { cleanupDeployment } from "./cleanup-deployment.ts";
import { deploymentComplete } from "./deployment-status.ts";
import { desiredReplicas } from "./fenceposts.ts";
import type { DeploymentSync } from "./deployment-sync.ts";
import { getAllReplicaSetsAndSyncRevision } from "./new-replica-set.ts";
import { filterActiveReplicaSets, getActualReplicaCountForReplicaSets } from "./replica-sets.ts";
import { type SyncResult, syncRolloutStatus } from "./rollout-status.ts";
import { scaleReplicaSetAndRecordEvent } from "./scale.ts";

/** Pods by the uid of the ReplicaSet that controls them. */
export type PodMap = ReadonlyMap<string, readonly Pod[]>;

/** All old pods go before the first new one comes; deployment/recreate.go rolloutRecreate. */
export function* rolloutRecreate(sync: DeploymentSync, podMap: PodMap): Sync<SyncResult> {
  let split = yield* getAllReplicaSetsAndSyncRevision(sync, false);
  if (split.error !== undefined) return { error: split.error };
  const before = ownedBy(split);
  const active = filterActiveReplicaSets(split.oldReplicaSets);
  const down = yield* scaleDownOldReplicaSetsForRecreate(sync.deployment, active);
  if (down.error !== undefined) return { error: down.error };
  if (down.isScaled || oldPodsRunning(split.newReplicaSet, split.oldReplicaSets, podMap)) {
    return yield* syncRolloutStatus(sync.deployment, before, sync.nowMs);
  }
  if (split.newReplicaSet === undefined) {
    split = yield* getAllReplicaSetsAndSyncRevision(sync, true);
  }
  const { newReplicaSet, oldReplicaSets, error } = split;
  if (error !== undefined || newReplicaSet === undefined) return error ? { error } : {};
  const { deployment, nowMs } = sync;
  const replicas = desiredReplicas(deployment);
  const up = yield* scaleReplicaSetAndRecordEvent(deployment, newReplicaSet, replicas);
  if (up.error !== undefined) return { error: up.error };
  if (deploymentComplete(deployment, deployment.status ?? {})) {
    const failed = yield* cleanupDeployment(deployment, oldReplicaSets);
    if (failed !== undefined) return { error: failed };
  }
  return yield* syncRolloutStatus(deployment, ownedBy(split), nowMs);
}

function ownedBy({
  newReplicaSet,
  oldReplicaSets,
}: {
  readonly newReplicaSet: ReplicaSet | undefined;
  readonly oldReplicaSets: readonly ReplicaSet[];
}) {
  return { newReplicaSet, allReplicaSets: [...oldReplicaSets, newReplicaSet] };
}

function* scaleDownOldReplicaSetsForRecreate(
  deployment: Deployment,
  active: readonly ReplicaSet[],
): Sync<{ readonly isScaled: boolean; readonly error?: SyncError }> {
  let isScaled = false;
  for (const old of active) {
    const scaled = yield* scaleReplicaSetAndRecordEvent(deployment, old, 0);
    if (scaled.error !== undefined) return scaled;
    isScaled ||= scaled.isScaled;
  }
  return { isScaled };
}

/** Also those that are being deleted, until they have ended; deployment/recreate.go. */
function oldPodsRunning(
  newReplicaSet: ReplicaSet | undefined,
  oldReplicaSets: readonly ReplicaSet[],
  podMap: PodMap,
): boolean {
  if (getActualReplicaCountForReplicaSets(oldReplicaSets) > 0) return true;
  return [...podMap].some(([uid, pods]) => {
    if (uid === newReplicaSet?.metadata.uid) return false;
    return pods.some(({ status }) => !isPodPhaseTerminal(status?.phase));
  });
}
