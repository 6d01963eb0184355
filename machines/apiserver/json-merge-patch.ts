import { type Fields, isFields, isList, type Patched, withoutNulls } from "./patch-value.ts";

/**
 * RFC 7396 as the API server applies it: null takes a field away, a list replaces a list, and what
 * is no object replaces the whole. gopkg.in/evanphx/json-patch.v4 merge.go MergePatch
 */
export function jsonMergePatch(object: unknown, patch: unknown): Patched {
  if (isList(patch)) return { result: patch.map(withoutNulls) };
  if (!isFields(patch)) return { error: "Invalid JSON Patch" };
  return { result: isFields(object) ? merged(object, patch) : withoutNulls(patch) };
}

function merged(before: Fields, patch: Fields): Fields {
  const fields = new Map(Object.entries(before));
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) fields.delete(field);
    else fields.set(field, mergedField(fields.get(field), value));
  }
  return Object.fromEntries(fields);
}

function mergedField(before: unknown, value: unknown): unknown {
  if (!isFields(before)) return withoutNulls(value);
  return isFields(value) ? merged(before, value) : value;
}
