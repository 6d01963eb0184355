import { goJson } from "../api/go-json.ts";
import { type PatchMetadata, patchMetadataOf } from "../apiserver/patch-metadata.ts";
import type { Refusals } from "../apiserver/patch-refusals.ts";
import { type Fields, goText, isFields, isList, type List } from "../apiserver/patch-value.ts";
import { elementType } from "../apiserver/strategic-merge-list.ts";

/**
 * Two patches of an object of that kind set a field to different values.
 * apimachinery/pkg/util/strategicpatch/patch.go MergingMapsHaveConflicts
 */
export function mergingMapsHaveConflicts(
  left: Fields,
  right: Fields,
  kind: string,
  refusals: Refusals,
): boolean {
  return haveConflicts(left, right, { struct: kind }, refusals);
}

function haveConflicts(
  left: unknown,
  right: unknown,
  field: PatchMetadata,
  refusals: Refusals,
): boolean {
  if (isFields(left)) {
    if (!isFields(right) || left["$patch"] !== right["$patch"]) return true;
    return field.strategy !== "replace" && mapsHaveConflicts(left, right, field, refusals);
  }
  if (isList(left)) return !isList(right) || listsHaveConflicts(left, right, field, refusals);
  return goJson(left) !== goJson(right);
}

function mapsHaveConflicts(
  left: Fields,
  right: Fields,
  { struct = "" }: PatchMetadata,
  refusals: Refusals,
): boolean {
  return Object.entries(left).some(([key, value]) => {
    if (key === "$patch" || key === "$retainKeys" || !Object.hasOwn(right, key)) return false;
    return haveConflicts(value, right[key], patchMetadataOf(struct, key), refusals);
  });
}

function listsHaveConflicts(
  left: List,
  right: List,
  { strategy, mergeKey = "", struct = "" }: PatchMetadata,
  refusals: Refusals,
): boolean {
  const isOfMaps = elementType([left, right], refusals) === "map[string]interface {}";
  if (strategy === "merge") {
    if (!isOfMaps) return false;
    return left.filter(isFields).some((one) => {
      const key = goText(one[mergeKey]);
      const other = right.filter(isFields).findLast((each) => goText(each[mergeKey]) === key);
      return other !== undefined && haveConflicts(one, other, { struct }, refusals);
    });
  }
  if (left.length !== right.length) return true;
  const [ones, others] = isOfMaps ? [left, right] : [sortedScalars(left), sortedScalars(right)];
  return ones.some((one, at) => haveConflicts(one, others[at], { struct }, refusals));
}

function sortedScalars(list: List): List {
  return [...new Set(list)].toSorted((one, other) => (goText(one) < goText(other) ? -1 : 1));
}
