import type { KubeObject } from "../../api/meta.ts";
import { parseInt64 } from "../../api/selector.ts";
import type { Deployment, ReplicaSet } from "../../api/workload-objects.ts";
import { desiredReplicas, maxSurge } from "./fenceposts.ts";

type Annotations = Readonly<Record<string, string>>;

const prefix = "deployment.kubernetes.io";
export const revisionAnnotation = `${prefix}/revision`;
const revisionHistoryAnnotation = `${prefix}/revision-history`;
const desiredReplicasAnnotation = `${prefix}/desired-replicas`;
const maxReplicasAnnotation = `${prefix}/max-replicas`;
export const deprecatedRollbackTo = "deprecated.deployment.rollback.to";

/** None is 0; undefined when it cannot be read. Source: deployment_util.go Revision. */
export function revision({ metadata }: KubeObject): bigint | undefined {
  const text = metadata.annotations?.[revisionAnnotation];
  return text === undefined ? 0n : parseInt64(text);
}

/** deployment_util.go MaxRevision */
export function maxRevision(replicaSets: readonly ReplicaSet[]): bigint {
  return replicaSets.reduce((max, one) => {
    const own = revision(one) ?? 0n;
    return own > max ? own : max;
  }, 0n);
}

/** The second highest; deployment_util.go LastRevision. */
export function lastRevision(replicaSets: readonly ReplicaSet[]): bigint {
  let [max, second] = [0n, 0n];
  for (const one of replicaSets) {
    const own = revision(one);
    if (own === undefined) continue;
    if (own >= max) [max, second] = [own, max];
    else if (own > second) second = own;
  }
  return second;
}

/** A ReplicaSet with other annotations, and whether that needs a write. */
export interface Annotated {
  readonly replicaSet: ReplicaSet;
  readonly isChanged: boolean;
}

/**
 * The Deployment's own annotations, and a revision that only grows and keeps a history. Source:
 * deployment_util.go SetNewReplicaSetAnnotations.
 */
export function setNewReplicaSetAnnotations(
  deployment: Deployment,
  replicaSet: ReplicaSet,
  newRevision: string,
  exists: boolean,
): Annotated {
  const before = replicaSet.metadata.annotations ?? {};
  const copied = Object.entries(deployment.metadata.annotations ?? {}).filter(([key, value]) => {
    return !annotationsToSkip.has(key) && before[key] !== value;
  });
  const annotations = { ...before, ...Object.fromEntries(copied) };
  const old = annotations[revisionAnnotation];
  const [oldInt, newInt] = [old ? parseInt64(old) : 0n, parseInt64(newRevision)];
  if (oldInt === undefined || newInt === undefined) {
    return { replicaSet: annotated(replicaSet, annotations), isChanged: false };
  }
  const isNewer = oldInt < newInt;
  const revised = isNewer ? withRevision(annotations, old, newRevision) : annotations;
  const next = annotated(replicaSet, revised);
  const isChanged = copied.length > 0 || isNewer;
  if (exists) return { replicaSet: next, isChanged };
  const sized = setReplicasAnnotations(next, deployment);
  return { ...sized, isChanged: sized.isChanged || isChanged };
}

function withRevision(annotations: Annotations, old: string | undefined, next: string) {
  const revised = { ...annotations, [revisionAnnotation]: next };
  if (old === undefined) return revised;
  const history = annotations[revisionHistoryAnnotation] ?? "";
  const appended = appendedHistory(history, old);
  if (appended === undefined) return revised;
  return { ...revised, [revisionHistoryAnnotation]: appended };
}

/** The oldest go when it gets too long; undefined when even that is not enough. */
function appendedHistory(history: string, old: string): string | undefined {
  if (history === "" || history.startsWith(",")) return old;
  const revisions = history.split(",");
  let length = history.length + old.length + 1;
  let start = 0;
  while (length > maxRevisionHistoryLength && start < revisions.length) {
    length -= (revisions[start]?.length ?? 0) + 1;
    start++;
  }
  if (length > maxRevisionHistoryLength) return undefined;
  return [...revisions.slice(start), old].join(",");
}

/** In letters; sync.go maxRevHistoryLengthInChars. */
const maxRevisionHistoryLength = 2_000;

function annotated(replicaSet: ReplicaSet, annotations: Annotations): ReplicaSet {
  return { ...replicaSet, metadata: { ...replicaSet.metadata, annotations } };
}

/** How many the Deployment wants, and how many it may have; SetReplicasAnnotations. */
export function setReplicasAnnotations(replicaSet: ReplicaSet, deployment: Deployment): Annotated {
  const before = replicaSet.metadata.annotations ?? {};
  const desired = String(desiredReplicas(deployment));
  const max = String(desiredReplicas(deployment) + maxSurge(deployment));
  const isSame =
    before[desiredReplicasAnnotation] === desired && before[maxReplicasAnnotation] === max;
  const annotations = {
    ...before,
    [desiredReplicasAnnotation]: desired,
    [maxReplicasAnnotation]: max,
  };
  return { replicaSet: annotated(replicaSet, annotations), isChanged: !isSame };
}

/** deployment_util.go GetDesiredReplicasAnnotation */
export function getDesiredReplicasAnnotation({ metadata }: ReplicaSet): number | undefined {
  return nonNegativeInt32(metadata.annotations?.[desiredReplicasAnnotation]);
}

/** As it was written, for who reads it otherwise. */
export function getDesiredReplicasText({ metadata }: ReplicaSet): string {
  return metadata.annotations?.[desiredReplicasAnnotation] ?? "";
}

/** deployment_util.go getMaxReplicasAnnotation */
export function getMaxReplicasAnnotation({ metadata }: ReplicaSet): number | undefined {
  return nonNegativeInt32(metadata.annotations?.[maxReplicasAnnotation]);
}

function nonNegativeInt32(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value < 2 ** 31 ? value : undefined;
}

/** What a rollback puts back; deployment_util.go SetDeploymentAnnotationsTo. */
export function rolledBackAnnotations(deployment: Deployment, to: ReplicaSet): Annotations {
  const kept = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => {
    return annotationsToSkip.has(key);
  });
  const taken = Object.entries(to.metadata.annotations ?? {}).filter(([key]) => {
    return !annotationsToSkip.has(key);
  });
  return Object.fromEntries([...kept, ...taken]);
}

const annotationsToSkip: ReadonlySet<string> = new Set([
  "kubectl.kubernetes.io/last-applied-configuration",
  revisionAnnotation,
  revisionHistoryAnnotation,
  desiredReplicasAnnotation,
  maxReplicasAnnotation,
  deprecatedRollbackTo,
]);
