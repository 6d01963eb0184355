import { quote } from "../../../machines/api/quote.ts";
import type { KubeObject } from "../../../machines/api/meta.ts";
import { type ApiStatus, newBadRequest } from "../../../machines/apiserver/api-status.ts";
import type { AnyObject } from "../../../machines/api/objects.ts";
import { atomOf, typeOf } from "../../../machines/apiserver/field-type.ts";
import { isFields, withoutNulls } from "../../../machines/apiserver/patch-value.ts";
import { illegalByte } from "../../../machines/apiserver/base64.ts";
import { unknownFields } from "../../../machines/apiserver/unknown-fields.ts";
import { validateTyped } from "../../../machines/apiserver/typed-validate.ts";
import { resourceOfKind } from "../../../machines/apiserver/api-resources.ts";
import { type ApiCall, apiVersionOf } from "./call.ts";
import { shaped } from "./custom.ts";

/**
 * The object that a request brings, or why it is none of its resource's kind.
 * apiserver/pkg/endpoints/handlers/{create,update}.go, apimachinery/pkg/runtime/serializer/json
 */
export function decodeObject({ resource, body, namespace }: ApiCall): AnyObject | ApiStatus {
  if (!isFields(body)) return newBadRequest(`the body of the request is no ${resource.kind}`);
  if (isTooDeep(body, deepest)) return newBadRequest("exceeded max depth");
  const expected = apiVersionOf(resource);
  const { apiVersion = expected, kind = resource.kind } = body;
  if (kind !== resource.kind)
    return newBadRequest(otherKind(String(kind), resource.kind, String(apiVersion)));
  if (apiVersion !== expected) {
    const versions = `(${String(apiVersion)}) does not match the expected API version (${expected})`;
    return newBadRequest(`the API version in the data ${versions}`);
  }
  const { status, ...others } = body;
  const whole = withoutNulls({ ...others, apiVersion, kind });
  const object = status === undefined || !isFields(whole) ? whole : { ...whole, status };
  const mistake = structureMistake(object) ?? bytesMistake(object);
  if (mistake !== undefined) {
    const what = `${kind} in version "${resource.version}" cannot be handled as a ${kind}`;
    return newBadRequest(`${what}: ${mistake}`);
  }
  return isAnyObject(object)
    ? inNamespace(shaped(object, resource), resource.isNamespaced, namespace)
    : newBadRequest("no object");
}

/** Of kinds whose structure is not known only metadata have one. */
function structureMistake(object: unknown): string | undefined {
  if (!isFields(object)) return "it is no object";
  const type = typeOf(object);
  const isKnown = type !== "?" && atomOf(type) !== undefined;
  if (isKnown) {
    const unknown = unknownFields(object, type).map((path) => `unknown field ${quote(path)}`);
    if (unknown.length > 0) return `strict decoding error: ${unknown.join(", ")}`;
    return validateTyped(object, type, { allowsDuplicates: true });
  }
  return validateTyped(object["metadata"] ?? {}, "ObjectMeta", { allowsDuplicates: true });
}

/** What stands for bytes in a Secret and a ConfigMap. */
function bytesMistake(object: unknown): string | undefined {
  if (!isFields(object)) return undefined;
  const fields: Readonly<Record<string, unknown>> = {
    Secret: object["data"],
    ConfigMap: object["binaryData"],
  };
  const bytes = fields[String(object["kind"])];
  const texts = isFields(bytes) ? Object.values(bytes) : [];
  const at = texts
    .map((text) => (typeof text === "string" ? illegalByte(text) : undefined))
    .find((one) => one !== undefined);
  return at === undefined ? undefined : `illegal base64 data at input byte ${at}`;
}

function isAnyObject(object: unknown): object is AnyObject {
  return isFields(object);
}

/** registry/rest/meta.go EnsureObjectNamespaceMatchesRequestNamespace */
function inNamespace(
  object: AnyObject,
  isNamespaced: boolean,
  asked: string | undefined,
): AnyObject | ApiStatus {
  const { namespace, ...others } = object.metadata ?? {};
  if (!isNamespaced) return { ...object, metadata: others };
  const own = namespace || asked || "default";
  if (asked === undefined || own === asked) {
    return { ...object, metadata: { ...others, namespace: own } };
  }
  return newBadRequest(
    "the namespace of the provided object does not match the namespace sent on the request",
  );
}

function otherKind(kind: string, expected: string, apiVersion: string): string {
  const version = apiVersion.slice(apiVersion.indexOf("/") + 1);
  const what = `${kind} in version "${version}" cannot be handled as a ${expected}`;
  if (resourceOfKind(kind) === undefined) {
    const scheme = 'in scheme "pkg/runtime/scheme.go:111"';
    return `${what}: no kind "${kind}" is registered for version "${apiVersion}" ${scheme}`;
  }
  return `${what}: converting (v1.${kind}) to (core.${expected}): unknown conversion`;
}

/** Go's decoder reads no deeper than 10 000. */
const deepest = 500;

/** Whether there is something inside more values than that. */
export function isTooDeep(value: unknown, left: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return left === 0 || Object.values(value).some((part) => isTooDeep(part, left - 1));
}

/** Trusts what validation has seen to. */
export function isStored(object: AnyObject): object is AnyObject & KubeObject {
  return object.apiVersion !== undefined && object.kind !== undefined && !!object.metadata?.name;
}
