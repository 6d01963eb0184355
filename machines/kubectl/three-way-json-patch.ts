import { goJson } from "../api/go-json.ts";
import { jsonMergePatch } from "../apiserver/json-merge-patch.ts";
import { type Fields, goText, goType, isFields } from "../apiserver/patch-value.ts";
import type { ThreeWayPatch } from "./three-way-patch.ts";

/**
 * The same for an object of a kind that nothing is known of: lists are replaced.
 * apimachinery/pkg/util/jsonmergepatch/patch.go CreateThreeWayJSONMergePatch
 */
export function createThreeWayJSONMergePatch(
  original: Fields,
  modified: Fields,
  current: Fields,
): ThreeWayPatch {
  const changes = withoutNullFields(createMergePatch(current, modified));
  const deletions = nullFields(createMergePatch(original, modified));
  const merged = jsonMergePatch(deletions, changes);
  const patch = "result" in merged && isFields(merged.result) ? merged.result : {};
  const identity = [patch["apiVersion"], patch["kind"], nameIn(patch["metadata"])];
  if (identity.every((one) => one === undefined)) return { patch };
  return { error: `precondition failed for: ${goText(patch)}` };
}

function nameIn(metadata: unknown): unknown {
  return isFields(metadata) ? metadata["name"] : undefined;
}

/** gopkg.in/evanphx/json-patch.v4 merge.go CreateMergePatch */
function createMergePatch(before: Fields, after: Fields): Fields {
  const changes = Object.entries(after).flatMap(([key, value]): [string, unknown][] => {
    const old = before[key];
    if (!Object.hasOwn(before, key) || goType(old) !== goType(value)) return [[key, value]];
    if (!isFields(old) || !isFields(value)) {
      return goJson(old) === goJson(value) ? [] : [[key, value]];
    }
    const inner = createMergePatch(old, value);
    return Object.keys(inner).length > 0 ? [[key, inner]] : [];
  });
  const missing = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  return Object.fromEntries([...changes, ...missing.map((key) => [key, null])]);
}

/** keepOrDeleteNullInObj: what is added or changed; an empty map is a value. */
function withoutNullFields(patch: Fields): Fields {
  return filtered(patch, (value) => {
    if (value === null) return undefined;
    if (!isFields(value) || Object.keys(value).length === 0) return value;
    const inner = withoutNullFields(value);
    return Object.keys(inner).length > 0 ? inner : undefined;
  });
}

/** keepOrDeleteNullInObj: what goes. */
function nullFields(patch: Fields): Fields {
  return filtered(patch, (value) => {
    if (!isFields(value)) return value === null ? null : undefined;
    const inner = nullFields(value);
    return Object.keys(inner).length > 0 ? inner : undefined;
  });
}

function filtered(patch: Fields, kept: (value: unknown) => unknown): Fields {
  const entries = Object.entries(patch).map(([key, value]) => [key, kept(value)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
