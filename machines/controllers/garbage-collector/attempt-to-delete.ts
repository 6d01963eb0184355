import type { KubeObject, OwnerReference } from "../../api/meta.ts";
import { isNotFound, newAggregate, send, type Sync, type SyncError } from "../sync.ts";
import type { GraphBuilder } from "./graph-builder.ts";
import {
  blockingDependents,
  foregroundDeletion,
  type GraphNode,
  hasFinalizer,
  identityOfOwner,
  identityText,
  orphan,
} from "./graph-node.ts";
import {
  deleteObject,
  patchOwners,
  placeOf,
  removeFinalizer,
  type RestMapper,
  unblocked,
  withoutOwners,
} from "./operations.ts";

/** Forgotten, tried again, or found not to be there at all. */
export type DeleteVerdict = "forget" | "requeue" | "gone";

/** garbagecollector.go attemptToDeleteItem */
export function* attemptToDeleteItem(
  graph: GraphBuilder,
  mapper: RestMapper,
  item: GraphNode,
): Sync<DeleteVerdict> {
  if (item.isBeingDeleted && !item.isDeletingDependents) return "forget";
  const place = placeOf(mapper, item.identity);
  if (place === undefined) return "requeue";
  if (place === "misplaced") return "forget";
  const { object, error } = yield* send({ verb: "get", ...place });
  if (error !== undefined && !isNotFound(error)) return "requeue";
  if (object === undefined || object.metadata.uid !== item.identity.uid) return "gone";
  if (item.isDeletingDependents) {
    return verdictOf(yield* processDeletingDependentsItem(graph, mapper, item));
  }
  const references = object.metadata.ownerReferences ?? [];
  if (references.length === 0) return item.isVirtual ? "requeue" : "forget";
  const classified = yield* classifyReferences(graph, mapper, item, references);
  if (classified === "error") return "requeue";
  if (classified === "misplaced") return "forget";
  const failed = yield* decide(mapper, item, object, classified);
  return item.isVirtual ? "requeue" : verdictOf(failed);
}

function verdictOf(error: SyncError | undefined): DeleteVerdict {
  return error === undefined ? "forget" : "requeue";
}

interface Classified {
  readonly solid: readonly OwnerReference[];
  readonly dangling: readonly OwnerReference[];
  readonly waiting: readonly OwnerReference[];
}

/** Owners that are there, that are not, and that wait for their dependents; classifyReferences. */
function* classifyReferences(
  graph: GraphBuilder,
  mapper: RestMapper,
  item: GraphNode,
  references: readonly OwnerReference[],
): Sync<Classified | "error" | "misplaced"> {
  const solid: OwnerReference[] = [];
  const dangling: OwnerReference[] = [];
  const waiting: OwnerReference[] = [];
  for (const reference of references) {
    const owner = yield* ownerOf(graph, mapper, item, reference);
    if (owner === "error" || owner === "misplaced") return owner;
    if (owner === undefined) dangling.push(reference);
    else if (isWaiting(owner)) waiting.push(reference);
    else solid.push(reference);
  }
  return { solid, dangling, waiting };
}

function isWaiting({ metadata }: KubeObject): boolean {
  return metadata.deletionTimestamp !== undefined && hasFinalizer(metadata, foregroundDeletion);
}

/** Undefined when it dangles; a live read decides, unless an earlier one did. isDangling */
function* ownerOf(
  graph: GraphBuilder,
  mapper: RestMapper,
  { identity }: GraphNode,
  reference: OwnerReference,
): Sync<KubeObject | undefined | "error" | "misplaced"> {
  const near = identityOfOwner(reference, identity.namespace);
  const clusterScoped = identityOfOwner(reference, "");
  if (graph.isAbsent(clusterScoped) || graph.isAbsent(near)) return undefined;
  const mapping = mapper(reference.apiVersion, reference.kind);
  if (mapping === undefined) return "error";
  const { resource, isNamespaced } = mapping;
  if (identity.namespace === "" && isNamespaced) return "misplaced";
  const place = isNamespaced ? { namespace: identity.namespace } : {};
  const { name } = reference;
  const { object, error } = yield* send({ verb: "get", resource, ...place, name });
  if (error !== undefined && !isNotFound(error)) return "error";
  if (object?.metadata.uid === reference.uid) return object;
  graph.addAbsent(isNamespaced ? near : clusterScoped);
  return undefined;
}

function* decide(
  mapper: RestMapper,
  item: GraphNode,
  latest: KubeObject,
  { solid, dangling, waiting }: Classified,
): Sync<SyncError | undefined> {
  if (solid.length > 0) {
    const gone = [...dangling, ...waiting].map(({ uid }) => uid);
    return gone.length === 0 ? undefined : yield* patchOwners(mapper, item, withoutOwners(gone));
  }
  if (waiting.length > 0 && item.dependents.size > 0) {
    const isCycle = [...item.dependents].some((one) => one.isDeletingDependents);
    const failed = isCycle ? yield* patchOwners(mapper, item, unblocked(item)) : undefined;
    return failed ?? (yield* deleteObject(mapper, item.identity, latest, "Foreground"));
  }
  return yield* deleteObject(mapper, item.identity, latest, policyOf(latest));
}

function policyOf({ metadata }: KubeObject): string {
  if (hasFinalizer(metadata, orphan)) return "Orphan";
  return hasFinalizer(metadata, foregroundDeletion) ? "Foreground" : "Background";
}

/** Its finalizer goes when nothing holds it back; processDeletingDependentsItem. */
function* processDeletingDependentsItem(
  graph: GraphBuilder,
  mapper: RestMapper,
  item: GraphNode,
): Sync<SyncError | undefined> {
  const blocking = blockingDependents(item);
  if (blocking.length === 0) return yield* removeFinalizer(mapper, item, foregroundDeletion);
  for (const dependent of blocking) {
    if (!dependent.isDeletingDependents) graph.attemptToDelete.add(dependent);
  }
  return undefined;
}

/** garbagecollector.go attemptToOrphanWorker */
export function* attemptToOrphan(mapper: RestMapper, owner: GraphNode): Sync<DeleteVerdict> {
  const errors: SyncError[] = [];
  for (const dependent of owner.dependents) {
    const error = yield* patchOwners(mapper, dependent, withoutOwners([owner.identity.uid]));
    if (error === undefined || isNotFound(error)) continue;
    const what = identityText(dependent.identity);
    errors.push({ message: `orphaning ${what} failed, ${error.message}` });
  }
  if (newAggregate(errors) !== undefined) return "requeue";
  return verdictOf(yield* removeFinalizer(mapper, owner, orphan));
}
