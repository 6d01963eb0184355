import { generateName, generateUid } from "../../../machines/api/generated-names.ts";
import { type AnyObject, isKind } from "../../../machines/api/objects.ts";
import { formatTime } from "../../../machines/api/time.ts";
import {
  type ApiStatus,
  invalidStatus,
  newAlreadyExists,
  newInternalError,
} from "../../../machines/apiserver/api-status.ts";
import { beforeCreate, setObjectDefaults } from "../../../machines/apiserver/create.ts";
import { prepareNew } from "../../../machines/apiserver/strategy.ts";
import { admitted, approved } from "./admission.ts";
import {
  type Answered,
  type ApiAnswer,
  type ApiCall,
  type ApiContext,
  refuse,
  storeKindOf,
} from "./call.ts";
import { escalationRefusal } from "./escalation.ts";
import { schemaErrors } from "./custom.ts";
import { allocated, isRefused } from "./services.ts";
import { decodeObject, isStored } from "./decode.ts";

/**
 * POST: decode, default, admit, name, prepare, validate, admit again, write.
 * apiserver/pkg/endpoints/handlers/create.go, registry/generic/registry/store.go Create
 */
export function create(context: ApiContext, call: ApiCall): ApiAnswer {
  const decoded = decodeObject(call);
  if ("code" in decoded) return refuse(decoded, "dispatch");
  const bare = setObjectDefaults(withoutSystemFields(decoded));
  const creating = { ...call, verb: "create" } as const;
  if (call.resource.custom?.isTerminating === true)
    return refuse(forbiddenWhileTerminating(call, bare), "admission");
  const made = admitted(context, creating, bare);
  if ("refused" in made) return made;
  const { object, changes: admission } = made;
  const escalates = escalationRefusal(context, call, object, undefined);
  if (escalates !== undefined) return refuse(escalates, "escalation");
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const answer = createNamed(context, creating, withSystemFields(context, object, attempt));
    if (isNameTaken(answer) && !object.metadata?.name) continue;
    if ("refused" in answer) {
      if (context.trial === undefined) nameUsed(context, object);
      return answer;
    }
    return { ...answer, admission, warnings: [...made.warnings, ...(answer.warnings ?? [])] };
  }
  return refuse(noUniqueName(call, object), "persistence");
}

/** apiextensions-apiserver/pkg/apiserver/customresource_handler.go forbidCreateAdmission */
function forbiddenWhileTerminating(
  { resource: { group, resource } }: ApiCall,
  { metadata: { name = "" } = {} }: AnyObject,
): ApiStatus {
  const why = "create not allowed while custom resource definition is terminating";
  const message = `${resource}.${group} ${JSON.stringify(name)} is forbidden: ${why}`;
  return { code: 403, reason: "Forbidden", message, details: { name, group, kind: resource } };
}

/** registry/generic/registry/store.go maxNameGenerationCreateAttempts */
const mostAttempts = 8;

function createNamed(context: ApiContext, call: ApiCall, named: AnyObject): ApiAnswer {
  const { resource } = call;
  const whole = allocated(context, named);
  if (isRefused(whole)) return refuse(invalidStatus(named, whole), "validation");
  const { object: made, errors: own, warnings } = beforeCreate(whole);
  const errors = [...own, ...schemaErrors(made, resource)];
  if (errors.length > 0) return refuse(invalidStatus(made, errors), "validation");
  const object = withUid(prepareNew(made, resource), named);
  if (!isStored(object))
    return refuse(newInternalError("an object without a name is valid"), "validation");
  const validated = approved(context, call, object, undefined);
  if ("refused" in validated) return validated;
  const { name, namespace } = object.metadata;
  const key = resource.isNamespaced ? `${namespace}/${name}` : name;
  const before = context.store.get(storeKindOf(resource), key);
  if (before !== undefined) {
    const status = newAlreadyExists(resource, name);
    if (before.metadata.deletionTimestamp === undefined) return refuse(status, "persistence");
    const message = `object is being deleted: ${status.message}`;
    return refuse({ ...status, message }, "persistence");
  }
  const warned = [...warnings, ...validated.warnings];
  const answer: Answered = { code: 201, object, change: "created", warnings: warned };
  if (call.options?.dryRun === true) return answer;
  for (const quota of validated.charged) context.store.put(quota);
  const done = context.completed?.(context.store, object) ?? object;
  nameUsed(context, object);
  return { ...answer, object: context.store.put(done) };
}

/** Who asks again after a refusal gets another name. */
function nameUsed({ names }: ApiContext, { metadata = {} }: Pick<AnyObject, "metadata">): void {
  const { generateName: base = "" } = metadata;
  if (base !== "") names.set(base, names.of(base) + 1);
}

/** Nobody says of a new object what the server knows. registry/rest WipeObjectMetaSystemFields */
function withoutSystemFields(object: AnyObject): AnyObject {
  const { deletionTimestamp: _, deletionGracePeriodSeconds: __, ...others } = object.metadata ?? {};
  const { resourceVersion: ___, creationTimestamp: ____, uid: _____, ...metadata } = others;
  return { ...object, metadata };
}

function withSystemFields(
  { store, names, nowMs }: ApiContext,
  object: AnyObject,
  attempt: number,
): AnyObject {
  const { kind = "", metadata = {} } = object;
  const { name: given, generateName: base = "", namespace = "" } = metadata;
  const made = base === "" ? undefined : generateName(base, names.of(base) + attempt);
  const name = given || made;
  const uid = generateUid(kind, namespace, name ?? "", nowMs, store.revision);
  const times = { uid, creationTimestamp: formatTime(nowMs) };
  return { ...object, metadata: { ...metadata, ...(name !== undefined && { name }), ...times } };
}

/** A kind's own strategy may leave them out. */
function withUid(object: AnyObject, { metadata: named }: AnyObject): AnyObject {
  const { uid, creationTimestamp } = named ?? {};
  const metadata = {
    ...object.metadata,
    ...(uid && { uid }),
    ...(creationTimestamp && { creationTimestamp }),
  };
  return isKind(object, "Pod") ? { ...object, metadata } : { ...object, metadata };
}

function isNameTaken(answer: ApiAnswer): boolean {
  return "refused" in answer && answer.refused.reason === "AlreadyExists";
}

function noUniqueName({ resource }: ApiCall, { metadata = {} }: AnyObject): ApiStatus {
  const status = newAlreadyExists(resource, metadata.generateName ?? "");
  const why = "the server was not able to generate a unique name for the object";
  return { ...status, message: `${status.message}, ${why}` };
}
