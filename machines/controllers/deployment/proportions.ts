import { atoi, getScaledValueFromIntOrPercent } from "../../api/int-or-string.ts";
import type { Deployment, ReplicaSet } from "../../api/workload-objects.ts";
import { getDesiredReplicasText, getMaxReplicasAnnotation } from "./annotations.ts";
import { desiredReplicas, maxSurge } from "./fenceposts.ts";
import { getReplicaCountForReplicaSets, replicasOf } from "./replica-sets.ts";

/** A size, or why there is none. */
export interface Size {
  readonly value: number;
  readonly error?: string;
}

/** How big the new ReplicaSet may be now; deployment_util.go NewRSNewReplicas. */
export function newRSNewReplicas(
  deployment: Deployment,
  allReplicaSets: readonly (ReplicaSet | undefined)[],
  newReplicaSet: ReplicaSet,
): Size {
  const replicas = desiredReplicas(deployment);
  const { type = "", rollingUpdate } = deployment.spec.strategy ?? {};
  if (type === "Recreate") return { value: replicas };
  if (type !== "RollingUpdate") {
    return { value: 0, error: `deployment type ${type} isn't supported` };
  }
  const surge = getScaledValueFromIntOrPercent(rollingUpdate?.maxSurge, replicas, true);
  if (surge.error !== undefined) return { value: 0, error: surge.error };
  const current = getReplicaCountForReplicaSets(allReplicaSets);
  const own = replicasOf(newReplicaSet);
  const room = replicas + surge.value - current;
  return { value: room <= 0 ? own : own + Math.min(room, replicas - own) };
}

/** How many of those to add or remove fall to one; deployment_util.go GetReplicaSetProportion. */
export function getReplicaSetProportion(
  replicaSet: ReplicaSet,
  deployment: Deployment,
  toAdd: number,
  added: number,
): number {
  if (replicasOf(replicaSet) === 0 || toAdd === 0 || toAdd === added) return 0;
  const fraction = getReplicaSetFraction(replicaSet, deployment);
  return toAdd > 0 ? Math.min(fraction, toAdd - added) : Math.max(fraction, toAdd - added);
}

/** In proportion to what the whole could be before; deployment_util.go getReplicaSetFraction. */
function getReplicaSetFraction(replicaSet: ReplicaSet, deployment: Deployment): number {
  const own = replicasOf(replicaSet);
  if (desiredReplicas(deployment) === 0) return -own;
  const max = desiredReplicas(deployment) + maxSurge(deployment);
  const before = getMaxReplicasAnnotation(replicaSet) || (deployment.status?.replicas ?? 0);
  return before === 0 ? 0 : roundToInt32(Math.imul(own, max) / before) - own;
}

/** Halves away from zero; k8s.io/utils/integer RoundToInt32. */
function roundToInt32(value: number): number {
  return Math.trunc(value < 0 ? value - 0.5 : value + 0.5);
}

/** It has all its pods, of this size, and they are available; deployment_util.go IsSaturated. */
export function isSaturated(deployment: Deployment, replicaSet: ReplicaSet | undefined): boolean {
  if (replicaSet === undefined) return false;
  const desired = atoi(getDesiredReplicasText(replicaSet));
  const replicas = desiredReplicas(deployment);
  return (
    desired.error === undefined &&
    replicasOf(replicaSet) === replicas &&
    desired.value === replicas &&
    (replicaSet.status?.availableReplicas ?? 0) === replicas
  );
}
