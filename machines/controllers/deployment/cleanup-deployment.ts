import type { Deployment, ReplicaSet } from "../../api/workload-objects.ts";
import { goSorted } from "../go-sort.ts";
import { isNotFound, send, type Sync, type SyncError } from "../sync.ts";
import { revision } from "./annotations.ts";
import { hasRevisionHistoryLimit } from "./conditions.ts";
import { replicaSetsByCreationTimestamp, replicasOf } from "./replica-sets.ts";

/**
 * Deletes old ReplicaSets beyond the history that is kept, the lowest revisions first. One that may
 * not go takes the place of another. Source: deployment/sync.go cleanupDeployment.
 */
export function* cleanupDeployment(
  deployment: Deployment,
  oldReplicaSets: readonly ReplicaSet[],
): Sync<SyncError | undefined> {
  if (!hasRevisionHistoryLimit(deployment)) return undefined;
  const alive = oldReplicaSets.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const surplus = alive.length - (deployment.spec.revisionHistoryLimit ?? 0);
  if (surplus <= 0) return undefined;
  for (const replicaSet of goSorted(alive, replicaSetsByRevision).slice(0, surplus)) {
    if (!mayGo(replicaSet)) continue;
    const { namespace = "", name } = replicaSet.metadata;
    const { error } = yield* send({ verb: "delete", resource: "replicasets", namespace, name });
    if (error !== undefined && !isNotFound(error)) return error;
  }
  return undefined;
}

function mayGo(replicaSet: ReplicaSet): boolean {
  const { metadata, status } = replicaSet;
  const isSeen = (metadata.generation ?? 0) <= (status?.observedGeneration ?? 0);
  return (status?.replicas ?? 0) === 0 && replicasOf(replicaSet) === 0 && isSeen;
}

/** deployment_util.go ReplicaSetsByRevision */
function replicaSetsByRevision(a: ReplicaSet, b: ReplicaSet): number {
  const [one, other] = [revision(a), revision(b)];
  if (one === undefined || other === undefined || one === other) {
    return replicaSetsByCreationTimestamp(a, b);
  }
  return one < other ? -1 : 1;
}
