import type { ApiResource } from "../../../machines/apiserver/api-resources.ts";
import { isDefinition, resourcesOf } from "../../../machines/apiserver/custom-resources.ts";
import type { AnyObject } from "../../../machines/api/objects.ts";
import type { FieldError } from "../../../machines/apiserver/field-error.ts";
import { isFields } from "../../../machines/apiserver/patch-value.ts";
import { pruneAndDefault } from "../../../machines/apiserver/structural-schema.ts";
import { validateCustomResource } from "../../../machines/apiserver/validation-custom-resources.ts";
import type { Store } from "../../store/store.ts";

/** The resources that definitions in the store bring. */
export function customResources(store: Store): readonly ApiResource[] {
  return store.list("CustomResourceDefinition").filter(isDefinition).flatMap(resourcesOf);
}

/** An object as its kind's schema leaves it. */
export function shaped(object: AnyObject, { custom }: ApiResource): AnyObject {
  if (custom?.schema === undefined || !isFields(object)) return object;
  const made: unknown = pruneAndDefault(object, custom.schema).object;
  return isAny(made) ? made : object;
}

/** What the schema of its kind refuses of an object. */
export function schemaErrors(object: AnyObject, { custom }: ApiResource): readonly FieldError[] {
  if (custom?.schema === undefined || !isFields(object)) return [];
  return validateCustomResource(object, custom.schema);
}

function isAny(object: unknown): object is AnyObject {
  return isFields(object);
}
