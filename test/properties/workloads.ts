import type { KubeObject } from "../../machines/api/meta.ts";
import { isPod, isWhole } from "../../machines/api/objects.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { Deployment, ReplicaSet } from "../../machines/api/workload-objects.ts";
import { getControllerOf } from "../../machines/controllers/controller-ref-manager.ts";
import { maxSurge } from "../../machines/controllers/deployment/fenceposts.ts";
import type { History, Observed, Property } from "./property.ts";

/** A history up to some write: what there is, and the most that was ever asked for. */
interface Seen {
  readonly pods: Map<string, Pod>;
  readonly replicaSets: Map<string, ReplicaSet>;
  /** By the UID of a ReplicaSet or Deployment. */
  readonly most: Map<string, number>;
}

export const workloadProperties: readonly Property[] = [
  {
    says: "a ReplicaSet never has more pods that are not on their way out than it ever asked for",
    broken: (history) =>
      walked(history, ({ pods, most }) => tooMany(countedBy([...pods.values()], ownerOf), most)),
    mutant: (history) => withCopies(history),
  },
  {
    says: "a Deployment never has more such pods than it ever asked for and its surge allows",
    broken: (history) =>
      walked(history, ({ pods, replicaSets, most }) => {
        const deploymentOf = (pod: Pod) => {
          const owner = replicaSets.get(ownerOf(pod) ?? "");
          return owner && getControllerOf(owner.metadata)?.uid;
        };
        return tooMany(countedBy([...pods.values()], deploymentOf), most);
      }),
    mutant: (history) => withCopies(history),
  },
];

function walked(history: History, find: (seen: Seen) => readonly string[]): readonly string[] {
  const seen: Seen = { pods: new Map(), replicaSets: new Map(), most: new Map() };
  return history.flatMap((write) => {
    note(seen, write);
    if (write.type === "DELETED" || !isPod(write.object)) return [];
    const at = `${(write.atMs / 1_000).toFixed(1)}s`;
    return find(seen).map((text) => `${at} ${write.object.metadata.name}: ${text}`);
  });
}

function note({ pods, replicaSets, most }: Seen, { type, object }: Observed): void {
  const { uid = "" } = object.metadata;
  if (isPod(object)) {
    if (type !== "DELETED" && isActive(object)) pods.set(uid, object);
    else pods.delete(uid);
  }
  if (isWhole(object, "ReplicaSet")) replicaSets.set(uid, object);
  const asked = askedBy(object);
  if (asked !== undefined) most.set(uid, Math.max(asked, most.get(uid) ?? 0));
}

/** controller_utils.go IsPodActive */
function isActive({ metadata, status }: Pod): boolean {
  const hasEnded = status?.phase === "Succeeded" || status?.phase === "Failed";
  return !hasEnded && metadata.deletionTimestamp === undefined;
}

function askedBy(object: KubeObject): number | undefined {
  if (isWhole(object, "ReplicaSet")) return object.spec.replicas ?? 1;
  return isWhole(object, "Deployment") ? withSurge(object) : undefined;
}

function withSurge(deployment: Deployment): number {
  return (deployment.spec.replicas ?? 1) + maxSurge(deployment);
}

function ownerOf({ metadata }: Pod): string | undefined {
  return getControllerOf(metadata)?.uid;
}

function countedBy(
  pods: readonly Pod[],
  keyOf: (pod: Pod) => string | undefined,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const pod of pods) {
    const key = keyOf(pod);
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Nothing is known of who was there before the history began. */
function tooMany(
  counts: ReadonlyMap<string, number>,
  most: ReadonlyMap<string, number>,
): readonly string[] {
  return [...counts].flatMap(([uid, count]) => {
    const limit = most.get(uid);
    return limit === undefined || count <= limit ? [] : [`${count} pods of ${uid}, not ${limit}`];
  });
}

/** Ten more of the first pod that a controller has made. */
function withCopies(history: History): History {
  const at = history.findIndex(({ object }) => isPod(object) && ownerOf(object) !== undefined);
  const write = history[at];
  if (write === undefined) return history;
  const copies = Array.from({ length: 10 }, (_, nth) => {
    const { metadata } = write.object;
    const uid = `${metadata.uid?.slice(0, -1)}${nth}`;
    return { ...write, object: { ...write.object, metadata: { ...metadata, uid } } };
  });
  return history.toSpliced(at + 1, 0, ...copies);
}
