import { goJson } from "../../machines/api/go-json.ts";
import { generateUid } from "../../machines/api/generated-names.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import { isKind, isPod } from "../../machines/api/objects.ts";
import { admitPodUpdate } from "../../machines/apiserver/admission.ts";
import { type ApiResource, resourceOfKind } from "../../machines/apiserver/api-resources.ts";
import {
  type ApiStatus,
  invalidStatus,
  newAlreadyExists,
  newBadRequest,
  newConflict,
  newNotFound,
  unprocessable,
} from "../../machines/apiserver/api-status.ts";
import { setObjectDefaults } from "../../machines/apiserver/create.ts";
import { type FieldWriter, updateManaged } from "../../machines/apiserver/field-manager.ts";
import { patchObject } from "../../machines/apiserver/patch.ts";
import { isFields } from "../../machines/apiserver/patch-value.ts";
import { beforeResize, beforeStatusUpdate, beforeUpdate } from "../../machines/apiserver/update.ts";
import { validatePodStatusUpdate } from "../../machines/apiserver/validation-pod-status.ts";
import { extended } from "../../machines/extended.ts";
import { keyOf, storedKind } from "../store/store.ts";
import { apiContextOf } from "../system/api-context.ts";
import { create as createObject } from "../system/api/create.ts";
import { allocated, isRefused } from "../system/api/services.ts";
import type { KubeWorld } from "../system/world.ts";
import { removePod } from "./api-deletion.ts";
import { type ApiRequest, nameIn } from "./api-request.ts";
import { completed } from "../system/completed.ts";

/** What is there already stays as it is. */
export function create(
  world: KubeWorld,
  { object, source }: ApiRequest,
  now: number,
): ApiStatus | undefined {
  if (object === undefined) return undefined;
  const resource = source === undefined ? undefined : resourceOfKind(object.kind);
  if (resource !== undefined) return createAdmitted(world, object, resource, now);
  const { kind, metadata } = object;
  if (world.store.get(storedKind(object), keyOf(object)) !== undefined) {
    return newAlreadyExists(kind, metadata.name);
  }
  const creationTimestamp = world.time(now);
  const uid = uidOf(object, now);
  const made = uid === undefined ? { creationTimestamp } : { uid, creationTimestamp };
  const whole = allocated(apiContextOf(world, now), {
    ...object,
    metadata: extended(metadata, made),
  });
  if (isRefused(whole)) return invalidStatus(object, whole);
  if (isObject(whole)) world.store.put(completed(world.store, whole));
  return undefined;
}

/** What a step's file holds goes the way of every new object. */
function createAdmitted(
  world: KubeWorld,
  object: KubeObject,
  resource: ApiResource,
  now: number,
): ApiStatus | undefined {
  const { namespace = "default" } = object.metadata;
  const { webhooks } = world;
  const context = { ...apiContextOf(world, now), ...(webhooks && { webhooks }) };
  const answer = createObject(context, {
    verb: "create",
    resource,
    ...(resource.isNamespaced && { namespace }),
    body: object,
    options: { fieldManager: "kubectl-create" },
  });
  return "refused" in answer ? answer.refused : undefined;
}

/** Who is created later under a name that was there before is somebody else. */
function uidOf({ kind, metadata: { namespace = "", name, uid } }: KubeObject, now: number) {
  return now === 0 ? uid : generateUid(kind, namespace, name, now);
}

/** A patch that takes the last finalizer away removes an object that was waiting for it. */
export function patch(world: KubeWorld, request: ApiRequest, now: number): ApiStatus | undefined {
  const { kind = "", key = "" } = request;
  const object = world.store.get(kind, key);
  if (object === undefined) return newNotFound(kind, nameIn(key));
  const refused = write(world, object, request, now);
  const pod = kind === "Pod" ? world.pod(key) : undefined;
  const isGoing = pod?.metadata.deletionTimestamp !== undefined;
  if (isGoing && pod.metadata.deletionGracePeriodSeconds === 0) removePod(world, pod, 0, now);
  return refused;
}

/** Stores the object as the patch makes it, unless nothing changes or it may not be so. */
export function write(
  world: KubeWorld,
  object: KubeObject,
  request: ApiRequest,
  now: number,
): ApiStatus | undefined {
  const { patch: change, patchType = "merge" } = request;
  const done = patchObject(object, change, patchType, object.kind);
  if ("error" in done) return patchType === "json" ? unprocessable : newBadRequest(done.error);
  const { result } = done;
  return put(world, object, result, request, now);
}

/** Stores an object that was there as somebody wants it to be. */
export function put(
  world: KubeWorld,
  object: KubeObject,
  result: unknown,
  { subresource, fieldManager: manager = "unknown", serverSide }: ApiRequest,
  now: number,
): ApiStatus | undefined {
  if (!isObject(result)) return newBadRequest("the patch makes no object");
  const stray = identityRefusal(object, result);
  if (stray !== undefined) return stray;
  const after =
    subresource === undefined ? updated(object, result) : part(object, result, subresource);
  if ("code" in after) return after;
  const writer = { manager, time: world.time(now) };
  const owned = serverSide === undefined ? managed(object, after, writer) : after;
  if (goJson(owned) !== goJson(object)) world.store.put(owned);
  return undefined;
}

/** Who writes a field has it, where somebody has begun to ask who has what. */
function managed(object: KubeObject, after: KubeObject, writer: FieldWriter): KubeObject {
  if (object.metadata.managedFields === undefined) return after;
  const made = updateManaged({ ...object }, { ...after }, writer);
  return "object" in made && isObject(made.object) ? made.object : after;
}

function isObject(value: unknown): value is KubeObject {
  return isFields(value) && isFields(value["metadata"]);
}

/** Nobody becomes somebody else; apiserver/pkg/endpoints/handlers/rest.go checkName. */
function identityRefusal({ kind, metadata }: KubeObject, after: KubeObject): ApiStatus | undefined {
  const { name, uid } = metadata;
  if (after.metadata.name !== name) {
    const names = `(${after.metadata.name}) does not match the name on the URL (${name})`;
    return newBadRequest(`the name of the object ${names}`);
  }
  if (after.kind !== kind) {
    return newBadRequest(
      `${after.kind} in version "${after.apiVersion}" cannot be handled as a ${kind}`,
    );
  }
  if (uid === undefined || after.metadata.uid === undefined || after.metadata.uid === uid) {
    return undefined;
  }
  const uids = `UID in precondition: ${after.metadata.uid}, UID in object meta: ${uid}`;
  return newConflict(kind, name, `Precondition failed: ${uids}`);
}

/** As its kind's strategy leaves it. */
function updated(object: KubeObject, result: KubeObject): KubeObject | ApiStatus {
  const old = setObjectDefaults(object);
  const sent = setObjectDefaults(result);
  const isOfPod = isKind(sent, "Pod") && isKind(old, "Pod");
  const made = beforeUpdate(isOfPod ? admitPodUpdate(sent, old) : sent, old);
  if ("refusal" in made) return made.refusal;
  const { object: after, errors } = made;
  if (errors.length > 0) return invalidStatus(after, errors);
  return isObject(after) ? after : result;
}

/** A changed spec is another generation. pkg/registry/core */
function withGeneration(before: KubeObject, after: KubeObject): KubeObject {
  const { generation } = before.metadata;
  const isNew = JSON.stringify(specOf(before)) !== JSON.stringify(specOf(after));
  if (generation === undefined || !isNew) return after;
  return { ...after, metadata: { ...after.metadata, generation: generation + 1 } };
}

function specOf(object: KubeObject): unknown {
  return Object.entries(object).find(([field]) => field === "spec")?.[1];
}

/** Of another object than a pod the subresource is all that changes, too. */
function part(
  object: KubeObject,
  result: KubeObject,
  subresource: "status" | "resize",
): KubeObject | ApiStatus {
  if (!isPod(object) || !isPod(result)) return result;
  if (subresource === "resize") return withGeneration(object, beforeResize(result, object));
  const after = beforeStatusUpdate(result, object);
  const errors = validatePodStatusUpdate(after, object);
  return errors.length === 0 ? after : invalidStatus(after, errors);
}
