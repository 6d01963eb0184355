import { isWhole } from "../../../machines/api/objects.ts";
import type { ReplicaSet } from "../../../machines/api/workload-objects.ts";
import { getControllerOf } from "../../../machines/controllers/controller-ref-manager.ts";
import type { ReplicaSetStep } from "../../../machines/controllers/replica-set/replica-set.machine.ts";
import { syncReplicaSet } from "../../../machines/controllers/replica-set/sync-replica-set.ts";
import type { Caches, SyncUnderWay } from "../controllers-side.ts";
import type { KubeWorld } from "../world.ts";
import { podsOf } from "./controlled-pods.ts";
import { type ControllerSync, endOf, ended } from "./sync-ended.ts";

type ReplicaSetCaches = Extract<Caches, { controller: "replicaSet" }>;

/** One that is gone is forgotten. */
export function seenReplicaSet(world: KubeWorld, key: string): ReplicaSetCaches | undefined {
  const replicaSet = world.store.get("ReplicaSet", key);
  if (!isWhole(replicaSet, "ReplicaSet")) {
    world.controllers.setExpectations(key, undefined);
    return undefined;
  }
  const owner = getControllerOf(replicaSet.metadata)?.uid;
  const { namespace } = replicaSet.metadata;
  const related =
    owner === undefined
      ? [replicaSet]
      : world.store.select("ReplicaSet", { namespace, owner }).filter(isReplicaSet);
  const expectations = world.controllers.recall("expectations", key);
  const pods = podsOf(world, replicaSet, related);
  const seen = { controller: "replicaSet", replicaSet, replicaSets: related, pods } as const;
  return expectations === undefined ? seen : { ...seen, expectations };
}

export function isReplicaSet(object: { readonly kind: string }): object is ReplicaSet {
  return object.kind === "ReplicaSet";
}

export function* syncOfReplicaSet(
  caches: ReplicaSetCaches & { readonly nowMs: number },
): ControllerSync {
  return ended(yield* syncReplicaSet(caches));
}

/** What a ReplicaSet's sync does next, in the words of its chart. */
export function replicaSetStep(sync: SyncUnderWay): ReplicaSetStep {
  const [request] = sync.asks;
  if (request === undefined) return endOf(sync);
  if (request.verb === "create" || request.verb === "delete") return request.verb;
  if (request.verb === "update") return "status";
  const hasTold = sync.answers.length > 0 && request.verb === "get" && isTelling(sync);
  return hasTold ? "status" : "claim";
}

/** A fresh copy is read for a status that could not be written; pods are claimed before that. */
function isTelling({ answers }: SyncUnderWay): boolean {
  return answers.at(-1)?.some(({ error }) => error !== undefined) === true;
}
