import { compareText } from "../../api/compare-text.ts";
import { timeOf } from "../../api/pod-readiness.ts";
import type { Deployment, PodTemplateSpec, ReplicaSet } from "../../api/workload-objects.ts";
import { semanticDeepEqual } from "../../apiserver/spec-equality.ts";

/** The label that makes a ReplicaSet's pods its own. */
export const podTemplateHash = "pod-template-hash";

/** The older first, then by name; pkg/controller/controller_utils.go. */
export function replicaSetsByCreationTimestamp(a: ReplicaSet, b: ReplicaSet): number {
  const [one, other] = [createdAt(a), createdAt(b)];
  return one === other ? compareText(a.metadata.name, b.metadata.name) : one - other;
}

/** The bigger first, then the older; for taking away. */
export function replicaSetsBySizeOlder(a: ReplicaSet, b: ReplicaSet): number {
  return replicasOf(b) - replicasOf(a) || replicaSetsByCreationTimestamp(a, b);
}

/** The bigger first, then the newer; for adding. */
export function replicaSetsBySizeNewer(a: ReplicaSet, b: ReplicaSet): number {
  return replicasOf(b) - replicasOf(a) || replicaSetsByCreationTimestamp(b, a);
}

/** Go's zero time is before all others. */
function createdAt({ metadata }: ReplicaSet): number {
  return timeOf(metadata.creationTimestamp) ?? -Number.MAX_VALUE;
}

/** What its spec asks for. */
export function replicasOf({ spec }: ReplicaSet): number {
  return spec.replicas ?? 0;
}

/** Those that have pods, or ought to; FilterActiveReplicaSets. */
export function filterActiveReplicaSets(
  replicaSets: readonly (ReplicaSet | undefined)[],
): readonly ReplicaSet[] {
  return present(replicaSets).filter((one) => replicasOf(one) > 0);
}

/** Without what is not there yet. */
export function present(replicaSets: readonly (ReplicaSet | undefined)[]): readonly ReplicaSet[] {
  return replicaSets.filter((one) => one !== undefined);
}

/** deployment_util.go GetReplicaCountForReplicaSets */
export function getReplicaCountForReplicaSets(
  replicaSets: readonly (ReplicaSet | undefined)[],
): number {
  return total(replicaSets, replicasOf);
}

/** deployment_util.go GetActualReplicaCountForReplicaSets */
export function getActualReplicaCountForReplicaSets(
  replicaSets: readonly (ReplicaSet | undefined)[],
): number {
  return total(replicaSets, ({ status }) => status?.replicas ?? 0);
}

/** deployment_util.go GetReadyReplicaCountForReplicaSets */
export function getReadyReplicaCountForReplicaSets(
  replicaSets: readonly (ReplicaSet | undefined)[],
): number {
  return total(replicaSets, ({ status }) => status?.readyReplicas ?? 0);
}

/** deployment_util.go GetAvailableReplicaCountForReplicaSets */
export function getAvailableReplicaCountForReplicaSets(
  replicaSets: readonly (ReplicaSet | undefined)[],
): number {
  return total(replicaSets, ({ status }) => status?.availableReplicas ?? 0);
}

/** Unknown when one that has been synced does not tell; GetTerminatingReplicaCountForReplicaSets */
export function getTerminatingReplicaCountForReplicaSets(
  replicaSets: readonly (ReplicaSet | undefined)[],
): number | undefined {
  let sum = 0;
  for (const { status } of present(replicaSets)) {
    const isSynced = (status?.observedGeneration ?? 0) !== 0;
    if (status?.terminatingReplicas === undefined && isSynced) return undefined;
    sum += status?.terminatingReplicas ?? 0;
  }
  return sum;
}

function total(
  replicaSets: readonly (ReplicaSet | undefined)[],
  of: (replicaSet: ReplicaSet) => number,
): number {
  return present(replicaSets).reduce((sum, one) => sum + of(one), 0);
}

/** The oldest that has the Deployment's template; deployment_util.go FindNewReplicaSet. */
export function findNewReplicaSet(
  { spec }: Deployment,
  replicaSets: readonly ReplicaSet[],
): ReplicaSet | undefined {
  const sorted = replicaSets.toSorted(replicaSetsByCreationTimestamp);
  return sorted.find((one) => equalIgnoreHash(one.spec.template, spec.template));
}

/** All others, the oldest first; deployment_util.go FindOldReplicaSets. */
export function findOldReplicaSets(
  deployment: Deployment,
  replicaSets: readonly ReplicaSet[],
): readonly ReplicaSet[] {
  const found = findNewReplicaSet(deployment, replicaSets);
  const sorted = replicaSets.toSorted(replicaSetsByCreationTimestamp);
  return sorted.filter(({ metadata }) => metadata.uid !== found?.metadata.uid || !found);
}

/** deployment_util.go EqualIgnoreHash */
export function equalIgnoreHash(one: PodTemplateSpec, other: PodTemplateSpec): boolean {
  return semanticDeepEqual(withoutHash(one), withoutHash(other));
}

/** Without the label that a ReplicaSet has of its own; util/labels CloneAndRemoveLabel. */
export function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { metadata = {}, ...rest } = template;
  const { labels = {}, ...others } = metadata;
  const kept = Object.entries(labels).filter(([key]) => key !== podTemplateHash);
  return {
    ...rest,
    metadata: { ...others, ...(kept.length > 0 && { labels: Object.fromEntries(kept) }) },
  };
}

/** The only one with pods, or the newest when none has any; FindActiveOrLatest. */
export function findActiveOrLatest(
  newReplicaSet: ReplicaSet | undefined,
  oldReplicaSets: readonly ReplicaSet[],
): ReplicaSet | undefined {
  const [first, ...others] = filterActiveReplicaSets([...oldReplicaSets, newReplicaSet]);
  if (first !== undefined) return others.length === 0 ? first : undefined;
  return newReplicaSet ?? oldReplicaSets.toSorted(replicaSetsByCreationTimestamp).at(-1);
}
