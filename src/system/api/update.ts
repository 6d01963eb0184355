import { goJson } from "../../../machines/api/go-json.ts";
import type { KubeObject } from "../../../machines/api/meta.ts";
import { type AnyObject, isKind, isPod } from "../../../machines/api/objects.ts";
import {
  type ApiStatus,
  invalidStatus,
  newBadRequest,
  newConflict,
  newModified,
  unprocessable,
} from "../../../machines/apiserver/api-status.ts";
import { setObjectDefaults } from "../../../machines/apiserver/create.ts";
import { conflictStatus } from "../../../machines/apiserver/field-conflicts.ts";
import { type FieldError, invalid } from "../../../machines/apiserver/field-error.ts";
import { applyManaged, updateManaged } from "../../../machines/apiserver/field-manager.ts";
import { patchObject } from "../../../machines/apiserver/patch.ts";
import { type Fields, isFields } from "../../../machines/apiserver/patch-value.ts";
import { restoreRefusal } from "../../../machines/apiserver/restore-refusal.ts";
import { foldStringData } from "../../../machines/apiserver/prepare-objects.ts";
import { storageError } from "../../../machines/apiserver/storage-error.ts";
import { prepareChanged } from "../../../machines/apiserver/strategy.ts";
import {
  beforeResize,
  beforeStatusUpdate,
  beforeUpdate,
} from "../../../machines/apiserver/update.ts";
import { validateNamespaceFinalizeUpdate } from "../../../machines/apiserver/validation-policy.ts";
import { claimDiff } from "../../../machines/apiserver/claim-diff.ts";
import { onlyThese } from "../../../machines/apiserver/validation-core-update.ts";
import { validatePodResize } from "../../../machines/apiserver/validation-pod-resize.ts";
import { validatePodStatusUpdate } from "../../../machines/apiserver/validation-pod-status.ts";
import { formatTime } from "../../../machines/api/time.ts";
import { keyOf, storedKind } from "../../store/store.ts";
import { admitted, approved } from "./admission.ts";
import { type ApiAnswer, type ApiCall, type ApiContext, refuse } from "./call.ts";
import { create } from "./create.ts";
import { schemaErrors } from "./custom.ts";
import { decodeObject, isStored, isTooDeep } from "./decode.ts";
import { isEmptied } from "./delete.ts";
import { escalationRefusal } from "./escalation.ts";
import { known, notFound } from "./read.ts";
import { allocated } from "./services.ts";

/** PUT; of some kinds it makes what is not there. registry/generic/registry/store.go Update */
export function update(context: ApiContext, call: ApiCall): ApiAnswer {
  const decoded = decodeObject(call);
  if ("code" in decoded) return refuse(decoded, "dispatch");
  const misnamed = nameRefusal(decoded, call);
  if (misnamed !== undefined) return refuse(misnamed, "dispatch");
  const old = known(context, call);
  if (old !== undefined) return changed(context, call, old, decoded);
  if (!call.resource.createsOnUpdate) return refuse(notFound(call), "persistence");
  return create(context, { ...call, body: decoded });
}

/** PATCH of four kinds; the server reads again what others have written meanwhile. */
export function patch(context: ApiContext, call: ApiCall): ApiAnswer {
  const { body, options = {}, resource } = call;
  const { patchType = "merge" } = options;
  if (isTooDeep(body, deepestPatch)) return refuse(newBadRequest("exceeded max depth"), "dispatch");
  if (patchType === "apply") return applyServerSide(context, call);
  if (resource.custom !== undefined && patchType === "strategic") {
    return refuse(unsupportedMediaType, "dispatch");
  }
  const old = known(context, call);
  if (old === undefined) return refuse(notFound(call), "persistence");
  if (Array.isArray(body) && body.length > mostOperations)
    return refuse(tooLarge(body.length), "dispatch");
  const done = patchObject(old, body, patchType, resource.kind);
  if ("error" in done)
    return refuse(patchType === "json" ? unprocessable : newBadRequest(done.error), "dispatch");
  return patched(context, call, old, done.result);
}

/** Nobody has said how the lists of such a kind are merged; NewUnsupportedMediaType. */
const unsupportedMediaType: ApiStatus = {
  code: 415,
  reason: "UnsupportedMediaType",
  message:
    "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml",
  details: {},
};

const deepestPatch = 500;
/** apiserver/pkg/endpoints/handlers/patch.go maxJSONPatchOperations */
const mostOperations = 10_000;

function tooLarge(count: number): ApiStatus {
  const message = `The allowed maximum operations in a JSON patch is ${mostOperations}, got ${count}`;
  return { code: 413, reason: "RequestEntityTooLarge", message };
}

function patched(context: ApiContext, call: ApiCall, old: KubeObject, result: unknown): ApiAnswer {
  const decoded = decodeObject({ ...call, body: result });
  if ("code" in decoded) {
    const isStrategic = call.options?.patchType === "strategic";
    const refused = isStrategic ? restoreRefusal(call.body, decoded.message) : undefined;
    return refuse(refused ?? decoded, "dispatch");
  }
  const misnamed = nameRefusal(decoded, call);
  if (misnamed !== undefined) return refuse(misnamed, "dispatch");
  return changed(context, call, old, decoded);
}

/** apiserver/pkg/endpoints/handlers/patch.go applyPatcher */
function applyServerSide(context: ApiContext, call: ApiCall): ApiAnswer {
  const { body, options = {}, name = "" } = call;
  const { fieldManager: manager = "", force = false } = options;
  const decoded = decodeObject(call);
  if ("code" in decoded) return refuse(decoded, "dispatch");
  const old = known(context, call);
  const { apiVersion, kind, metadata = {} } = decoded;
  const ofBody = isFields(body) ? body["metadata"] : undefined;
  const sentMetadata = isFields(ofBody) ? ofBody : metadata;
  const live: Fields = old === undefined ? { apiVersion, kind } : { ...old };
  const wanted = {
    ...(isFields(body) ? body : {}),
    apiVersion,
    kind,
    metadata: { name, ...sentMetadata },
  };
  const writer = { manager, time: formatTime(context.nowMs), force };
  const made = applyManaged(live, wanted, writer);
  if ("conflicts" in made) return refuse(conflictStatus(made.conflicts), "persistence");
  if ("error" in made) return refuse({ code: made.code, message: made.error }, "dispatch");
  if (old === undefined) return create(context, { ...call, body: made.object });
  return patched(context, call, old, made.object);
}

/** Writes an object in the place of the one that was read, if it may stand there. */
export function changed(
  context: ApiContext,
  call: ApiCall,
  old: KubeObject,
  sent: AnyObject,
): ApiAnswer {
  const { resource, subresource } = call;
  const refused = versionRefusal(old, sent, call);
  if (refused !== undefined) return refuse(refused, "persistence");
  const updating = { ...call, verb: "update" } as const;
  const mutated = admitted(context, updating, setObjectDefaults(sent), old);
  if ("refused" in mutated) return mutated;
  const { object: admission } = mutated;
  const escalates = escalationRefusal(context, call, admission, old);
  if (escalates !== undefined) return refuse(escalates, "escalation");
  const whole = subresource === undefined ? allocated(context, admission, old) : admission;
  if (Array.isArray(whole)) return refuse(invalidStatus(admission, whole), "validation");
  const made = ruled(isAllocated(whole) ? whole : admission, old, call);
  if ("code" in made) return refuse(made, "validation");
  const object = prepareChanged(made, old, resource, subresource);
  if (!isStored(object)) return refuse(newBadRequest("the patch makes no object"), "validation");
  const validated = approved(context, updating, object, old);
  if ("refused" in validated) return validated;
  const answer = stored(context, call, old, object);
  if (call.options?.dryRun !== true)
    for (const quota of validated.charged) context.store.put(quota);
  const warnings = [...mutated.warnings, ...validated.warnings];
  return "refused" in answer ? answer : { ...answer, warnings, admission: mutated.changes };
}

function isAllocated(whole: AnyObject | readonly FieldError[]): whole is AnyObject {
  return !Array.isArray(whole);
}

/** What is the same already is not written; what nothing holds any more goes. */
function stored(
  { store, nowMs }: ApiContext,
  { options = {} }: ApiCall,
  old: KubeObject,
  object: KubeObject,
): ApiAnswer {
  const { resourceVersion } = old.metadata;
  const manager = options.fieldManager ?? "unknown";
  const owned = managed(old, object, manager, formatTime(nowMs));
  const same = { ...owned, metadata: { ...owned.metadata, resourceVersion } };
  const isNews = goJson(same) !== goJson(old);
  const change = isGoing(object) ? "removed" : isNews ? "changed" : "nothing";
  if (change === "nothing") return { code: 200, object: old, change };
  if (options.dryRun === true) return { code: 200, object: owned, change };
  if (change === "changed") return { code: 200, object: store.put(owned), change };
  store.delete(storedKind(old), keyOf(old));
  return { code: 200, object, change };
}

/** registry/generic/registry/store.go ShouldDeleteDuringUpdate */
function isGoing(object: KubeObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = object.metadata;
  if (deletionTimestamp === undefined || finalizers.length > 0) return false;
  if (object.kind === "Namespace") return isEmptied(object);
  return deletionGracePeriodSeconds === 0;
}

/** Who writes a field has it, where somebody has begun to ask who has what. */
function managed(old: KubeObject, object: KubeObject, manager: string, time: string): KubeObject {
  if (old.metadata.managedFields === undefined) return object;
  const made = updateManaged({ ...old }, { ...object }, { manager, time });
  const result: unknown = "object" in made ? made.object : undefined;
  return isFields(result) && isOwned(result) ? result : object;
}

function isOwned(result: unknown): result is KubeObject {
  return isFields(result) && isFields(result["metadata"]);
}

/** What the kind's own strategy makes of it and asks of it. */
function ruled(sent: AnyObject, old: KubeObject, call: ApiCall): AnyObject | ApiStatus {
  const { resource, subresource } = call;
  const object: unknown = sent;
  const refused = schemaErrors(sent, resource);
  if (refused.length > 0) return invalidStatus(sent, refused);
  if (subresource === "status") return ruledStatus(sent, old);
  if (subresource === "finalize") return ruledFinalize(sent, old);
  if (subresource === "resize" && isPodObject(object) && isPod(old)) {
    const resized = beforeResize(object, old);
    const wrong = validatePodResize(resized, old);
    return wrong.length === 0 ? resized : invalidStatus(resized, wrong);
  }
  const made = beforeUpdate(sent, setObjectDefaults(old));
  if ("refusal" in made) return made.refusal;
  if (made.errors.length > 0) return invalidStatus(made.object, told(made, old));
  return isKind(made.object, "Secret") ? foldStringData(made.object) : made.object;
}

/** One message shows what has changed. */
function told(
  { object, errors }: { readonly object: AnyObject; readonly errors: readonly FieldError[] },
  old: KubeObject,
): readonly FieldError[] {
  const before: AnyObject = old;
  const isClaim =
    isKind(object, "PersistentVolumeClaim") && isKind(before, "PersistentVolumeClaim");
  if (!isClaim) return errors;
  return errors.map((error) => {
    const { detail } = error;
    return detail === onlyThese
      ? { ...error, detail: `${detail}${claimDiff(object, before)}` }
      : error;
  });
}

/** Only a namespace's finalizers change. registry/core/namespace namespaceFinalizeStrategy */
function ruledFinalize(sent: AnyObject, old: KubeObject): AnyObject | ApiStatus {
  const before: AnyObject = old;
  if (!isKind(sent, "Namespace") || !isKind(before, "Namespace")) return sent;
  const { status } = before;
  const object = { ...sent, ...(status && { status }) };
  const errors = validateNamespaceFinalizeUpdate(object, before);
  return errors.length === 0 ? object : invalidStatus(object, errors);
}

function ruledStatus(sent: AnyObject, old: KubeObject): AnyObject | ApiStatus {
  const object: unknown = sent;
  if (!isPodObject(object) || !isPod(old)) return sent;
  const after = beforeStatusUpdate(object, old);
  const errors = validatePodStatusUpdate(after, old);
  return errors.length === 0 ? after : invalidStatus(after, errors);
}

function isPodObject(
  object: unknown,
): object is KubeObject & { readonly kind: "Pod" } & Parameters<typeof beforeResize>[0] {
  return isFields(object) && object["kind"] === "Pod" && isFields(object["metadata"]);
}

/** What somebody has read must not have changed since. */
function versionRefusal(
  { metadata }: KubeObject,
  sent: AnyObject,
  { resource, verb, name = "" }: ApiCall,
): ApiStatus | undefined {
  const { uid, resourceVersion = "" } = sent.metadata ?? {};
  if (uid && metadata.uid !== undefined && uid !== metadata.uid) {
    const uids = `UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`;
    return newConflict(resource, name, storageError(resource.resource, metadata, uids));
  }
  if (resourceVersion === "" || resourceVersion === "0") {
    if (resource.isUnconditional || verb === "patch") return undefined;
    const detail = "must be specified for an update";
    return invalidStatus({ ...sent, kind: resource.resource }, [
      invalid("metadata.resourceVersion", 0, detail),
    ]);
  }
  return resourceVersion === metadata.resourceVersion ? undefined : newModified(resource, name);
}

/** apiserver/pkg/endpoints/handlers/rest.go checkName */
function nameRefusal({ metadata = {} }: AnyObject, { name = "" }: ApiCall): ApiStatus | undefined {
  const { name: own = "" } = metadata;
  if (own === name) return undefined;
  if (own === "") return newBadRequest("name must be provided");
  return newBadRequest(
    `the name of the object (${own}) does not match the name on the URL (${name})`,
  );
}
