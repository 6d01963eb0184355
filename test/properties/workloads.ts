import type { KubeObject } from "../../machines/api/meta.ts";
import { isPod, isWhole } from "../../machines/api/objects.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { ReplicaSet } from "../../machines/api/workload-objects.ts";
import { getControllerOf } from "../../machines/controllers/controller-ref-manager.ts";
import { maxSurge, minAvailable } from "../../machines/controllers/deployment/fenceposts.ts";
import type { History, Property } from "./property.ts";

export const workloadProperties: readonly Property[] = [
  {
    says: "a ReplicaSet never has more pods that are not on their way out than it ever asks for",
    broken: (history) => tooMany(history, (object) => isPod(object) && isActive(object), one),
    mutant: (history) => withMore(history, isPod),
  },
  {
    says: "the ReplicaSets of a Deployment never ask for more than it ever asks for and may surge",
    broken: (history) => tooMany(history, isReplicaSet, askedBy),
    mutant: (history) => withMore(history, isReplicaSet),
  },
  {
    says: "a Deployment never scales down below what has to be available, nor where less is",
    broken: tooFew,
    mutant: withFewer,
  },
];

const one = (): number => 1;

/** Where those that one controller has add up to more than it ever asks for. */
function tooMany(
  history: History,
  counts: (object: KubeObject) => boolean,
  sizeOf: (object: KubeObject) => number,
): readonly string[] {
  const most = mostAsked(history);
  const there = new Map<string, { readonly owner: string; readonly size: number }>();
  return history.flatMap(({ atMs, type, object }) => {
    const { name, uid = "" } = object.metadata;
    const owner = getControllerOf(object.metadata)?.uid;
    const isCounted = type !== "DELETED" && counts(object);
    if (owner === undefined || !most.has(owner) || !isCounted) {
      there.delete(uid);
      return [];
    }
    there.set(uid, { owner, size: sizeOf(object) });
    const own = [...there.values()].filter((other) => other.owner === owner);
    const sum = own.reduce((total, { size }) => total + size, 0);
    const limit = most.get(owner) ?? 0;
    return sum <= limit ? [] : [`${(atMs / 1_000).toFixed(1)}s ${name}: ${sum}, not ${limit}`];
  });
}

/** By UID. What watches of several kinds tell has no order, so it is that of the whole history. */
function mostAsked(history: History): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const { object } of history) {
    if (!isReplicaSet(object) && !isWhole(object, "Deployment")) continue;
    const { uid = "" } = object.metadata;
    most.set(uid, Math.max(askedBy(object), most.get(uid) ?? 0));
  }
  return most;
}

function isReplicaSet(object: KubeObject): object is ReplicaSet {
  return isWhole(object, "ReplicaSet");
}

/** Where a smaller ReplicaSet leaves fewer available pods than its Deployment may do with. */
function tooFew(history: History): readonly string[] {
  const least = leastAvailable(history);
  const known = new Map<string, ReplicaSet>();
  return history.flatMap(({ atMs, type, object }) => {
    const { name, uid = "" } = object.metadata;
    const owner = getControllerOf(object.metadata)?.uid ?? "";
    const [before, budget] = [known.get(uid), least.get(owner)];
    if (type === "DELETED") known.delete(uid);
    if (type === "DELETED" || !isReplicaSet(object) || budget === undefined) return [];
    known.set(uid, object);
    if (before === undefined || askedBy(object) >= askedBy(before)) return [];
    const own = [...known.values()].filter((other) => {
      return getControllerOf(other.metadata)?.uid === owner;
    });
    const kept = own.reduce((sum, other) => sum + keptOf(other), 0);
    const lost = keptOf({ ...object, spec: before.spec }) - keptOf(object);
    if (kept >= budget || lost <= 0) return [];
    return [`${(atMs / 1_000).toFixed(1)}s ${name}: ${kept} available, not ${budget}`];
  });
}

/** Of its available pods those that it still asks for. */
function keptOf({ spec, status }: ReplicaSet): number {
  return Math.min(status?.availableReplicas ?? 0, spec.replicas ?? 1);
}

/** By a Deployment's UID: the least that any version of it wants to have available. */
function leastAvailable(history: History): ReadonlyMap<string, number> {
  const least = new Map<string, number>();
  for (const { object } of history) {
    if (!isWhole(object, "Deployment")) continue;
    const { uid = "" } = object.metadata;
    least.set(uid, Math.min(minAvailable(object), least.get(uid) ?? Number.POSITIVE_INFINITY));
  }
  return least;
}

/** The first ReplicaSet whose available pods are needed asks for none. */
function withFewer(history: History): History {
  const least = leastAvailable(history);
  for (const [at, { atMs, type, object }] of history.entries()) {
    const budget = least.get(getControllerOf(object.metadata)?.uid ?? "") ?? 0;
    if (type === "DELETED" || !isReplicaSet(object) || budget === 0) continue;
    if (keptOf(object) < budget) continue;
    const fewer: ReplicaSet = { ...object, spec: { ...object.spec, replicas: 0 } };
    return history.toSpliced(at + 1, 0, { atMs, type: "MODIFIED", object: fewer });
  }
  return history;
}

/** controller_utils.go IsPodActive */
export function isActive({ metadata, status }: Pod): boolean {
  const hasEnded = status?.phase === "Succeeded" || status?.phase === "Failed";
  return !hasEnded && metadata.deletionTimestamp === undefined;
}

function askedBy(object: KubeObject): number {
  if (isReplicaSet(object)) return object.spec.replicas ?? 1;
  if (!isWhole(object, "Deployment")) return 0;
  return (object.spec.replicas ?? 1) + maxSurge(object);
}

/** Ten more of the first that a controller has made. */
function withMore(history: History, isMeant: (object: KubeObject) => boolean): History {
  const at = history.findIndex(({ object }) => {
    const isOwned = getControllerOf(object.metadata) !== undefined;
    return isMeant(object) && isOwned && (isPod(object) || askedBy(object) > 0);
  });
  const write = history[at];
  if (write === undefined) return history;
  const copies = Array.from({ length: 10 }, (_, nth) => {
    const { metadata } = write.object;
    const uid = `${metadata.uid?.slice(0, -1)}-${nth}`;
    return { ...write, object: { ...write.object, metadata: { ...metadata, uid } } };
  });
  return history.toSpliced(at + 1, 0, ...copies);
}
