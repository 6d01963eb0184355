import type { Pod } from "../../api/pod.ts";
import type { ReplicaSet } from "../../api/workload-objects.ts";
import { labelSelectorAsSelector, selectorMatches } from "../../api/selector.ts";
import { isPodActive } from "../active-pods.ts";
import { getControllerOf } from "../controller-ref-manager.ts";
import { goSorted } from "../go-sort.ts";
import {
  createPodRequest,
  deletePodRequest,
  isNamespaceTerminating,
  podCreated,
  podDeleted,
} from "../pod-control.ts";
import { expect, isNotFound, sendAll, type Sync, type SyncError } from "../sync.ts";
import { compareActivePodsWithRanks } from "./active-pods-with-ranks.ts";

/** Pods of a ReplicaSet, and what there is around them. */
export interface Managed {
  readonly activePods: readonly Pod[];
  /** Of all ReplicaSets that have the same owner. */
  readonly relatedPods: readonly Pod[];
  readonly nowMs: number;
  /** How many may be made or deleted at once. */
  readonly burstReplicas?: number;
}

/** Creates what is missing or deletes what is too much; replica_set.go manageReplicas. */
export function* manageReplicas(
  replicaSet: ReplicaSet,
  { activePods, relatedPods, nowMs, burstReplicas = defaultBurstReplicas }: Managed,
): Sync<SyncError | undefined> {
  const surplus = activePods.length - (replicaSet.spec.replicas ?? 0);
  const count = Math.min(Math.abs(surplus), burstReplicas);
  if (surplus < 0) return yield* createReplicas(replicaSet, count);
  if (surplus === 0) return undefined;
  const victims = getPodsToDelete(activePods, relatedPods, count, nowMs);
  return yield* deleteReplicas(replicaSet, victims);
}

/**
 * 1, 2, 4, 8, … at once; after a failure no further batch is begun, and what was not tried is not
 * expected. In a namespace that goes every try counts as done. Source: slowStartBatch.
 */
function* createReplicas(replicaSet: ReplicaSet, count: number): Sync<SyncError | undefined> {
  yield* expect({ type: "expectCreations", count });
  const request = createPodRequest(replicaSet.spec.template, replicaSet);
  let successes = 0;
  let error: SyncError | undefined;
  let remaining = count;
  let size = Math.min(remaining, slowStartInitialBatchSize);
  while (size > 0 && error === undefined) {
    const answers = yield* sendAll(Array.from({ length: size }, () => request));
    for (const answer of answers) {
      yield* podCreated(answer, replicaSet);
      if (answer.error === undefined || isNamespaceTerminating(answer)) successes++;
      else error ??= answer.error;
    }
    remaining -= size;
    size = Math.min(2 * size, remaining);
  }
  if (successes < count) yield* expect({ type: "creationObserved", count: count - successes });
  return error;
}

function* deleteReplicas(
  replicaSet: ReplicaSet,
  victims: readonly Pod[],
): Sync<SyncError | undefined> {
  yield* expect({ type: "expectDeletions", keys: victims.map(podKey) });
  const answers = yield* sendAll(victims.map(deletePodRequest));
  let first: SyncError | undefined;
  for (const [index, pod] of victims.entries()) {
    const error = yield* podDeleted(answers[index] ?? {}, pod, replicaSet);
    if (error === undefined) continue;
    yield* expect({ type: "deletionObserved", key: podKey(pod) });
    if (!isNotFound(error)) first ??= error;
  }
  return first;
}

/** pkg/controller/controller_utils.go PodKey */
export function podKey({ metadata }: Pod): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}

/** Whoever is wanted least; all of them go in no order. Source: replica_set.go getPodsToDelete. */
export function getPodsToDelete(
  pods: readonly Pod[],
  relatedPods: readonly Pod[],
  count: number,
  nowMs: number,
): readonly Pod[] {
  if (count >= pods.length) return pods;
  const ranked = getPodsRankedByRelatedPodsOnSameNode(pods, relatedPods);
  const sorted = goSorted(ranked, (a, b) => compareActivePodsWithRanks(a, b, nowMs));
  return sorted.slice(0, count).map(({ pod }) => pod);
}

function getPodsRankedByRelatedPodsOnSameNode(pods: readonly Pod[], relatedPods: readonly Pod[]) {
  const onNode = new Map<string, number>();
  for (const pod of relatedPods) {
    const { nodeName = "" } = pod.spec;
    if (isPodActive(pod)) onNode.set(nodeName, (onNode.get(nodeName) ?? 0) + 1);
  }
  return pods.map((pod) => ({ pod, rank: onNode.get(pod.spec.nodeName ?? "") ?? 0 }));
}

/** Pods of every ReplicaSet that its owner has; replica_set.go getIndirectlyRelatedPods. */
export function getIndirectlyRelatedPods(
  replicaSet: ReplicaSet,
  replicaSets: readonly ReplicaSet[],
  pods: readonly Pod[],
): readonly Pod[] {
  const related = new Set<Pod>();
  for (const { metadata, spec } of getReplicaSetsWithSameController(replicaSet, replicaSets)) {
    const selector = labelSelectorAsSelector(spec.selector);
    if ("error" in selector) continue;
    for (const pod of pods) {
      const isNear = pod.metadata.namespace === metadata.namespace;
      if (isNear && selectorMatches(selector, pod.metadata.labels)) related.add(pod);
    }
  }
  return [...related];
}

function getReplicaSetsWithSameController(
  replicaSet: ReplicaSet,
  replicaSets: readonly ReplicaSet[],
): readonly ReplicaSet[] {
  const owner = getControllerOf(replicaSet.metadata);
  if (owner === undefined) return [];
  return replicaSets.filter(({ metadata }) => getControllerOf(metadata)?.uid === owner.uid);
}

/** BurstReplicas */
const defaultBurstReplicas = 500;
/** pkg/controller/controller_utils.go SlowStartInitialBatchSize */
const slowStartInitialBatchSize = 1;
