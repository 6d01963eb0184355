import type { KubeObject } from "../../../machines/api/meta.ts";
import { isPod } from "../../../machines/api/objects.ts";
import { formatTime, parseTime } from "../../../machines/api/time.ts";
import {
  type ApiStatus,
  newConflictOfKind,
  newForbidden,
} from "../../../machines/apiserver/api-status.ts";
import { systemPriorityClasses } from "../../../machines/apiserver/admission-priority.ts";
import { isDefinition, markedDefinition } from "../../../machines/apiserver/custom-resources.ts";
import { beforeDelete } from "../../../machines/apiserver/deletion.ts";
import { finalizersOnDelete } from "../../../machines/apiserver/finalizers.ts";
import { type Fields, isFields } from "../../../machines/apiserver/patch-value.ts";
import { keyOf, storedKind } from "../../store/store.ts";
import { reviewedDeletion } from "./admission.ts";
import {
  type Answered,
  type ApiAnswer,
  type ApiCall,
  type ApiContext,
  type CallOptions,
  refuse,
  storeKindOf,
} from "./call.ts";
import { known, notFound, wantedBy } from "./read.ts";

/**
 * DELETE of one object: it goes at once, or is marked and waits for its kubelet or for those who
 * have put finalizers on it. apiserver/pkg/registry/generic/registry/store.go Delete
 */
export function remove(context: ApiContext, call: ApiCall): ApiAnswer {
  const forbidden = mayNotGo(call);
  if (forbidden !== undefined) return refuse(forbidden, "admission");
  const object = known(context, call);
  if (object === undefined) return refuse(notFound(call), "persistence");
  const refused = preconditionRefusal(object, call.options);
  if (refused !== undefined) return refuse(refused, "persistence");
  const asked = reviewedDeletion(context, call, object);
  if ("refused" in asked) return asked;
  return { ...removed(context, call, object), warnings: asked.warnings };
}

function removed(context: ApiContext, call: ApiCall, object: KubeObject): Answered {
  const marked = markedObject(context, call, object);
  const change = changeOf(object, marked);
  if (marked === undefined || change === "nothing") return { code: 200, object, change };
  if (call.options?.dryRun === true) return { code: 200, object: marked.object, change };
  if (change === "marked") return { code: 200, object: context.store.put(marked.object), change };
  if (marked.object !== object && isPod(object)) context.store.put(marked.object);
  context.store.delete(storedKind(object), keyOf(object));
  return { code: 200, object: marked.object, change };
}

/** DELETE of all that the selectors mean, one after the other. */
export function removeAll(context: ApiContext, call: ApiCall): ApiAnswer {
  const wanted = wantedBy(call);
  if ("code" in wanted) return refuse(wanted, "dispatch");
  const found = context.store.select(storeKindOf(call.resource), wanted).filter(wanted.matches);
  for (const { metadata } of found) {
    const { name, namespace } = metadata;
    const answer = remove(context, { ...call, verb: "delete", name, namespace });
    if ("refused" in answer && answer.refused.code !== 404) return answer;
  }
  const { kind } = call.resource;
  const object = { kind: `${kind}List`, apiVersion: "v1", metadata: {}, items: found };
  return { code: 200, object, change: found.length > 0 ? "removed" : "nothing" };
}

interface Marked {
  readonly object: KubeObject;
  /** For the one who has to end what it stands for. */
  readonly waits: boolean;
}

/** As the object is after the request; undefined where there is nothing to be done. */
function markedObject(
  { nowMs }: ApiContext,
  { resource, options = {} }: ApiCall,
  object: KubeObject,
): Marked | undefined {
  const finalizers = finalizersOnDelete(object.metadata, resource, options.propagationPolicy);
  const held = withFinalizers(object, finalizers);
  if (object.kind === "Namespace" && !isEmptied(object)) {
    return { object: terminating(held, nowMs), waits: true };
  }
  if (isDefinition(held) && held.metadata.deletionTimestamp === undefined) {
    return { object: markedDefinition(held, nowMs), waits: true };
  }
  if (!isPod(held)) {
    return { object: finalizers.length > 0 ? deleting(held, nowMs) : held, waits: false };
  }
  const { mark, removes } = beforeDelete(held, options.gracePeriodSeconds ?? null, nowMs);
  if (mark === undefined) return isPending(object) ? undefined : { object: held, waits: !removes };
  const { generation = 1 } = held.metadata;
  const metadata = {
    ...held.metadata,
    generation: mark.isFirst ? generation + 1 : generation,
    deletionTimestamp: formatTime(mark.deletionMs),
    deletionGracePeriodSeconds: mark.graceSeconds,
  };
  return { object: { ...held, metadata }, waits: !removes };
}

/** Its kubelet has been told, and has not answered yet. */
function isPending({ metadata: { deletionGracePeriodSeconds = 0 } }: KubeObject): boolean {
  return deletionGracePeriodSeconds > 0;
}

/** What nothing holds any more goes. */
function changeOf(object: KubeObject, marked: Marked | undefined) {
  if (marked === undefined) return "nothing";
  const { finalizers = [] } = marked.object.metadata;
  if (!marked.waits && finalizers.length === 0) return "removed";
  return marked.object === object ? "nothing" : "marked";
}

function withFinalizers(object: KubeObject, finalizers: readonly string[]): KubeObject {
  const { finalizers: before = [], ...others } = object.metadata;
  if (before.length === finalizers.length && before.every((one) => finalizers.includes(one))) {
    return object;
  }
  const metadata = finalizers.length > 0 ? { ...others, finalizers } : others;
  return { ...object, metadata };
}

/** registry/store.go markAsDeleting */
function deleting(object: KubeObject, nowMs: number): KubeObject {
  const { deletionTimestamp, deletionGracePeriodSeconds, generation } = object.metadata;
  const isMarked = deletionTimestamp !== undefined && parseTime(deletionTimestamp) <= nowMs;
  if (isMarked && deletionGracePeriodSeconds === 0) return object;
  const isFirst = deletionTimestamp === undefined && generation !== undefined;
  const metadata = {
    ...object.metadata,
    ...(isFirst && { generation: generation + 1 }),
    deletionTimestamp: isMarked ? deletionTimestamp : formatTime(nowMs),
    deletionGracePeriodSeconds: 0,
  };
  return { ...object, metadata };
}

/** pkg/registry/core/namespace/storage/storage.go Delete */
function terminating(object: KubeObject, nowMs: number): KubeObject {
  if (object.metadata.deletionTimestamp !== undefined) return object;
  const metadata = { ...object.metadata, deletionTimestamp: formatTime(nowMs) };
  const status = { ...partOf(object, "status"), phase: "Terminating" };
  const marked: KubeObject & { readonly status: object } = { ...object, metadata, status };
  return marked;
}

/** Who had to empty a namespace has said that it is. */
export function isEmptied(namespace: KubeObject): boolean {
  const { finalizers } = partOf(namespace, "spec");
  const isEmpty = !Array.isArray(finalizers) || finalizers.length === 0;
  return isEmpty && namespace.metadata.deletionTimestamp !== undefined;
}

function partOf(object: KubeObject, part: "spec" | "status"): Fields {
  const fields: Fields = { ...object };
  const value = fields[part];
  return isFields(value) ? value : {};
}

/** What the cluster cannot do without, whether it is there or not. */
function mayNotGo({ resource: { kind }, name = "" }: ApiCall): ApiStatus | undefined {
  if (kind === "Namespace" && immortal.includes(name)) {
    return newForbidden(kind, name, "this namespace may not be deleted");
  }
  const isSystem = systemPriorityClasses.some(({ metadata }) => metadata.name === name);
  if (kind !== "PriorityClass" || !isSystem) return undefined;
  return newForbidden(kind, name, "this is a system priority class and cannot be deleted");
}

const immortal = ["default", "kube-system", "kube-public"];

/** registry/rest/delete.go BeforeDelete */
function preconditionRefusal(
  { kind, metadata }: KubeObject,
  { preconditions }: CallOptions = {},
): ApiStatus | undefined {
  const { uid, resourceVersion } = preconditions ?? {};
  const { name, uid: ownUid = "", resourceVersion: ownVersion = "" } = metadata;
  if (uid !== undefined && uid !== ownUid) {
    const why = `the UID in the precondition (${uid}) does not match the UID in record (${ownUid})`;
    return newConflictOfKind(
      kind,
      name,
      `${why}. The object might have been deleted and then recreated`,
    );
  }
  if (resourceVersion === undefined || resourceVersion === ownVersion) return undefined;
  const versions = `(${resourceVersion}) does not match the ResourceVersion in record (${ownVersion})`;
  const why = `the ResourceVersion in the precondition ${versions}`;
  return newConflictOfKind(kind, name, `${why}. The object might have been modified`);
}
