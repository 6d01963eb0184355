import { isWhole } from "../../api/objects.ts";
import type { Deployment, ReplicaSet } from "../../api/workload-objects.ts";
import { record, send, type Sync, type SyncError } from "../sync.ts";
import { setReplicasAnnotations } from "./annotations.ts";
import { desiredReplicas, isRollingUpdate, maxSurge } from "./fenceposts.ts";
import { getReplicaSetProportion, isSaturated } from "./proportions.ts";
import {
  filterActiveReplicaSets,
  findActiveOrLatest,
  getReplicaCountForReplicaSets,
  replicaSetsByCreationTimestamp,
  replicaSetsBySizeNewer,
  replicaSetsBySizeOlder,
  replicasOf,
} from "./replica-sets.ts";

/** A ReplicaSet as it is by now, and whether its size is another. */
export interface Scaled {
  readonly isScaled: boolean;
  readonly replicaSet: ReplicaSet;
  readonly error?: SyncError;
}

/** deployment/sync.go scaleReplicaSetAndRecordEvent */
export function* scaleReplicaSetAndRecordEvent(
  deployment: Deployment,
  replicaSet: ReplicaSet,
  newScale: number,
): Sync<Scaled> {
  if (replicasOf(replicaSet) === newScale) return { isScaled: false, replicaSet };
  return yield* scaleReplicaSet(deployment, replicaSet, newScale);
}

/** The size, and the annotations that tell the Deployment's; deployment/sync.go scaleReplicaSet. */
export function* scaleReplicaSet(
  deployment: Deployment,
  replicaSet: ReplicaSet,
  newScale: number,
): Sync<Scaled> {
  const oldScale = replicasOf(replicaSet);
  const annotated = setReplicasAnnotations(replicaSet, deployment);
  if (oldScale === newScale && !annotated.isChanged) return { isScaled: false, replicaSet };
  const { spec, ...rest } = annotated.replicaSet;
  const { object, error } = yield* updateReplicaSet({
    ...rest,
    spec: { ...spec, replicas: newScale },
  });
  if (error !== undefined) return { isScaled: false, replicaSet, error };
  if (oldScale === newScale) return { isScaled: false, replicaSet: object };
  const way = oldScale < newScale ? "up" : "down";
  const { name } = replicaSet.metadata;
  const message = `Scaled ${way} replica set ${name} from ${oldScale} to ${newScale}`;
  yield* record(deployment, "Normal", "ScalingReplicaSet", message);
  return { isScaled: true, replicaSet: object };
}

/** A ReplicaSet as the server keeps it after the write. */
export function* updateReplicaSet(
  object: ReplicaSet,
): Sync<{ readonly object: ReplicaSet; readonly error?: SyncError }> {
  const { namespace = "", name } = object.metadata;
  const place = { resource: "replicasets", namespace, name };
  const answer = yield* send({ verb: "update", ...place, object });
  if (answer.error !== undefined) return { object, error: answer.error };
  return { object: isWhole(answer.object, "ReplicaSet") ? answer.object : object };
}

/**
 * The one that has pods takes the size; of several each takes its share of what is added or
 * removed, so that neither template wins by it. Source: deployment/sync.go scale.
 */
export function* scale(
  deployment: Deployment,
  newReplicaSet: ReplicaSet | undefined,
  oldReplicaSets: readonly ReplicaSet[],
): Sync<SyncError | undefined> {
  const only = findActiveOrLatest(newReplicaSet, oldReplicaSets);
  const replicas = desiredReplicas(deployment);
  if (only !== undefined) {
    return (yield* scaleReplicaSetAndRecordEvent(deployment, only, replicas)).error;
  }
  const newestFirst = oldReplicaSets.toSorted((a, b) => replicaSetsByCreationTimestamp(b, a));
  if (isSaturated(deployment, newReplicaSet)) {
    for (const old of filterActiveReplicaSets(newestFirst)) {
      const { error } = yield* scaleReplicaSetAndRecordEvent(deployment, old, 0);
      if (error !== undefined) return error;
    }
    return undefined;
  }
  if (!isRollingUpdate(deployment)) return undefined;
  for (const { replicaSet, size } of sizes(deployment, [...newestFirst, newReplicaSet])) {
    const { error } = yield* scaleReplicaSet(deployment, replicaSet, size);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** What each active one gets, the biggest first, which takes what is left over, too. */
function sizes(deployment: Deployment, replicaSets: readonly (ReplicaSet | undefined)[]) {
  const active = filterActiveReplicaSets(replicaSets);
  const replicas = desiredReplicas(deployment);
  const allowed = replicas > 0 ? replicas + maxSurge(deployment) : 0;
  const toAdd = allowed - getReplicaCountForReplicaSets(active);
  let added = 0;
  const shares = inOrder(active, toAdd).map((replicaSet) => {
    const share = getReplicaSetProportion(replicaSet, deployment, toAdd, added);
    added += share;
    return { replicaSet, size: replicasOf(replicaSet) + share };
  });
  return shares.map(({ replicaSet, size }, index) => {
    return { replicaSet, size: index === 0 ? Math.max(0, size + toAdd - added) : size };
  });
}

function inOrder(active: readonly ReplicaSet[], toAdd: number): readonly ReplicaSet[] {
  if (toAdd === 0) return active;
  return active.toSorted(toAdd > 0 ? replicaSetsBySizeNewer : replicaSetsBySizeOlder);
}
