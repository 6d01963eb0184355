import type { KubeObject, OwnerReference } from "../api/meta.ts";
import { type Selector, selectorMatches } from "../api/selector.ts";
import { formatTime, parseTime } from "../api/time.ts";
import {
  type ApiRequest,
  isInvalid,
  isNotFound,
  newAggregate,
  send,
  type Sync,
  type SyncError,
} from "./sync.ts";

/** Who claims, and where it and what it claims are kept. */
export interface Claimant {
  readonly controller: KubeObject;
  readonly selector: Selector;
  /** Of the controller: `replicasets`. */
  readonly resource: string;
  readonly claimed: { readonly kind: string; readonly resource: string };
}

interface Claims<Claimed> {
  readonly claimed: readonly Claimed[];
  readonly error?: SyncError;
}

/**
 * What a controller has, adopts and releases by its selector. That it still is who it was is read
 * once, when something is to be adopted. Source: pkg/controller/controller_ref_manager.go
 * ClaimPods, ClaimReplicaSets.
 */
export function* claimObjects<Claimed extends KubeObject>(
  claimant: Claimant,
  objects: readonly Claimed[],
): Sync<Claims<Claimed>> {
  const claimed: Claimed[] = [];
  const errors: SyncError[] = [];
  let canAdopt: { readonly error?: SyncError } | undefined;
  for (const object of objects) {
    const verdict = claimVerdict(claimant, object);
    if (verdict === "claimed") claimed.push(object);
    if (verdict === "release") {
      const error = yield* releaseObject(claimant, object);
      if (error !== undefined) errors.push(error);
    }
    if (verdict === "adopt") {
      canAdopt ??= yield* recheckDeletionTimestamp(claimant);
      const error = yield* adoptObject(claimant, object, canAdopt.error);
      if (error === undefined) claimed.push(object);
      else if (!isNotFound(error)) errors.push(error);
    }
  }
  const error = newAggregate(errors);
  return error === undefined ? { claimed } : { claimed, error };
}

/** What is to be done about an object; BaseControllerRefManager.ClaimObject before any request. */
function claimVerdict(
  { controller: { metadata }, selector }: Claimant,
  { metadata: object }: KubeObject,
): "claimed" | "ignored" | "release" | "adopt" {
  const matches = selectorMatches(selector, object.labels);
  const isDeleting = metadata.deletionTimestamp !== undefined;
  const owner = getControllerOf(object);
  if (owner !== undefined) {
    if (owner.uid !== metadata.uid) return "ignored";
    if (matches) return "claimed";
    return isDeleting ? "ignored" : "release";
  }
  if (isDeleting || !matches || object.deletionTimestamp !== undefined) return "ignored";
  const isElsewhere = (metadata.namespace ?? "") !== "" && metadata.namespace !== object.namespace;
  return isElsewhere ? "ignored" : "adopt";
}

/** The one owner that manages an object; apimachinery pkg/apis/meta/v1 GetControllerOf. */
export function getControllerOf({
  ownerReferences = [],
}: KubeObject["metadata"]): OwnerReference | undefined {
  return ownerReferences.find(({ controller }) => controller === true);
}

/** apimachinery pkg/apis/meta/v1 IsControlledBy */
export function isControlledBy({ metadata }: KubeObject, owner: KubeObject): boolean {
  return getControllerOf(metadata)?.uid === owner.metadata.uid;
}

/** apimachinery pkg/apis/meta/v1 NewControllerRef */
export function newControllerRef({ apiVersion, kind, metadata }: KubeObject): OwnerReference {
  const { name, uid = "" } = metadata;
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}

/** An uncached read, because who is being deleted must not adopt; CanAdopt. */
function* recheckDeletionTimestamp({
  controller: { kind, metadata },
  resource,
}: Claimant): Sync<{ readonly error?: SyncError }> {
  const { namespace = "", name, uid = "" } = metadata;
  const { object, error } = yield* send({ verb: "get", resource, namespace, name });
  const whole = `${namespace}/${name}`;
  if (error !== undefined) return { error: rechecking(error.message) };
  const fresh = object?.metadata;
  if (fresh?.uid !== uid) {
    const why = `original ${kind} ${whole} is gone: got uid ${fresh?.uid ?? ""}, wanted ${uid}`;
    return { error: rechecking(why) };
  }
  const { deletionTimestamp } = fresh;
  if (deletionTimestamp === undefined) return {};
  return { error: { message: `${whole} has just been deleted at ${goTime(deletionTimestamp)}` } };
}

function rechecking(why: string): SyncError {
  return { message: `can't recheck DeletionTimestamp: ${why}` };
}

/** Go's time.Time.String() of a whole second in UTC. */
function goTime(text: string): string {
  return `${formatTime(parseTime(text)).replace("T", " ").replace("Z", "")} +0000 UTC`;
}

function* adoptObject(
  { controller, claimed }: Claimant,
  { metadata }: KubeObject,
  whyNot: SyncError | undefined,
): Sync<SyncError | undefined> {
  const { uid = "", namespace = "", name } = metadata;
  if (whyNot !== undefined) {
    const what = `${claimed.kind} ${namespace}/${name} (${uid})`;
    return { message: `can't adopt ${what}: ${whyNot.message}` };
  }
  const patch = { metadata: { ownerReferences: [newControllerRef(controller)], uid } };
  return (yield* send(patchRequest(claimed.resource, metadata, patch))).error;
}

/** Who is not there, or is somebody else by now, needs no release. */
function* releaseObject(
  { controller, claimed }: Claimant,
  { metadata }: KubeObject,
): Sync<SyncError | undefined> {
  const owner = { $patch: "delete", uid: controller.metadata.uid };
  const patch = { metadata: { ownerReferences: [owner], uid: metadata.uid } };
  const { error } = yield* send(patchRequest(claimed.resource, metadata, patch));
  return isNotFound(error) || isInvalid(error) ? undefined : error;
}

function patchRequest(
  resource: string,
  { namespace = "", name }: KubeObject["metadata"],
  patch: object,
): ApiRequest {
  const patchType = "application/strategic-merge-patch+json";
  return { verb: "patch", resource, namespace, name, patch, patchType };
}
