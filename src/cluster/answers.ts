import type { KubeObject } from "../../machines/api/meta.ts";
import type { ApiResource } from "../../machines/apiserver/api-resources.ts";
import { isFields } from "../../machines/apiserver/patch-value.ts";
import type { ObjectList } from "../system/api/call.ts";
import type { InNamespace } from "./call-options.ts";

/** `default` unless it is said; undefined of what the whole cluster shares. */
export function namespaceOf(
  { isNamespaced }: ApiResource,
  { namespace = "default" }: InNamespace,
): string | undefined {
  return isNamespaced ? namespace : undefined;
}

/** An answer is one object. */
export function isKubeObject(object: object): object is KubeObject {
  return "metadata" in object && isFields(object.metadata);
}

/** An answer is a list. */
export function isList(object: object): object is ObjectList {
  return "items" in object;
}
