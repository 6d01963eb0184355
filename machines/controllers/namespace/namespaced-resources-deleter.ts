import { isWhole } from "../../api/objects.ts";
import type { Namespace } from "../../api/policy-objects.ts";
import {
  type ApiRequest,
  isNotFound,
  newAggregate,
  send,
  type Sync,
  type SyncError,
} from "../sync.ts";
import {
  type Content,
  deleteContent,
  type GroupVersionResource,
  podsResource,
} from "./delete-content.ts";
import { type NamespaceRemains, updateConditions } from "./namespace-conditions.ts";

export interface NamespaceView {
  readonly name: string;
  /** All that can be deleted in namespaces; pods come first wherever they stand. */
  readonly resources: readonly GroupVersionResource[];
  readonly nowMs: number;
}

/** How it ended: what went wrong, or how long what is left may take. ResourcesRemainingError */
export interface NamespaceDeletion {
  readonly error?: SyncError;
  readonly estimateSeconds?: number;
}

/** namespaced_resources_deleter.go Delete */
export function* deleteNamespace(view: NamespaceView): Sync<NamespaceDeletion> {
  const { object, error } = yield* send(whole(view.name, "get"));
  if (isNotFound(error)) return {};
  if (!isWhole(object, "Namespace")) return error === undefined ? {} : { error };
  if (object.metadata.deletionTimestamp === undefined) return {};
  const marked = yield* retryOnConflict(object, updateNamespaceStatus);
  if ("error" in marked) return isNotFound(marked.error) ? {} : marked;
  const { namespace } = marked;
  const isFinalized = (namespace.spec?.finalizers ?? []).length === 0;
  if (namespace.metadata.deletionTimestamp === undefined || isFinalized) return {};
  const { errors, estimateSeconds } = yield* deleteAllContent(namespace, view);
  const failed = newAggregate(errors);
  if (failed !== undefined) return { error: failed };
  if (estimateSeconds > 0) return { estimateSeconds };
  const finalized = yield* retryOnConflict(namespace, finalizeNamespace);
  return "error" in finalized && !isNotFound(finalized.error) ? finalized : {};
}

type Written = { readonly namespace: Namespace } | { readonly error: SyncError };
type Write = (namespace: Namespace) => ApiRequest | undefined;

/** Another one's write is read, unless the name is meanwhile another namespace's. */
function* retryOnConflict(namespace: Namespace, write: Write): Sync<Written> {
  let latest = namespace;
  let failed: SyncError = { message: "" };
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const request = write(latest);
    if (request === undefined) return { namespace: latest };
    const { object, error } = yield* send(request);
    if (error === undefined) return { namespace: isWhole(object, "Namespace") ? object : latest };
    if (error.reason !== "Conflict") return { error };
    failed = error;
    const read = yield* send(whole(latest.metadata.name, "get"));
    if (read.error !== undefined) return { error: read.error };
    if (!isWhole(read.object, "Namespace")) return { namespace: latest };
    if (read.object.metadata.uid !== latest.metadata.uid) {
      return { error: { message: "namespace uid has changed across retries" } };
    }
    latest = read.object;
  }
  return { error: failed };
}

/** Kubernetes tries for ever; here the key comes back behind the rate limiter. */
const maxAttempts = 10;

function whole(name: string, verb: "get" | "update"): ApiRequest {
  return { verb, resource: "namespaces", name };
}

function updateNamespaceStatus(namespace: Namespace): ApiRequest | undefined {
  const { metadata, status } = namespace;
  if (metadata.deletionTimestamp === undefined || status?.phase === "Terminating") return undefined;
  return statusUpdate({ ...namespace, status: { ...status, phase: "Terminating" } });
}

function statusUpdate(object: Namespace): ApiRequest {
  return { ...whole(object.metadata.name, "update"), subresource: "status", object };
}

function finalizeNamespace(namespace: Namespace): ApiRequest {
  const { apiVersion, kind, metadata, spec } = namespace;
  const left = (spec?.finalizers ?? []).filter((one) => one !== "kubernetes").toSorted();
  const object = { apiVersion, kind, metadata, spec: { ...spec, finalizers: left } };
  return { ...whole(metadata.name, "update"), subresource: "finalize", object };
}

interface Emptied {
  readonly errors: readonly SyncError[];
  readonly estimateSeconds: number;
}

/** Pods first: what else there is may be needed to end them. OrderedNamespaceDeletion */
function* deleteAllContent(namespace: Namespace, view: NamespaceView): Sync<Emptied> {
  const { name, nowMs } = view;
  const { items, errors, estimateSeconds } = yield* deleteContent(namespace, podsResource, nowMs);
  const ofPods = errors.map(({ message }) => {
    return { message: `failed to delete pods for namespace: ${name}, err: ${message}` };
  });
  if (items.length > 0) {
    yield* report(namespace, { errors: errors.map(({ message }) => message) }, nowMs);
    return { errors: ofPods, estimateSeconds };
  }
  const found: Left[] = [{ items, errors, estimateSeconds, of: podsResource }];
  for (const of of view.resources) {
    if (of.group === "" && of.resource === podsResource.resource) continue;
    found.push({ ...(yield* deleteContent(namespace, of, nowMs)), of });
  }
  yield* report(namespace, remainsOf(found), nowMs);
  return {
    errors: [...ofPods, ...found.slice(1).flatMap((one) => one.errors)],
    estimateSeconds: Math.max(...found.map((one) => one.estimateSeconds)),
  };
}

interface Left extends Content {
  readonly of: GroupVersionResource;
}

function remainsOf(found: readonly Left[]): NamespaceRemains {
  const resources = new Map<string, number>();
  const finalizers = new Map<string, number>();
  for (const { items, of } of found) {
    if (items.length > 0) resources.set(`${of.resource}.${of.group}`, items.length);
    for (const one of items.flatMap(({ metadata }) => metadata.finalizers ?? [])) {
      finalizers.set(one, (finalizers.get(one) ?? 0) + 1);
    }
  }
  const errors = found.flatMap((one) => one.errors.map(({ message }) => message));
  return { resources, finalizers, errors };
}

/** What fails is told to nobody: the next sync tries again. */
function* report(namespace: Namespace, remains: NamespaceRemains, nowMs: number): Sync<void> {
  const { conditions = [] } = namespace.status ?? {};
  const updated = updateConditions(conditions, remains, nowMs);
  if (updated === conditions) return;
  yield* send(statusUpdate({ ...namespace, status: { ...namespace.status, conditions: updated } }));
}
