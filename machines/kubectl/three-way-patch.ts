import type { Fields } from "../apiserver/patch-value.ts";
import { Refusals } from "../apiserver/patch-refusals.ts";
import { mergeMap } from "../apiserver/strategic-merge-patch.ts";
import { mergingMapsHaveConflicts } from "./patch-conflicts.ts";
import { diffMaps } from "./strategic-diff.ts";

/** A patch, or why there is none: what others changed meanwhile may not be overwritten. */
export type ThreeWayPatch =
  | { readonly patch: Fields }
  | { readonly error: string }
  | { readonly conflict: { readonly patch: Fields; readonly changed: Fields } };

/**
 * What is to change of a live object of that kind: `modified` is what is wanted, and `original`
 * what was wanted before, which tells what has to go.
 * apimachinery/pkg/util/strategicpatch/patch.go CreateThreeWayMergePatch
 */
export function createThreeWayMergePatch(
  original: Fields,
  modified: Fields,
  current: Fields,
  { kind, overwrite }: { readonly kind: string; readonly overwrite: boolean },
): ThreeWayPatch {
  const refusals = new Refusals();
  const ordered = { setsElementOrder: true };
  const [deltaOptions, deletionOptions] = [
    { ...ordered, ignoresDeletions: true },
    { ...ordered, ignoresChangesAndAdditions: true },
  ];
  const delta = diffMaps(current, modified, kind, deltaOptions, refusals);
  const deletions = diffMaps(original, modified, kind, deletionOptions, refusals);
  const patch = mergeMap(deletions, delta, kind, refusals, "patch");
  if (refusals.first !== undefined) return { error: refusals.first };
  if (overwrite) return { patch };
  const changed = diffMaps(original, current, kind, {}, refusals);
  const isConflict = mergingMapsHaveConflicts(patch, changed, kind, refusals);
  if (refusals.first !== undefined) return { error: refusals.first };
  return isConflict ? { conflict: { patch, changed } } : { patch };
}
