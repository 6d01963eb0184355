import type { KubeObject } from "../../../machines/api/meta.ts";
import { resourceOfKind } from "../../../machines/apiserver/api-resources.ts";
import {
  attemptToDeleteItem,
  attemptToOrphan,
} from "../../../machines/controllers/garbage-collector/attempt-to-delete.ts";
import type { GarbageCollectorStep } from "../../../machines/controllers/garbage-collector/garbage-collector.machine.ts";
import { GraphBuilder } from "../../../machines/controllers/garbage-collector/graph-builder.ts";
import type { ObjectIdentity } from "../../../machines/controllers/garbage-collector/graph-node.ts";
import type { RestMapper } from "../../../machines/controllers/garbage-collector/operations.ts";
import { apiVersionOf } from "../api/call.ts";
import type { Emission, Receiver } from "../composition.ts";
import type { Caches, SyncUnderWay } from "../controllers-side.ts";
import type { KubeWorld } from "../world.ts";
import type { ControllerSync } from "./sync-ended.ts";

type GarbageCaches = Extract<Caches, { controller: "garbageCollector" }>;

/** `apps/v1 ReplicaSet default/web uid`: the key of an object, be it there or not. */
export function keyOfIdentity({ apiVersion, kind, namespace, name, uid }: ObjectIdentity): string {
  return `${apiVersion} ${kind} ${namespace}/${name} ${uid}`;
}

function identityIn(key: string): ObjectIdentity {
  const [apiVersion = "", kind = "", path = "", uid = ""] = key.split(" ");
  const slash = path.indexOf("/");
  const [namespace, name] = [path.slice(0, slash), path.slice(slash + 1)];
  return { apiVersion, kind, namespace, name, uid };
}

/** What the graph holds of an object: itself, its owners and its dependents. */
export function seenGarbage({ store }: KubeWorld, key: string): GarbageCaches {
  const identity = identityIn(key);
  const { kind, namespace, name, uid } = identity;
  const found = store.get(kind, namespace === "" ? name : `${namespace}/${name}`);
  const object = found?.metadata.uid === uid ? found : undefined;
  const owners = (object?.metadata.ownerReferences ?? []).flatMap((owner) => {
    return ownerIn(store, owner, namespace) ?? [];
  });
  return {
    controller: "garbageCollector",
    identity,
    objects: [...owners, ...(object === undefined ? [] : [object]), ...dependentsOf(store, uid)],
  };
}

/** An owner is in the dependent's namespace, or in none. */
export function ownerIn(
  store: Pick<KubeWorld["store"], "get">,
  { kind, name, uid }: { readonly kind: string; readonly name: string; readonly uid: string },
  namespace: string,
): KubeObject | undefined {
  const isNamespaced = resourceOfKind(kind)?.isNamespaced ?? true;
  const owner = store.get(kind, isNamespaced ? `${namespace}/${name}` : name);
  return owner?.metadata.uid === uid ? owner : undefined;
}

export function dependentsOf(
  store: Pick<KubeWorld["store"], "kindNames" | "select">,
  uid: string,
): readonly KubeObject[] {
  const kinds = store.kindNames().filter((kind) => kind !== "Event");
  return kinds.flatMap((kind) => store.select(kind, { owner: uid }));
}

const mapper: RestMapper = (apiVersion, kind) => {
  const resource = resourceOfKind(kind);
  return resource !== undefined && apiVersionOf(resource) === apiVersion ? resource : undefined;
};

export function* syncOfGarbage({ identity, objects }: GarbageCaches): ControllerSync {
  const graph = new GraphBuilder();
  for (const object of objects) graph.process({ type: "added", object });
  const item = graph.node(identity.uid);
  if (item === undefined) return {};
  const orphans = graph.attemptToOrphan.has(item);
  graph.attemptToDelete.clear();
  const verdict = orphans
    ? yield* attemptToOrphan(mapper, item)
    : yield* attemptToDeleteItem(graph, mapper, item);
  if (verdict === "gone") {
    const { apiVersion, kind, ...metadata } = item.identity;
    graph.process({ type: "deleted", object: { apiVersion, kind, metadata }, isVirtual: true });
  }
  const woken = [...graph.attemptToDelete].filter((one) => one !== item);
  return {
    ...(verdict === "requeue" && { error: "" }),
    woken: woken.map((one) => keyOfIdentity(one.identity)),
  };
}

/** The queues of the objects that an attempt has found something about. */
export function wokenByGarbage(world: KubeWorld, { from }: Emission): readonly Receiver[] {
  const sync = world.controllers.recall("sync", `garbageCollector/${from.subject.object ?? ""}`);
  return (sync?.end?.woken ?? []).map((object) => {
    return { machine: "reconcileLoop", subject: { object, part: "garbageCollector" } };
  });
}

/** What an attempt does next, in the words of its chart. */
export function garbageCollectorStep({ asks, end = {} }: SyncUnderWay): GarbageCollectorStep {
  const [request] = asks;
  if (request === undefined) return end.error === undefined ? "succeeded" : "failed";
  if (request.verb === "get") return "read";
  if (request.verb === "delete") return "delete";
  const { metadata } = { metadata: {}, ...request.patch };
  return "finalizers" in Object(metadata) ? "finalizer" : "owners";
}
