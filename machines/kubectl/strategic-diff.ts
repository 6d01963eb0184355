import { goJson } from "../api/go-json.ts";
import { patchMetadataOf } from "../apiserver/patch-metadata.ts";
import type { Refusals } from "../apiserver/patch-refusals.ts";
import { type Fields, goType, isFields, isList, type List } from "../apiserver/patch-value.ts";
import { type DiffOptions, diffLists } from "./strategic-diff-list.ts";

/**
 * The strategic merge patch that makes `modified` of `original`, both of that kind or struct.
 * apimachinery/pkg/util/strategicpatch/patch.go diffMaps
 */
export function diffMaps(
  original: Fields,
  modified: Fields,
  struct: string,
  options: DiffOptions,
  refusals: Refusals,
  retainsKeys = false,
): Fields {
  const patch: [string, unknown][] = [];
  for (const [key, value] of Object.entries(modified)) {
    if (Object.hasOwn(original, key)) {
      patch.push(...diffField(original[key], value, { struct, key, options, refusals }));
    } else if (!options.ignoresChangesAndAdditions) patch.push([key, value]);
  }
  if (!options.ignoresDeletions) {
    const missing = Object.keys(original).filter((key) => !Object.hasOwn(modified, key));
    patch.push(...missing.map((key): [string, unknown] => [key, null]));
  }
  if (retainsKeys) patch.push(...retainedKeys(original, modified, patch.length > 0));
  return Object.fromEntries(patch);
}

interface Field {
  readonly struct: string;
  readonly key: string;
  readonly options: DiffOptions;
  readonly refusals: Refusals;
}

/** What a patch says of one field that both have. */
function diffField(before: unknown, after: unknown, field: Field): [string, unknown][] {
  const { key, options } = field;
  if (goType(before) === goType(after)) {
    if (isFields(before) && isFields(after)) return diffMap(before, after, field);
    if (isList(before) && isList(after)) return diffSlice(before, after, field);
    if (goJson(before) === goJson(after)) return [];
  }
  return options.ignoresChangesAndAdditions ? [] : [[key, after]];
}

/** handleMapDiff: a map that is replaced as a whole is always part of the patch. */
function diffMap(before: Fields, after: Fields, field: Field): [string, unknown][] {
  const { key, options, refusals } = field;
  const { strategy, struct = "", retainsKeys } = patchMetadataOf(field.struct, key);
  if (strategy === "replace") return options.ignoresChangesAndAdditions ? [] : [[key, after]];
  const patch = diffMaps(before, after, struct, options, refusals, retainsKeys);
  return Object.keys(patch).length > 0 ? [[key, patch]] : [];
}

/** handleSliceDiff */
function diffSlice(before: List, after: List, field: Field): [string, unknown][] {
  const { key, options, refusals } = field;
  const { strategy, mergeKey, struct = "", retainsKeys } = patchMetadataOf(field.struct, key);
  if (strategy !== "merge") {
    return options.ignoresChangesAndAdditions || goJson(before) === goJson(after)
      ? []
      : [[key, after]];
  }
  const diff = (one: Fields, other: Fields) =>
    diffMaps(one, other, struct, options, refusals, retainsKeys);
  const { changed, deleted, order } = diffLists(
    before,
    after,
    { mergeKey, options, diff },
    refusals,
  );
  const lists: [string, List][] = [
    [key, changed],
    [`$deleteFromPrimitiveList/${key}`, deleted],
    [`$setElementOrder/${key}`, order],
  ];
  return lists.filter(([, list]) => list.length > 0);
}

/** All that is to stay, where something changes or was there besides. */
function retainedKeys(original: Fields, modified: Fields, isChanged: boolean): [string, unknown][] {
  const kept = Object.keys(modified).filter((key) => modified[key] !== null);
  const isMore = Object.entries(original).some(([key, value]) => {
    return value !== null && !Object.hasOwn(modified, key);
  });
  if (kept.length === 0 || !(isChanged || isMore)) return [];
  return [["$retainKeys", kept.toSorted()]];
}
