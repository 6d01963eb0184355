import type { KubeObject } from "../../api/meta.ts";
import { semanticDeepEqual } from "../../apiserver/spec-equality.ts";
import { type ApiRequest, isNotFound, send, type Sync, type SyncError } from "../sync.ts";
import type { GraphNode, ObjectIdentity } from "./graph-node.ts";

/** Where a kind's objects are; undefined for a kind that nobody knows. */
export type RestMapper = (
  apiVersion: string,
  kind: string,
) => { readonly resource: string; readonly isNamespaced: boolean } | undefined;

/** What a strategic patch says to take references away. */
export function withoutOwners(uids: readonly string[]) {
  return { ownerReferences: uids.map((uid) => ({ $patch: "delete", uid })) };
}

/** unblockOwnerReferencesStrategicMergePatch */
export function unblocked({ owners }: GraphNode) {
  const blocking = owners.filter(({ blockOwnerDeletion }) => blockOwnerDeletion === true);
  return { ownerReferences: blocking.map((one) => ({ ...one, blockOwnerDeletion: false })) };
}

export function* patchOwners(
  mapper: RestMapper,
  { identity }: GraphNode,
  metadata: object,
): Sync<SyncError | undefined> {
  const place = placeOf(mapper, identity);
  if (place === undefined || place === "misplaced") return unknownKind(identity);
  const patch = { metadata: { ...metadata, uid: identity.uid } };
  const patchType = "application/strategic-merge-patch+json";
  return (yield* send({ verb: "patch", ...place, patch, patchType })).error;
}

/** A conflict is tried again as long as nothing that matters has changed; operations.go. */
export function* deleteObject(
  mapper: RestMapper,
  identity: ObjectIdentity,
  latest: KubeObject,
  propagationPolicy: string,
): Sync<SyncError | undefined> {
  const place = placeOf(mapper, identity);
  if (place === undefined || place === "misplaced") return unknownKind(identity);
  const { uid } = identity;
  const { resourceVersion, ownerReferences } = latest.metadata;
  const preconditions = { uid, ...(resourceVersion !== undefined && { resourceVersion }) };
  const options = { preconditions, propagationPolicy };
  const { error } = yield* send({ verb: "delete", ...place, options });
  if (error?.reason !== "Conflict" || resourceVersion === undefined) return error;
  const live = yield* send({ verb: "get", ...place });
  if (isNotFound(live.error)) return undefined;
  const metadata = live.object?.metadata;
  const isSame =
    metadata?.uid === uid &&
    metadata.resourceVersion !== resourceVersion &&
    semanticDeepEqual(metadata.ownerReferences, ownerReferences);
  if (!isSame) return error;
  const again = { preconditions: { uid }, propagationPolicy };
  return (yield* send({ verb: "delete", ...place, options: again })).error;
}

/** operations.go removeFinalizer, with its tries after a conflict. */
export function* removeFinalizer(
  mapper: RestMapper,
  { identity }: GraphNode,
  finalizer: string,
): Sync<SyncError | undefined> {
  const place = placeOf(mapper, identity);
  if (place === undefined || place === "misplaced") return unknownKind(identity);
  let failed: SyncError | undefined;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const { object, error } = yield* send({ verb: "get", ...place });
    if (isNotFound(error)) return undefined;
    if (error !== undefined || object === undefined) return error;
    const { resourceVersion, finalizers = [] } = object.metadata;
    if (!finalizers.includes(finalizer)) return undefined;
    const left = finalizers.filter((one) => one !== finalizer);
    const metadata = { resourceVersion, finalizers: left.length > 0 ? left : null };
    const patchType = "application/merge-patch+json";
    failed = (yield* send({ verb: "patch", ...place, patch: { metadata }, patchType })).error;
    if (failed?.reason !== "Conflict") return failed;
  }
  return failed;
}

/** retry.DefaultBackoff */
const maxAttempts = 4;

/** Undefined for a kind that nobody knows; an object without its namespace is misplaced. */
export function placeOf(
  mapper: RestMapper,
  { apiVersion, kind, namespace, name }: ObjectIdentity,
): Pick<ApiRequest, "resource" | "namespace" | "name"> | "misplaced" | undefined {
  const mapping = mapper(apiVersion, kind);
  if (mapping === undefined) return undefined;
  const { resource, isNamespaced } = mapping;
  if (isNamespaced && namespace === "") return "misplaced";
  return { resource, name, ...(isNamespaced && { namespace }) };
}

function unknownKind({ kind, apiVersion }: ObjectIdentity): SyncError {
  return { message: `unable to get REST mapping for ${apiVersion}/${kind}.` };
}
