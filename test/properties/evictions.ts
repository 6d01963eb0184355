import type { Pod } from "../../machines/api/pod.ts";
import { isWhole } from "../../machines/api/objects.ts";
import { getControllerOf } from "../../machines/controllers/controller-ref-manager.ts";
import { type History, isEvent, isPod, type Property } from "./property.ts";
import { isActive } from "./workloads.ts";

export const evictionProperties: readonly Property[] = [
  {
    says: "an evicted pod of a ReplicaSet is always replaced, as long as as many are asked for",
    broken: (history) =>
      evictedIn(history).flatMap(({ at, pod }) => {
        const owner = getControllerOf(pod.metadata)?.uid;
        return owner === undefined || isReplaced(history, at, owner) ? [] : [shown(history, at)];
      }),
    mutant: withoutReplacement,
  },
  {
    says: "an evicted pod that no controller has never comes back of itself",
    broken: (history) =>
      evictedIn(history).flatMap(({ at, pod }) => {
        const isOwned = getControllerOf(pod.metadata) !== undefined;
        return isOwned || !comesBack(history, pod) ? [] : [shown(history, at)];
      }),
    mutant: withComingBack,
  },
];

interface Evicted {
  /** The place of the write that marks it. */
  readonly at: number;
  readonly pod: Pod;
}

/** Whose deletion its condition DisruptionTarget explains. */
function evictedIn(history: History): readonly Evicted[] {
  const seen = new Set<string>();
  return history.flatMap(({ type, object }, at) => {
    const { uid = "" } = object.metadata;
    if (type === "DELETED" || !isPod(object) || seen.has(uid) || !isEvicted(object)) return [];
    seen.add(uid);
    return [{ at, pod: object }];
  });
}

function isEvicted({ metadata, status }: Pod): boolean {
  const reason = status?.conditions?.find(({ type }) => type === "DisruptionTarget")?.reason;
  return metadata.deletionTimestamp !== undefined && evictions.includes(reason ?? "");
}

const evictions: readonly string[] = ["DeletionByTaintManager", "EvictionByEvictionAPI"];

/** There are as many again as are asked for at least, unless the history ends before. */
function isReplaced(history: History, at: number, owner: string): boolean {
  const endMs = history.at(-1)?.atMs ?? 0;
  if (endMs - (history[at]?.atMs ?? 0) < replacedWithinMs || isRefused(history, owner)) return true;
  const there = new Set<string>();
  return history.some(({ type, object }, nth) => {
    const { uid = "" } = object.metadata;
    if (isPod(object) && getControllerOf(object.metadata)?.uid === owner) {
      if (type !== "DELETED" && isActive(object)) there.add(uid);
      else there.delete(uid);
    }
    return nth >= at && there.size >= leastAsked(history, owner);
  });
}

const replacedWithinMs = 500;

/** Of a ReplicaSet that goes, nothing. */
function leastAsked(history: History, owner: string): number {
  const asked = history.flatMap(({ type, object }) => {
    if (object.metadata.uid !== owner || !isWhole(object, "ReplicaSet")) return [];
    const isGoing = type === "DELETED" || object.metadata.deletionTimestamp !== undefined;
    return [isGoing ? 0 : (object.spec.replicas ?? 1)];
  });
  return Math.min(...asked);
}

function isRefused(history: History, owner: string): boolean {
  return history.some(({ object }) => {
    return (
      isEvent(object) && object.reason === "FailedCreate" && object.involvedObject.uid === owner
    );
  });
}

/** Later than in a moment it may be a user who has made another one. */
function comesBack(history: History, { metadata: { uid, name, namespace } }: Pod): boolean {
  const end = history.findIndex(({ type, object }) => {
    return type === "DELETED" && object.metadata.uid === uid;
  });
  const untilMs = (history[end]?.atMs ?? 0) + replacedWithinMs;
  const later = end < 0 ? [] : history.slice(end).filter(({ atMs }) => atMs <= untilMs);
  return later.some(({ object }) => {
    const { metadata } = object;
    const isNamed = metadata.name === name && metadata.namespace === namespace;
    return isPod(object) && isNamed && metadata.uid !== uid;
  });
}

function withoutReplacement(history: History): History {
  const evicted = evictedIn(history).find(({ pod }) => getControllerOf(pod.metadata));
  const owner = evicted && getControllerOf(evicted.pod.metadata)?.uid;
  if (evicted === undefined || owner === undefined) return history;
  const before = new Set(history.slice(0, evicted.at).map(({ object }) => object.metadata.uid));
  return history.filter(({ object: { metadata } }) => {
    return getControllerOf(metadata)?.uid !== owner || before.has(metadata.uid);
  });
}

function withComingBack(history: History): History {
  const bare = evictedIn(history).find(({ pod }) => !getControllerOf(pod.metadata));
  const at = history.findIndex(({ type, object: { metadata } }) => {
    return type === "DELETED" && metadata.uid === bare?.pod.metadata.uid;
  });
  if (bare === undefined || at < 0) return history;
  const { deletionTimestamp: _, ...metadata } = bare.pod.metadata;
  const object = { ...bare.pod, metadata: { ...metadata, uid: `${metadata.uid}-again` } };
  return history.toSpliced(at + 1, 0, { atMs: history[at]?.atMs ?? 0, type: "ADDED", object });
}

function shown(history: History, at: number): string {
  const { atMs = 0, object } = history[at] ?? {};
  return `${(atMs / 1_000).toFixed(1)}s pod ${object?.metadata.name}`;
}
