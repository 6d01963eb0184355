import { isBuiltIn } from "../api/built-in-groups.ts";
import type { KubeObject } from "../api/meta.ts";
import { quote } from "../api/quote.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { pluralOf, resourceOfKind } from "./api-resources.ts";
import type { FieldError } from "./field-error.ts";
import { newInvalid } from "./invalid-status.ts";

/** The answer to a request that the API server refuses; apimachinery/pkg/apis/meta/v1 Status. */
export interface ApiStatus {
  readonly code: number;
  /** Absent where the server has no word for it. */
  readonly reason?: string;
  readonly message: string;
  readonly details?: StatusDetails;
  /** With it the rest of an expired list can still be had. */
  readonly continue?: string;
}

export interface StatusDetails {
  readonly kind?: string;
  readonly name?: string;
  readonly group?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

export interface StatusCause {
  readonly field?: string;
  readonly message?: string;
  readonly reason?: string;
}

/** `pods`, `priorityclasses.scheduling.k8s.io` */
export interface QualifiedResource {
  readonly group: string;
  readonly resource: string;
}

/** A kind of Kubernetes' own by its word, or where the objects are kept. */
export type NamedKind = string | (QualifiedResource & { readonly kind: string });

/** Where a kind's objects are kept. */
export function resourceOf(kind: NamedKind): QualifiedResource {
  if (typeof kind !== "string") return kind;
  return resourceOfKind(kind) ?? { group: "", resource: pluralOf(kind) };
}

/** apimachinery/pkg/api/errors NewNotFound */
export function newNotFound(kind: NamedKind, name: string): ApiStatus {
  return refusal(404, "NotFound", kind, name, (what) => `${what} not found`);
}

/** apimachinery/pkg/api/errors NewAlreadyExists */
export function newAlreadyExists(kind: NamedKind, name: string): ApiStatus {
  return refusal(409, "AlreadyExists", kind, name, (what) => `${what} already exists`);
}

/** apimachinery/pkg/api/errors NewConflict */
export function newConflict(kind: NamedKind, name: string, why: string): ApiStatus {
  const text = (what: string) => `Operation cannot be fulfilled on ${what}: ${why}`;
  return refusal(409, "Conflict", kind, name, text);
}

/** The same where the kind stands in the resource's place; registry/rest/delete.go. */
export function newConflictOfKind(kind: string, name: string, why: string): ApiStatus {
  const { group } = resourceOf(kind);
  const what = `${group === "" ? kind : `${kind}.${group}`} ${quote(name)}`;
  const details = { name, ...(group && { group }), kind };
  const message = `Operation cannot be fulfilled on ${what}: ${why}`;
  return { code: 409, reason: "Conflict", message, details };
}

/** registry/generic/registry/store.go OptimisticLockErrorMsg */
export function newModified(kind: NamedKind, name: string): ApiStatus {
  const advice = "please apply your changes to the latest version and try again";
  return newConflict(kind, name, `the object has been modified; ${advice}`);
}

/** apimachinery/pkg/api/errors NewForbidden */
export function newForbidden(kind: string, name: string, why: string): ApiStatus {
  return refusal(403, "Forbidden", kind, name, (what) => `${what} is forbidden: ${why}`);
}

/** apimachinery/pkg/api/errors NewMethodNotSupported, as the server tells it. */
export const methodNotAllowed: ApiStatus = {
  code: 405,
  reason: "MethodNotAllowed",
  message: "the server does not allow this method on the requested resource",
  details: {},
};

/** apimachinery/pkg/api/errors NewResourceExpired */
export function newExpired(message: string): ApiStatus {
  return { code: 410, reason: "Expired", message };
}

/** apimachinery/pkg/api/errors NewInternalError */
export function newInternalError(why: string): ApiStatus {
  const details = { causes: [{ message: why }] };
  return {
    code: 500,
    reason: "InternalError",
    message: `Internal error occurred: ${why}`,
    details,
  };
}

/** apimachinery/pkg/api/errors NewTimeoutError of a revision that is not there yet. */
export function newTooLargeVersion(wanted: number, current: number): ApiStatus {
  const why = `Too large resource version: ${wanted}, current: ${current}`;
  const causes = [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }];
  const details = { causes, retryAfterSeconds: 1 };
  return { code: 504, reason: "Timeout", message: `Timeout: ${why}`, details };
}

/** apimachinery/pkg/api/errors NewBadRequest */
export function newBadRequest(message: string): ApiStatus {
  return { code: 400, reason: "BadRequest", message };
}

/** apimachinery/pkg/api/errors NewInvalid, with its details. */
export function invalidStatus(
  object: Unchecked<KubeObject>,
  errors: readonly FieldError[],
): ApiStatus {
  const { causes, ...status } = newInvalid(object, errors);
  const { kind = "", metadata, apiVersion = "" } = object;
  const isOwn = apiVersion === "" || isBuiltIn(apiVersion) || !apiVersion.includes(".");
  const group = isOwn ? resourceOf(kind).group : apiVersion.slice(0, apiVersion.indexOf("/"));
  const details = { kind, name: metadata?.name ?? "", ...(group && { group }), causes };
  return { ...status, details };
}

/** What JSON Patch cannot be applied; endpoints/handlers/patch.go applyJSPatch. */
export const unprocessable: ApiStatus = {
  code: 422,
  reason: "Invalid",
  message: "the server rejected our request due to an error in our request",
  details: {},
};

function refusal(
  code: number,
  reason: string,
  kind: NamedKind,
  name: string,
  text: (what: string) => string,
): ApiStatus {
  const { group, resource } = resourceOf(kind);
  const what = `${group === "" ? resource : `${resource}.${group}`} ${quote(name)}`;
  const details = { name, ...(group && { group }), kind: resource };
  return { code, reason, message: text(what), details };
}
