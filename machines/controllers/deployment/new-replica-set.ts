import { quote } from "../../api/quote.ts";
import type { ReplicaSet } from "../../api/workload-objects.ts";
import type { Sync } from "../sync.ts";
import { maxRevision, revisionAnnotation, setNewReplicaSetAnnotations } from "./annotations.ts";
import { getDeploymentCondition, hasProgressDeadline, reasons } from "./conditions.ts";
import { createNewReplicaSet } from "./create-replica-set.ts";
import {
  type DeploymentSync,
  failedOr,
  type Found,
  setDeploymentRevision,
  setProgressing,
} from "./deployment-sync.ts";
import { findNewReplicaSet, findOldReplicaSets } from "./replica-sets.ts";
import { updateStatus } from "./rollout-status.ts";
import { updateReplicaSet } from "./scale.ts";

/** The ReplicaSet of the template, and all others. */
export interface Split extends Found {
  readonly oldReplicaSets: readonly ReplicaSet[];
}

/** deployment/sync.go getAllReplicaSetsAndSyncRevision */
export function* getAllReplicaSetsAndSyncRevision(
  sync: DeploymentSync,
  createIfNotExisted: boolean,
): Sync<Split> {
  const oldReplicaSets = findOldReplicaSets(sync.deployment, sync.replicaSets);
  const existing = findNewReplicaSet(sync.deployment, sync.replicaSets);
  const newRevision = String(maxRevision(oldReplicaSets) + 1n);
  if (existing !== undefined) {
    return { oldReplicaSets, ...(yield* syncNewReplicaSet(sync, existing, newRevision)) };
  }
  if (!createIfNotExisted) return { oldReplicaSets, newReplicaSet: undefined };
  return { oldReplicaSets, ...(yield* createNewReplicaSet(sync, oldReplicaSets, newRevision)) };
}

/** Annotations of one that exists; else what the Deployment tells of it. getNewReplicaSet */
function* syncNewReplicaSet(
  sync: DeploymentSync,
  existing: ReplicaSet,
  newRevision: string,
): Sync<Found> {
  const { deployment, nowMs } = sync;
  const annotated = setNewReplicaSetAnnotations(deployment, existing, newRevision, true);
  const minReadySeconds = deployment.spec.minReadySeconds ?? 0;
  if (annotated.isChanged || (existing.spec.minReadySeconds ?? 0) !== minReadySeconds) {
    const { minReadySeconds: _, ...spec } = existing.spec;
    const next = { ...spec, ...(minReadySeconds !== 0 && { minReadySeconds }) };
    const written = yield* updateReplicaSet({ ...annotated.replicaSet, spec: next });
    return failedOr(written.error, written.object);
  }
  const own = annotated.replicaSet.metadata.annotations?.[revisionAnnotation] ?? "";
  const isRevised = setDeploymentRevision(sync, own);
  const current = getDeploymentCondition(deployment.status?.conditions, "Progressing");
  const isFound = hasProgressDeadline(deployment) && current === undefined;
  if (isFound) {
    const message = `Found new replica set ${quote(existing.metadata.name)}`;
    setProgressing(sync, "True", reasons.foundNewRS, message, nowMs);
  }
  const { error } = isRevised || isFound ? yield* updateStatus(sync.deployment) : {};
  return failedOr(error, annotated.replicaSet);
}
