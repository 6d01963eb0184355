import type { Refusals } from "./patch-refusals.ts";
import { type Fields, goText, goType, isFields, isList, type List } from "./patch-value.ts";
import { keyless, normalized, orderAfterMerge, validateOrder } from "./strategic-merge-order.ts";

/** How a list is merged. */
export interface ListManner {
  /** What tells its elements apart; scalars have none. */
  readonly mergeKey: string | undefined;
  /** Else a list takes the place of the one before. */
  readonly isMerged: boolean;
  /** Of scalars: the patch names those that go. */
  readonly isDeletion: boolean;
  /** Merges an element with its change. */
  readonly merge: (before: Fields, change: Fields) => Fields;
}

/** mergeSlice: a new element comes in front, and what the patch does not name keeps its place. */
export function mergeSlice(
  before: List,
  patch: List,
  manner: ListManner,
  refusals: Refusals,
): List {
  if (before.length === 0 && patch.length === 0) return before;
  const type = elementType([before, patch], refusals);
  const { mergeKey, isDeletion } = manner;
  if (type !== "map[string]interface {}") {
    if (isDeletion) return before.filter((one) => !patch.includes(one));
    return normalized(withoutRepeats([...before, ...patch]), patch, before, mergeKey, refusals);
  }
  if (mergeKey === undefined) {
    refusals.add("cannot merge lists without merge key for struct");
    return before;
  }
  const [kept, changes] = withoutSpecial(
    before.filter(isFields),
    patch.filter(isFields),
    mergeKey,
    refusals,
  );
  const merged = mergedMaps(kept, changes, mergeKey, manner.merge, refusals);
  const originals = merged.slice(0, kept.length);
  return normalized(merged, changes, originals, mergeKey, refusals);
}

/** A list and its change in the order that the patch sets; undefined when there is neither. */
export function orderedBy(
  order: List,
  before: List | undefined,
  change: List | undefined,
  manner: ListManner,
  refusals: Refusals,
): List | undefined {
  const { mergeKey } = manner;
  if (change !== undefined) validateOrder(change, order, mergeKey, refusals);
  if (before === undefined && change === undefined) return undefined;
  elementType([before ?? [], change ?? []], refusals);
  if (before === undefined || change === undefined || !manner.isMerged) {
    return normalized(change ?? before ?? [], order, before ?? [], mergeKey, refusals);
  }
  const merged = mergeSlice(before, change, manner, refusals);
  const known = mergeKey === undefined ? before : orderAfterMerge(before, change, mergeKey);
  return normalized(merged, order, known, mergeKey, refusals);
}

/** Elements with `$patch`: one is deleted, or the others take the whole list's place. */
function withoutSpecial(
  before: readonly Fields[],
  patch: readonly Fields[],
  mergeKey: string,
  refusals: Refusals,
): readonly [readonly Fields[], readonly Fields[]] {
  let kept = before;
  let replaces = false;
  for (const one of patch) {
    const { $patch: directive } = one;
    if (directive === undefined) continue;
    if (directive === "delete") {
      if (!Object.hasOwn(one, mergeKey)) refusals.add(keyless(one, mergeKey));
      kept = kept.filter((known) => known[mergeKey] !== one[mergeKey]);
    } else if (directive === "replace") replaces = true;
    else if (directive === "merge") {
      refusals.add("merging lists cannot yet be specified in the patch");
    } else refusals.add(`unknown patch type: ${goText(directive)} in map: ${goText(one)}`);
  }
  const ordinary = patch.filter((one) => one["$patch"] === undefined);
  return replaces ? [ordinary, []] : [kept, ordinary];
}

function mergedMaps(
  before: readonly Fields[],
  changes: readonly Fields[],
  mergeKey: string,
  merge: ListManner["merge"],
  refusals: Refusals,
): readonly Fields[] {
  const merged = [...before];
  for (const change of changes) {
    if (!Object.hasOwn(change, mergeKey)) refusals.add(keyless(change, mergeKey));
    const at = merged.findIndex((one) => one[mergeKey] === change[mergeKey]);
    const known = merged[at];
    if (known === undefined) merged.push(change);
    else merged[at] = merge(known, change);
  }
  return merged;
}

/** The one type of all elements. sliceElementType */
export function elementType(lists: readonly List[], refusals: Refusals): string {
  const types = new Set(lists.flat().map(goType));
  const [type = ""] = types;
  if (lists.flat().some(isList)) refusals.add("lists of lists are not supported");
  else if (types.size > 1) {
    refusals.add(`list element types are not identical: ${goText(lists)}`);
  } else if (types.size === 0) refusals.add("no elements in any of the given slices");
  return type;
}

/** deduplicateScalars: the last element takes the place of a repeat. */
function withoutRepeats(list: List): List {
  const kept = [...list];
  for (let at = 0; at < kept.length - 1; at++) {
    for (let other = at + 1; other < kept.length; other++) {
      if (kept[at] !== kept[other]) continue;
      const last = kept.pop();
      if (other < kept.length) kept[other] = last;
      other--;
    }
  }
  return kept;
}
