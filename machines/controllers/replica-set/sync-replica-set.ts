import type { Pod } from "../../api/pod.ts";
import type { ReplicaSet, ReplicaSetStatus } from "../../api/workload-objects.ts";
import { labelSelectorAsSelector } from "../../api/selector.ts";
import {
  filterClaimedPods,
  filterPodsByOwner,
  findMinNextPodAvailabilityCheck,
  isPodActive,
  isPodTerminating,
} from "../active-pods.ts";
import { claimObjects } from "../controller-ref-manager.ts";
import { type ControlleeExpectations, satisfiedExpectations } from "../expectations.ts";
import type { Sync, SyncError } from "../sync.ts";
import { getIndirectlyRelatedPods, manageReplicas } from "./manage-replicas.ts";
import { calculateStatus, updateReplicaSetStatus } from "./replica-set-status.ts";

/** What the controller's caches hold when a key is taken from its queue. */
export interface ReplicaSetView {
  readonly replicaSet: ReplicaSet;
  readonly replicaSets: readonly ReplicaSet[];
  readonly pods: readonly Pod[];
  readonly expectations?: ControlleeExpectations;
  readonly nowMs: number;
}

/** An error puts the key back behind the rate limiter, a time does so then. */
export interface SyncResult {
  readonly error?: SyncError;
  readonly requeueAfterMs?: number;
}

/** Claims, creates or deletes, tells the status; replica_set.go syncReplicaSet. */
export function* syncReplicaSet(view: ReplicaSetView): Sync<SyncResult> {
  const { replicaSet, replicaSets, pods, nowMs } = view;
  const needsSync = satisfiedExpectations(view.expectations, nowMs);
  const selector = labelSelectorAsSelector(replicaSet.spec.selector);
  if ("error" in selector) return {};
  const own = filterPodsByOwner(pods, replicaSet);
  const claimed = { kind: "Pod", resource: "pods" };
  const claimant = { controller: replicaSet, selector, resource: "replicasets", claimed };
  const claims = yield* claimObjects(claimant, own.filter(isPodActive));
  if (claims.error !== undefined) return { error: claims.error };
  const activePods = claims.claimed;
  const terminating = own.filter(isPodTerminating);
  const terminatingPods = filterClaimedPods(replicaSet, selector, terminating);
  const isDeleting = replicaSet.metadata.deletionTimestamp !== undefined;
  const related = () => getIndirectlyRelatedPods(replicaSet, replicaSets, pods);
  const error =
    needsSync && !isDeleting
      ? yield* manageReplicas(replicaSet, { activePods, relatedPods: related(), nowMs })
      : undefined;
  const observed = { activePods, terminatingPods, ...(error && { manageReplicasError: error }) };
  const status = calculateStatus(replicaSet, observed, nowMs);
  const failed = (yield* updateReplicaSetStatus(replicaSet, status)) ?? error;
  if (failed !== undefined) return { error: failed };
  const requeueAfterMs = nextSyncDuration(replicaSet, status, activePods, nowMs);
  return requeueAfterMs === undefined ? {} : { requeueAfterMs };
}

/** When the next ready pod becomes available; nobody else would tell. */
function nextSyncDuration(
  { spec: { minReadySeconds = 0 } }: ReplicaSet,
  { readyReplicas = 0, availableReplicas = 0 }: ReplicaSetStatus,
  activePods: readonly Pod[],
  nowMs: number,
): number | undefined {
  if (minReadySeconds <= 0 || readyReplicas === availableReplicas) return undefined;
  const nextCheck = findMinNextPodAvailabilityCheck(activePods, minReadySeconds, nowMs);
  return nextCheck ?? minReadySeconds * 1_000;
}
