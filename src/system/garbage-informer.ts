import type { KubeObject, OwnerReference } from "../../machines/api/meta.ts";
import { isPod, isNode } from "../../machines/api/objects.ts";
import { isPodPhaseTerminal } from "../../machines/api/pod-status.ts";
import {
  foregroundDeletion,
  hasFinalizer,
  identityOf,
  identityOfOwner,
  orphan,
  startsWith,
} from "../../machines/controllers/garbage-collector/graph-node.ts";
import type { StoreChange } from "../store/change.ts";
import type { Message } from "./composition.ts";
import { dependentsOf, keyOfIdentity, ownerIn } from "./projections/garbage-collector.ts";
import { terminatedPodThreshold, untilGcMs } from "./projections/pod-gc.ts";
import { keyAdded } from "./key-added.ts";
import type { KubeWorld } from "./world.ts";

/** What those who clean up do when they hear of a change. */
export function garbageCollectorsHear(
  world: KubeWorld,
  change: StoreChange,
  now: number,
): readonly Message[] {
  const graph =
    world.controllers.runs("garbageCollector") && change.object.kind !== "Event"
      ? graphChanged(world, change)
      : [];
  const isLeft = world.controllers.runs("podGc") && leavesPods(world, change);
  return isLeft ? [...graph, passOverPods(now)] : graph;
}

function enqueue(key: string): Message {
  return keyAdded("garbageCollector", key);
}

/** graph_builder.go processGraphChanges */
function graphChanged(world: KubeWorld, change: StoreChange): readonly Message[] {
  const { object, previous, type } = change;
  if (type === "DELETED") return deleted(world, object);
  const { metadata } = object;
  const before = previous?.metadata;
  const isOwned = metadata.ownerReferences !== before?.ownerReferences;
  return [
    ...(isOwned ? ownersChanged(world, object, before?.ownerReferences) : []),
    ...(startsWith(orphan, metadata, before) ? [enqueue(keyOfIdentity(identityOf(object)))] : []),
    ...(startsWith(foregroundDeletion, metadata, before) ? foreground(world, object) : []),
  ];
}

/** Owners that are not there are looked for; who waits for it learns that it is let go. */
function ownersChanged(
  { store }: KubeWorld,
  { metadata }: KubeObject,
  before: readonly OwnerReference[] = [],
): readonly Message[] {
  const { ownerReferences = [], namespace = "" } = metadata;
  const missing = ownerReferences.filter((one) => ownerIn(store, one, namespace) === undefined);
  const released = before.flatMap((one) => ownerIn(store, one, namespace) ?? []).filter(isWaiting);
  return [
    ...missing.map((one) => enqueue(keyOfIdentity(identityOfOwner(one, namespace)))),
    ...released.map((one) => enqueue(keyOfIdentity(identityOf(one)))),
  ];
}

function isWaiting({ metadata }: KubeObject): boolean {
  return metadata.deletionTimestamp !== undefined && hasFinalizer(metadata, foregroundDeletion);
}

function foreground({ store }: KubeWorld, object: KubeObject): readonly Message[] {
  const dependents = dependentsOf(store, object.metadata.uid ?? "");
  return [...dependents, object].map((one) => enqueue(keyOfIdentity(identityOf(one))));
}

function deleted({ store }: KubeWorld, { metadata }: KubeObject): readonly Message[] {
  const { ownerReferences = [], namespace = "", uid = "" } = metadata;
  const dependents = uid === "" ? [] : dependentsOf(store, uid);
  const owners = ownerReferences.flatMap((one) => ownerIn(store, one, namespace) ?? []);
  const woken = [...dependents, ...owners.filter(isWaiting)];
  return woken.map((one) => enqueue(keyOfIdentity(identityOf(one))));
}

function passOverPods(now: number): Message {
  return { ...keyAdded("podGc", "pods", untilGcMs(now)), key: "podGc", keepsPending: true };
}

/** Whether a pass over all pods may find one that nobody else deletes. */
function leavesPods({ store }: KubeWorld, change: StoreChange): boolean {
  const { object, previous, type } = change;
  if (isNode(object)) return type === "DELETED" || isOutOfService(object);
  if (!isPod(object) || type === "DELETED") return false;
  const { nodeName } = object.spec;
  const before = previous !== undefined && isPod(previous) ? previous : undefined;
  if (object.metadata.deletionTimestamp !== before?.metadata.deletionTimestamp) {
    const node = nodeName === undefined ? undefined : store.get("Node", nodeName);
    return node === undefined || (isNode(node) && isOutOfService(node));
  }
  if (nodeName !== undefined && nodeName !== before?.spec.nodeName) {
    if (store.get("Node", nodeName) === undefined) return true;
  }
  const isTerminal = isPodPhaseTerminal(object.status?.phase);
  if (!isTerminal || isPodPhaseTerminal(before?.status?.phase)) return false;
  return store.keys("Pod").length > terminatedPodThreshold;
}

function isOutOfService(node: KubeObject): boolean {
  if (!isNode(node)) return false;
  const taints = node.spec?.taints ?? [];
  return taints.some(({ key }) => key === "node.kubernetes.io/out-of-service");
}
