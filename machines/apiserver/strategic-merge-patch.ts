import { patchMetadataOf } from "./patch-metadata.ts";
import {
  type Fields,
  goText,
  goType,
  isFields,
  isList,
  type List,
  type Patched,
  withoutNulls,
} from "./patch-value.ts";
import { Refusals } from "./patch-refusals.ts";
import { type ListManner, mergeSlice, orderedBy } from "./strategic-merge-list.ts";

/**
 * kubectl's usual patch: maps are merged, and lists whose elements have a key; `$patch`,
 * `$retainKeys`, `$setElementOrder/…` and `$deleteFromPrimitiveList/…` direct the rest.
 * apimachinery pkg/util/strategicpatch/patch.go StrategicMergePatch
 *
 * @param kind the object's kind, which says how its fields are merged
 */
export function strategicMergePatch(object: unknown, patch: unknown, kind: string): Patched {
  if (patch === null) return { result: object };
  if (!isFields(patch) || !isFields(object)) return { error: "invalid JSON document" };
  const refusals = new Refusals();
  const result = mergeMap(object, patch, kind, refusals);
  return refusals.first === undefined ? { result } : { error: refusals.first };
}

/** The merged map; its fields keep their places, new ones come last. */
function mergeMap(original: Fields, patch: Fields, struct: string, refusals: Refusals): Fields {
  if (Object.hasOwn(patch, "$patch")) return directed(patch, refusals);
  const fields = new Map(Object.entries(retained(original, patch, refusals)));
  const changes = new Map(Object.entries(patch));
  changes.delete("$retainKeys");
  orderLists(fields, changes, struct, refusals);
  for (const [key, value] of changes) {
    const isDeletion = key.startsWith(deletionPrefix);
    const field = isDeletion ? listNamed(key, refusals, primitiveList) : key;
    const before = fields.get(field);
    if (value === null) fields.delete(field);
    else if (isFields(before) && isFields(value)) {
      fields.set(field, mergedMap(before, value, struct, field, refusals));
    } else if (isList(before) && isList(value)) {
      const manner = mannerOf(struct, field, isDeletion, refusals);
      fields.set(field, manner.isMerged ? mergeSlice(before, value, manner, refusals) : value);
    } else if (!isDeletion) setNew(fields, field, value);
  }
  return Object.fromEntries(fields);
}

const deletionPrefix = "$deleteFromPrimitiveList";
const orderPrefix = "$setElementOrder";
const primitiveList = "invalid patch format of primitive list";
const elementOrderList = "invalid patch format of setElementOrder list";

/** `$patch` in a map: the patch takes its place, or nothing is left of it. */
function directed(patch: Fields, refusals: Refusals): Fields {
  const { $patch: directive, ...rest } = patch;
  if (directive === "replace") return rest;
  if (directive !== "delete") {
    refusals.add(`unknown patch type: ${goText(directive)} in map: ${goText(patch)}`);
  }
  return {};
}

/** `$retainKeys`: what is not named goes, and the patch may name nothing else. */
function retained(original: Fields, patch: Fields, refusals: Refusals): Fields {
  const { $retainKeys: keys } = patch;
  if (keys === undefined) return original;
  const kept = isList(keys) ? keys : [];
  const strays = Object.entries(patch).filter(
    ([key, value]) => value !== null && !key.startsWith("$") && !kept.includes(key),
  );
  if (!isList(keys) || strays.length > 0) refusals.add("invalid patch format of retainKeys");
  return Object.fromEntries(Object.entries(original).filter(([key]) => kept.includes(key)));
}

/** Lists with an order of their own are merged first. mergePatchIntoOriginal */
function orderLists(
  fields: Map<string, unknown>,
  changes: Map<string, unknown>,
  struct: string,
  refusals: Refusals,
): void {
  for (const [key, order] of changes) {
    if (!key.startsWith(orderPrefix)) continue;
    changes.delete(key);
    const field = listNamed(key, refusals, elementOrderList);
    const [before, change] = [fields.get(field), changes.get(field)];
    for (const one of [order, before, change]) {
      if (one !== undefined && !isList(one)) {
        return refusals.add(`expected a []interface {}, but received a ${goType(one)}`);
      }
    }
    if (!isList(order)) continue;
    const manner = mannerOf(struct, field, false, refusals);
    const merged = orderedBy(order, listIn(before), listIn(change), manner, refusals);
    if (merged === undefined) continue;
    fields.set(field, merged);
    changes.delete(field);
  }
}

function listIn(value: unknown): List | undefined {
  return isList(value) ? value : undefined;
}

/** How the lists of a field are merged. */
function mannerOf(
  struct: string,
  field: string,
  isDeletion: boolean,
  refusals: Refusals,
): ListManner {
  const { strategy, mergeKey, struct: element = "" } = patchMetadataOf(struct, field);
  const merge = (before: Fields, change: Fields) => mergeMap(before, change, element, refusals);
  return { mergeKey, isMerged: isDeletion || strategy === "merge", isDeletion, merge };
}

/** What comes after the slash of a directive. */
function listNamed(key: string, refusals: Refusals, refusal: string): string {
  const at = key.indexOf("/");
  const prefix = key.slice(0, Math.max(at, 0));
  if (prefix !== deletionPrefix && prefix !== orderPrefix) refusals.add(refusal);
  return key.slice(at + 1);
}

function mergedMap(
  before: Fields,
  value: Fields,
  struct: string,
  field: string,
  refusals: Refusals,
): Fields {
  const { strategy, struct: inner = "" } = patchMetadataOf(struct, field);
  return strategy === "replace" ? value : mergeMap(before, value, inner, refusals);
}

/** What was not there, or was something else, is taken as it is but for nulls and directives. */
function setNew(fields: Map<string, unknown>, field: string, value: unknown): void {
  const kept = withoutDirectives(withoutNulls(value));
  if (kept === undefined) fields.delete(field);
  else fields.set(field, kept);
}

/** removeDirectives: a map that is one goes. */
function withoutDirectives(value: unknown): unknown {
  if (isList(value)) {
    return value.map(withoutDirectives).filter((part) => part !== undefined);
  }
  if (!isFields(value)) return value;
  if (Object.hasOwn(value, "$patch")) return undefined;
  const entries = Object.entries(value).map(([field, part]) => [field, withoutDirectives(part)]);
  return Object.fromEntries(entries.filter(([, part]) => part !== undefined));
}
