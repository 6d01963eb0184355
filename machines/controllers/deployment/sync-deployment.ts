import type { Pod } from "../../api/pod.ts";
import { labelSelectorAsSelector, type Selector, selectorMatches } from "../../api/selector.ts";
import type { Deployment, ReplicaSet } from "../../api/workload-objects.ts";
import { claimObjects, getControllerOf } from "../controller-ref-manager.ts";
import { record, type Sync } from "../sync.ts";
import { getDesiredReplicasAnnotation } from "./annotations.ts";
import { cleanupDeployment } from "./cleanup-deployment.ts";
import { getDeploymentCondition, hasProgressDeadline, reasons } from "./conditions.ts";
import { desiredReplicas } from "./fenceposts.ts";
import { type DeploymentSync, setProgressing } from "./deployment-sync.ts";
import { getAllReplicaSetsAndSyncRevision } from "./new-replica-set.ts";
import { type PodMap, rolloutRecreate } from "./recreate.ts";
import { filterActiveReplicaSets } from "./replica-sets.ts";
import { getRollbackTo, rollback } from "./rollback.ts";
import { rolloutRolling } from "./rolling.ts";
import { type SyncResult, syncDeploymentStatus, updateStatus } from "./rollout-status.ts";
import { scale } from "./scale.ts";

/** What the controller's caches hold of a Deployment's namespace. */
export interface DeploymentView {
  readonly deployment: Deployment;
  readonly replicaSets: readonly ReplicaSet[];
  readonly pods: readonly Pod[];
  readonly nowMs: number;
}

/** deployment/deployment_controller.go syncDeployment */
export function* syncDeployment(view: DeploymentView): Sync<SyncResult> {
  const { deployment, replicaSets: cached, pods, nowMs } = view;
  if (selectsAll(deployment)) return yield* refuseToSelectAll(deployment);
  const selector = labelSelectorAsSelector(deployment.spec.selector);
  if ("error" in selector) {
    const { namespace = "", name } = deployment.metadata;
    const what = `deployment ${namespace}/${name} has invalid label selector`;
    return { error: { message: `${what}: ${selector.error}` } };
  }
  const claimed = { kind: "ReplicaSet", resource: "replicasets" };
  const claimant = { controller: deployment, selector, resource: "deployments", claimed };
  const claims = yield* claimObjects(claimant, cached);
  if (claims.error !== undefined) return { error: claims.error };
  const sync: DeploymentSync = { deployment, replicaSets: claims.claimed, cached, nowMs };
  if (deployment.metadata.deletionTimestamp !== undefined) return yield* syncStatusOnly(sync);
  const paused = yield* checkPausedConditions(sync);
  if (paused.error !== undefined) return paused;
  if (deployment.spec.paused === true) return yield* syncScale(sync);
  if (getRollbackTo(deployment) !== undefined) return yield* rollback(sync);
  const scaling = yield* isScalingEvent(sync);
  if (typeof scaling !== "boolean") return scaling;
  if (scaling) return yield* syncScale(sync);
  const { type = "" } = deployment.spec.strategy ?? {};
  if (type === "RollingUpdate") return yield* rolloutRolling(sync);
  if (type === "Recreate") return yield* rolloutRecreate(sync, podMapOf(sync, selector, pods));
  return { error: { message: `unexpected deployment strategy type: ${type}` } };
}

function selectsAll({ spec: { selector } }: Deployment): boolean {
  return selector !== undefined && Object.keys(selector).length === 0;
}

function* refuseToSelectAll(deployment: Deployment): Sync<SyncResult> {
  const message = "This deployment is selecting all pods. A non-empty selector is required.";
  yield* record(deployment, "Warning", "SelectingAll", message);
  const { generation = 0 } = deployment.metadata;
  if ((deployment.status?.observedGeneration ?? 0) < generation) {
    const status = { ...deployment.status, observedGeneration: generation };
    yield* updateStatus({ ...deployment, status });
  }
  return {};
}

/** deployment_controller.go getPodMapForDeployment */
function podMapOf(
  { deployment, replicaSets }: DeploymentSync,
  selector: Selector,
  pods: readonly Pod[],
): PodMap {
  const { namespace } = deployment.metadata;
  const map = new Map<string, Pod[]>(replicaSets.map(({ metadata }) => [metadata.uid ?? "", []]));
  for (const pod of pods) {
    const { metadata } = pod;
    if (metadata.namespace !== namespace || !selectorMatches(selector, metadata.labels)) continue;
    map.get(getControllerOf(metadata)?.uid ?? "")?.push(pod);
  }
  return map;
}

/** deployment/sync.go syncStatusOnly */
function* syncStatusOnly(sync: DeploymentSync): Sync<SyncResult> {
  const { newReplicaSet, oldReplicaSets, error } = yield* getAllReplicaSetsAndSyncRevision(
    sync,
    false,
  );
  if (error !== undefined) return { error };
  const owned = { newReplicaSet, allReplicaSets: [...oldReplicaSets, newReplicaSet] };
  return yield* syncDeploymentStatus(sync.deployment, owned, sync.nowMs);
}

/** On scaling events, and while it is paused; deployment/sync.go sync. */
function* syncScale(sync: DeploymentSync): Sync<SyncResult> {
  const { newReplicaSet, oldReplicaSets, error } = yield* getAllReplicaSetsAndSyncRevision(
    sync,
    false,
  );
  if (error !== undefined) return { error };
  const { deployment, nowMs } = sync;
  const failed = yield* scale(deployment, newReplicaSet, oldReplicaSets);
  if (failed !== undefined) return { error: failed };
  if (deployment.spec.paused === true && getRollbackTo(deployment) === undefined) {
    const left = yield* cleanupDeployment(deployment, oldReplicaSets);
    if (left !== undefined) return { error: left };
  }
  const owned = { newReplicaSet, allReplicaSets: [...oldReplicaSets, newReplicaSet] };
  return yield* syncDeploymentStatus(deployment, owned, nowMs);
}

/**
 * A pause is no lack of progress, but does not undo one that has been told. Source:
 * deployment/sync.go checkPausedConditions.
 */
function* checkPausedConditions(sync: DeploymentSync): Sync<SyncResult> {
  const { deployment, nowMs } = sync;
  const condition = getDeploymentCondition(deployment.status?.conditions, "Progressing");
  if (!hasProgressDeadline(deployment) || condition?.reason === reasons.timedOut) return {};
  const isTold = condition?.reason === reasons.pausedDeploy;
  const isPaused = deployment.spec.paused === true;
  if (isPaused === isTold) return {};
  const [reason, word] = isPaused
    ? ([reasons.pausedDeploy, "paused"] as const)
    : ([reasons.resumedDeploy, "resumed"] as const);
  setProgressing(sync, "Unknown", reason, `Deployment is ${word}`, nowMs);
  return yield* updateStatus(sync.deployment);
}

/** One with pods was made for another size of the Deployment; deployment/sync.go isScalingEvent. */
function* isScalingEvent(sync: DeploymentSync): Sync<SyncResult | boolean> {
  const { newReplicaSet, oldReplicaSets, error } = yield* getAllReplicaSetsAndSyncRevision(
    sync,
    false,
  );
  if (error !== undefined) return { error };
  const replicas = desiredReplicas(sync.deployment);
  return filterActiveReplicaSets([...oldReplicaSets, newReplicaSet]).some((one) => {
    const desired = getDesiredReplicasAnnotation(one);
    return desired !== undefined && desired !== replicas;
  });
}
