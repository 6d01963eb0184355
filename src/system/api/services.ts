import type { KubeObject } from "../../../machines/api/meta.ts";
import { type AnyObject, isKind } from "../../../machines/api/objects.ts";
import type { FieldError } from "../../../machines/apiserver/field-error.ts";
import { allocateService } from "../../../machines/apiserver/service-allocation.ts";
import type { ApiContext } from "./call.ts";

/** A Service with its addresses and ports, which no other has; every other object as it is. */
export function allocated(
  { store }: ApiContext,
  object: AnyObject,
  old?: KubeObject,
): AnyObject | readonly FieldError[] {
  if (!isKind(object, "Service")) return object;
  const { name, namespace } = object.metadata ?? {};
  const others = store.list("Service").filter((one) => {
    return one.metadata.name !== name || one.metadata.namespace !== namespace;
  });
  const before = old !== undefined && isKind(old, "Service") ? old : undefined;
  const services = others.filter((one) => isKind(one, "Service"));
  const made = allocateService(object, services, before);
  return "errors" in made ? made.errors : made.service;
}

/** What `allocated` has made, or why it could not. */
export function isRefused(made: AnyObject | readonly FieldError[]): made is readonly FieldError[] {
  return Array.isArray(made);
}
