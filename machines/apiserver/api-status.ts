import type { KubeObject } from "../api/meta.ts";
import { quote } from "../api/quote.ts";
import type { Unchecked } from "../api/unchecked.ts";
import type { FieldError } from "./field-error.ts";
import { newInvalid } from "./invalid-status.ts";

/** The answer to a request that the API server refuses; apimachinery/pkg/apis/meta/v1 Status. */
export interface ApiStatus {
  readonly code: number;
  /** Absent where the server has no word for it. */
  readonly reason?: string;
  readonly message: string;
  readonly details?: StatusDetails;
}

export interface StatusDetails {
  readonly kind?: string;
  readonly name?: string;
  readonly group?: string;
  readonly causes?: readonly StatusCause[];
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

/** Where a kind's objects are kept. */
export function resourceOf(kind: string): QualifiedResource {
  const word = kind.toLowerCase();
  const resource = word.endsWith("s") ? `${word}es` : `${word}s`;
  return { group: groups[kind] ?? "", resource };
}

/** Groups of the kinds that are not in the core one. */
const groups: Readonly<Record<string, string>> = {
  PriorityClass: "scheduling.k8s.io",
  RuntimeClass: "node.k8s.io",
};

/** apimachinery/pkg/api/errors NewNotFound */
export function newNotFound(kind: string, name: string): ApiStatus {
  return refusal(404, "NotFound", kind, name, (what) => `${what} not found`);
}

/** apimachinery/pkg/api/errors NewAlreadyExists */
export function newAlreadyExists(kind: string, name: string): ApiStatus {
  return refusal(409, "AlreadyExists", kind, name, (what) => `${what} already exists`);
}

/** apimachinery/pkg/api/errors NewConflict */
export function newConflict(kind: string, name: string, why: string): ApiStatus {
  const text = (what: string) => `Operation cannot be fulfilled on ${what}: ${why}`;
  return refusal(409, "Conflict", kind, name, text);
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
  const { kind = "", metadata } = object;
  const { group } = resourceOf(kind);
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
  kind: string,
  name: string,
  text: (what: string) => string,
): ApiStatus {
  const { group, resource } = resourceOf(kind);
  const what = `${group === "" ? resource : `${resource}.${group}`} ${quote(name)}`;
  const details = { name, ...(group && { group }), kind: resource };
  return { code, reason, message: text(what), details };
}
