import type { KubeObject } from "../../machines/api/meta.ts";
import { isPod } from "../../machines/api/objects.ts";
import type { Pod } from "../../machines/api/pod.ts";
import { labelSelectorAsSelector, selectorMatches } from "../../machines/api/selector.ts";
import type { Deployment, ReplicaSet } from "../../machines/api/workload-objects.ts";
import { getControllerOf } from "../../machines/controllers/controller-ref-manager.ts";
import {
  changedExpectations,
  type ExpectationChange,
} from "../../machines/controllers/expectations.ts";
import type { StoreChange } from "../store/change.ts";
import { keyOf } from "../store/store.ts";
import type { Message } from "./composition.ts";
import { keyAdded } from "./key-added.ts";
import { isReplicaSet } from "./projections/replica-set.ts";
import type { KubeWorld } from "./world.ts";

/** What the controllers do when they hear of a change; their informers' handlers. */
export function controllersHear(world: KubeWorld, change: StoreChange): readonly Message[] {
  const { object, previous, type } = change;
  if (isReplicaSet(object))
    return [keyAdded("replicaSet", keyOf(object)), ...owning(world, change)];
  if (object.kind === "Deployment") return [keyAdded("deployment", keyOf(object))];
  if (!isPod(object)) return [];
  const before = previous !== undefined && isPod(previous) ? previous : undefined;
  if (type === "DELETED") return podDeleted(world, object);
  return before === undefined ? podAdded(world, object) : podUpdated(world, before, object);
}

/** deployment_controller.go addReplicaSet, updateReplicaSet, deleteReplicaSet */
function owning(world: KubeWorld, { object, previous, type }: StoreChange): readonly Message[] {
  const keys = [object, previous].flatMap((one) => ownerKey(one, "Deployment") ?? []);
  if (keys.length > 0) return [...new Set(keys)].map((key) => keyAdded("deployment", key));
  if (type === "DELETED") return [];
  const { namespace } = object.metadata;
  const deployments = world.store.select("Deployment", { namespace }).filter(isDeployment);
  return selecting(deployments, object).map((one) => keyAdded("deployment", keyOf(one)));
}

/** Of the controller that is of that kind. */
function ownerKey(object: KubeObject | undefined, kind: string): string | undefined {
  if (object === undefined) return undefined;
  const owner = getControllerOf(object.metadata);
  return owner?.kind === kind ? `${object.metadata.namespace ?? ""}/${owner.name}` : undefined;
}

function selecting<Owner extends Deployment | ReplicaSet>(
  owners: readonly Owner[],
  { metadata }: KubeObject,
): readonly Owner[] {
  return owners.filter(({ spec }) => {
    const selector = labelSelectorAsSelector(spec.selector);
    return !("error" in selector) && selectorMatches(selector, metadata.labels);
  });
}

/** replica_set.go addPod */
function podAdded(world: KubeWorld, pod: Pod): readonly Message[] {
  if (pod.metadata.deletionTimestamp !== undefined) return podDeleted(world, pod);
  const key = ownerKey(pod, "ReplicaSet");
  if (key === undefined) return orphanSeen(world, pod);
  observe(world, key, { type: "creationObserved", count: 1 });
  return [keyAdded("replicaSet", key)];
}

/** A pod without a controller wakes all that could adopt it. */
function orphanSeen({ store }: KubeWorld, pod: Pod): readonly Message[] {
  if (getControllerOf(pod.metadata) !== undefined) return [];
  const { namespace } = pod.metadata;
  const replicaSets = store.select("ReplicaSet", { namespace }).filter(isReplicaSet);
  return selecting(replicaSets, pod).map((one) => keyAdded("replicaSet", keyOf(one)));
}

/** replica_set.go updatePod: a pod that is marked is as good as deleted. */
function podUpdated(world: KubeWorld, before: Pod, after: Pod): readonly Message[] {
  if (after.metadata.deletionTimestamp !== undefined) return podDeleted(world, after);
  const [old, key] = [ownerKey(before, "ReplicaSet"), ownerKey(after, "ReplicaSet")];
  const left = old !== undefined && old !== key ? [keyAdded("replicaSet", old)] : [];
  if (key !== undefined) return [...left, keyAdded("replicaSet", key)];
  const isOther = before.metadata.labels !== after.metadata.labels || left.length > 0;
  return isOther ? [...left, ...orphanSeen(world, after)] : left;
}

/** replica_set.go deletePod; a Deployment that recreates waits for the last pod to go. */
function podDeleted(world: KubeWorld, pod: Pod): readonly Message[] {
  const key = ownerKey(pod, "ReplicaSet");
  if (key === undefined) return [];
  observe(world, key, { type: "deletionObserved", key: keyOf(pod) });
  const replicaSet = world.store.get("ReplicaSet", key);
  const deployment = ownerKey(replicaSet, "Deployment");
  const owner = deployment && world.store.get("Deployment", deployment);
  const recreates = owner && isDeployment(owner) && owner.spec.strategy?.type === "Recreate";
  const woken = recreates === true ? [keyAdded("deployment", keyOf(owner))] : [];
  return [keyAdded("replicaSet", key), ...woken];
}

function observe(world: KubeWorld, key: string, change: ExpectationChange): void {
  const before = world.controllers.recall("expectations", key);
  world.controllers.setExpectations(key, changedExpectations(before, change, 0));
}

function isDeployment(object: KubeObject): object is Deployment {
  return object.kind === "Deployment";
}
