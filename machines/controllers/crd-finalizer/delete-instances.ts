import type { CustomResourceDefinition } from "../../api/extension-objects.ts";
import type { KubeObject } from "../../api/meta.ts";
import {
  isDefinition,
  setDefinitionCondition,
  terminating,
} from "../../apiserver/custom-resources.ts";
import { customResourceCleanup } from "../../apiserver/finalizers.ts";
import {
  type ApiRequest,
  isNotFound,
  itemsOf,
  newAggregate,
  send,
  type Sync,
  type SyncError,
} from "../sync.ts";

/** How a clean-up ended; objects that are held are looked at again. */
export interface CleanUp {
  readonly error?: SyncError;
  readonly requeueAfterMs?: number;
}

/** crd_finalizer.go sync */
export function* finalizeDefinition(
  definition: CustomResourceDefinition,
  nowMs: number,
): Sync<CleanUp> {
  const { deletionTimestamp, finalizers = [] } = definition.metadata;
  if (deletionTimestamp === undefined || !finalizers.includes(customResourceCleanup)) return {};
  const { reason, message } = inProgress;
  const begun = setDefinitionCondition(definition, terminating("True", reason, message), nowMs);
  const { object, error } = yield* send(statusUpdate(begun));
  if (isOvertaken(error)) return {};
  if (error !== undefined) return { error };
  const current = object !== undefined && isDefinition(object) ? object : begun;
  return yield* cleanUp(current, nowMs);
}

const inProgress = {
  reason: "InstanceDeletionInProgress",
  message: "CustomResource deletion is in progress",
};

function* cleanUp(definition: CustomResourceDefinition, nowMs: number): Sync<CleanUp> {
  const left = yield* deleteInstances(definition);
  if ("error" in left) {
    const condition = terminating("True", "InstanceDeletionFailed", left.message);
    yield* send(statusUpdate(setDefinitionCondition(definition, condition, nowMs)));
    return { error: left.error };
  }
  if (left.count > 0) return { requeueAfterMs: pollMs };
  const done = terminating("False", "InstanceDeletionCompleted", "removed all instances");
  const { error } = yield* send(
    statusUpdate(withoutFinalizer(setDefinitionCondition(definition, done, nowMs))),
  );
  return error === undefined || isOvertaken(error) ? {} : { error };
}

/** deleteInstances looks whether all are gone. */
const pollMs = 5_000;

type Left = { readonly count: number } | { readonly error: SyncError; readonly message: string };

/** crd_finalizer.go deleteInstances */
function* deleteInstances({ spec }: CustomResourceDefinition): Sync<Left> {
  const place = { resource: spec.names.plural, group: spec.group };
  const listed = yield* send({ verb: "list", ...place });
  if (listed.error !== undefined) {
    return { error: listed.error, message: `could not list instances: ${listed.error.message}` };
  }
  const namespaces = new Set(itemsOf(listed).map(namespaceOf));
  const errors: SyncError[] = [];
  for (const namespace of namespaces) {
    const within = namespace === undefined ? {} : { namespace };
    const { error } = yield* send({ verb: "deletecollection", ...place, ...within });
    if (error !== undefined) errors.push(error);
  }
  const failed = newAggregate(errors);
  if (failed !== undefined) {
    return { error: failed, message: `could not issue all deletes: ${failed.message}` };
  }
  if (namespaces.size === 0) return { count: 0 };
  return { count: itemsOf(yield* send({ verb: "list", ...place })).length };
}

function namespaceOf({ metadata }: KubeObject): string | undefined {
  return metadata.namespace;
}

/** Gone or changed meanwhile: the next change tells. */
function isOvertaken(error: SyncError | undefined): boolean {
  return isNotFound(error) || error?.reason === "Conflict";
}

function statusUpdate(object: CustomResourceDefinition): ApiRequest {
  const { name } = object.metadata;
  return {
    verb: "update",
    resource: "customresourcedefinitions",
    name,
    subresource: "status",
    object,
  };
}

function withoutFinalizer(definition: CustomResourceDefinition): CustomResourceDefinition {
  const { finalizers = [], ...metadata } = definition.metadata;
  const left = finalizers.filter((one) => one !== customResourceCleanup);
  return { ...definition, metadata: { ...metadata, finalizers: left } };
}
