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

/** Of what a patch is merged into. strategicpatch.MergeOptions */
type Base = "object" | "patch";

/**
 * The merged map; its fields keep their places, new ones come last. Into another patch the
 * directives and nulls of a patch are taken over, as they are still to be followed.
 */
export function mergeMap(
  original: Fields,
  patch: Fields,
  struct: string,
  refusals: Refusals,
  base: Base = "object",
): Fields {
  if (Object.hasOwn(patch, "$patch")) return directed(patch, refusals);
  const isObject = base === "object";
  const merging = { struct, refusals, base };
  const fields = new Map(Object.entries(retained(original, patch, merging)));
  const changes = new Map(Object.entries(patch));
  changes.delete("$retainKeys");
  orderLists(fields, changes, merging);
  for (const [key, value] of changes) {
    const isDeletion = key.startsWith(deletionPrefix) && isObject;
    const field = isDeletion ? listNamed(key, refusals, primitiveList) : key;
    const before = fields.get(field);
    if (value === null && isObject) fields.delete(field);
    else if (isFields(before) && isFields(value)) {
      fields.set(field, mergedMap(before, value, field, merging));
    } else if (isList(before) && isList(value) && (isObject || !key.startsWith("$"))) {
      const manner = mannerOf(field, isDeletion, merging);
      fields.set(field, manner.isMerged ? mergeSlice(before, value, manner, refusals) : value);
    } else if (!isDeletion) setNew(fields, field, isObject ? withoutNulls(value) : value);
  }
  return Object.fromEntries(fields);
}

/** A map that is merged, and how. */
interface Merging {
  readonly struct: string;
  readonly refusals: Refusals;
  readonly base: Base;
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
function retained(original: Fields, patch: Fields, { refusals, base }: Merging): Fields {
  const { $retainKeys: keys } = patch;
  if (keys === undefined) return original;
  if (base === "patch") return { ...original, $retainKeys: keys };
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
  merging: Merging,
): void {
  const { refusals, base } = merging;
  for (const [key, order] of changes) {
    if (!key.startsWith(orderPrefix)) continue;
    changes.delete(key);
    if (base === "patch") fields.set(key, order);
    const field = listNamed(key, refusals, elementOrderList);
    const [before, change] = [fields.get(field), changes.get(field)];
    for (const one of [order, before, change]) {
      if (one !== undefined && !isList(one)) {
        return refusals.add(`expected a []interface {}, but received a ${goType(one)}`);
      }
    }
    if (!isList(order)) continue;
    const manner = mannerOf(field, false, merging);
    const added = before === undefined ? withoutDirectives(change) : change;
    const merged = orderedBy(order, listIn(before), listIn(added), manner, refusals);
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
  field: string,
  isDeletion: boolean,
  { struct, refusals, base }: Merging,
): ListManner {
  const { strategy, mergeKey, struct: element = "" } = patchMetadataOf(struct, field);
  const merge = (before: Fields, change: Fields) =>
    mergeMap(before, change, element, refusals, base);
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
  field: string,
  { struct, refusals, base }: Merging,
): Fields {
  const { strategy, struct: inner = "" } = patchMetadataOf(struct, field);
  return strategy === "replace" ? value : mergeMap(before, value, inner, refusals, base);
}

/** What was not there, or was something else, is taken as it is but for directives. */
function setNew(fields: Map<string, unknown>, field: string, value: unknown): void {
  const kept = withoutDirectives(value);
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
