import type { Deployment, ReplicaSet } from "../../api/workload-objects.ts";
import type { SyncError } from "../sync.ts";
import { revisionAnnotation } from "./annotations.ts";
import { newDeploymentCondition, setDeploymentCondition } from "./conditions.ts";

/** The copy of a Deployment that a sync changes as it goes, and what its caches hold. */
export interface DeploymentSync {
  deployment: Deployment;
  /** Those that the Deployment has claimed. */
  readonly replicaSets: readonly ReplicaSet[];
  /** All of its namespace, for what another client has created meanwhile. */
  readonly cached: readonly ReplicaSet[];
  readonly nowMs: number;
}

/** The ReplicaSet of the template, or why it could not be had. */
export interface Found {
  readonly newReplicaSet: ReplicaSet | undefined;
  readonly error?: SyncError;
}

export function failedOr(error: SyncError | undefined, newReplicaSet: ReplicaSet): Found {
  return error === undefined ? { newReplicaSet } : { newReplicaSet: undefined, error };
}

/** deployment_util.go SetDeploymentRevision */
export function setDeploymentRevision(sync: DeploymentSync, revision: string): boolean {
  const { metadata } = sync.deployment;
  if ((metadata.annotations?.[revisionAnnotation] ?? "") === revision) return false;
  const annotations = { ...metadata.annotations, [revisionAnnotation]: revision };
  sync.deployment = { ...sync.deployment, metadata: { ...metadata, annotations } };
  return true;
}

/** Changes the copy only. */
export function setProgressing(
  sync: DeploymentSync,
  status: "True" | "False" | "Unknown",
  reason: string,
  message: string,
  nowMs: number,
): void {
  const condition = newDeploymentCondition("Progressing", status, reason, message, nowMs);
  const before = sync.deployment.status ?? {};
  const conditions = setDeploymentCondition(before.conditions ?? [], condition);
  sync.deployment = { ...sync.deployment, status: { ...before, conditions } };
}
