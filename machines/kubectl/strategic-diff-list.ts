import { goJson } from "../api/go-json.ts";
import type { Refusals } from "../apiserver/patch-refusals.ts";
import { type Fields, goText, isFields, type List } from "../apiserver/patch-value.ts";
import { elementType } from "../apiserver/strategic-merge-list.ts";
import { keyless, normalizeSliceOrder } from "../apiserver/strategic-merge-order.ts";

/** What of a difference a patch is to hold. strategicpatch.DiffOptions */
export interface DiffOptions {
  /** Lists say in which order their elements are to stand. */
  readonly setsElementOrder?: boolean;
  readonly ignoresDeletions?: boolean;
  readonly ignoresChangesAndAdditions?: boolean;
}

/** How lists are compared whose elements are merged. */
export interface ListDiffer {
  /** What tells elements apart; scalars have none. */
  readonly mergeKey: string | undefined;
  readonly options: DiffOptions;
  readonly diff: (before: Fields, after: Fields) => Fields;
}

/** What a patch says of a list. */
export interface ListDiff {
  readonly changed: List;
  /** Scalars that go. */
  readonly deleted: List;
  readonly order: List;
}

/** strategicpatch diffLists */
export function diffLists(
  before: List,
  after: List,
  differ: ListDiffer,
  refusals: Refusals,
): ListDiff {
  if (before.length === 0) {
    const changed = differ.options.ignoresChangesAndAdditions ? [] : after;
    return { changed, deleted: [], order: [] };
  }
  const isOfMaps = elementType([before, after], refusals) === "map[string]interface {}";
  return (isOfMaps ? diffMapLists : diffScalars)(before, after, differ, refusals);
}

function diffMapLists(
  before: List,
  after: List,
  { mergeKey = "", options, diff }: ListDiffer,
  refusals: Refusals,
): ListDiff {
  const { ignoresDeletions = false, ignoresChangesAndAdditions = false } = options;
  const keyed = (list: List): readonly Fields[] => {
    const maps = list.filter(isFields);
    const stray = maps.find((one) => !Object.hasOwn(one, mergeKey));
    if (stray !== undefined) refusals.add(keyless(stray, mergeKey));
    return sortedAsGo(maps, (one) => goText(one[mergeKey]));
  };
  const changed: Fields[] = [];
  const deleted: Fields[] = [];
  const textOf = (one: Fields) => goText(one[mergeKey]);
  for (const [one, other] of pairs(keyed(before), keyed(after), textOf)) {
    if (one !== undefined && other !== undefined) {
      const change = diff(one, other);
      if (Object.keys(change).length > 0) changed.push({ ...change, [mergeKey]: other[mergeKey] });
    } else if (other !== undefined) {
      if (!ignoresChangesAndAdditions) changed.push(other);
    } else if (one !== undefined && !ignoresDeletions) {
      deleted.push({ [mergeKey]: one[mergeKey], $patch: "delete" });
    }
  }
  const list = [...normalizeSliceOrder(changed, after, mergeKey, refusals), ...deleted];
  const keys = after.filter(isFields).map((one) => ({ [mergeKey]: one[mergeKey] }));
  const isSaid = ignoresChangesAndAdditions
    ? !ignoresDeletions && list.length > 0
    : list.length > 0 || !isOrderSame(before, keys, mergeKey);
  return { changed: list, deleted: [], order: options.setsElementOrder && isSaid ? keys : [] };
}

function isOrderSame(before: List, keys: readonly Fields[], mergeKey: string): boolean {
  if (before.length !== keys.length) return false;
  return before.every((one, at) => isFields(one) && one[mergeKey] === keys[at]?.[mergeKey]);
}

/** Upstream sorts the earlier list in place, so one in another order is a changed one. */
function diffScalars(
  before: List,
  after: List,
  { options }: ListDiffer,
  refusals: Refusals,
): ListDiff {
  const { ignoresDeletions = false, ignoresChangesAndAdditions = false } = options;
  const [sorted, others] = [sortedAsGo(before, goText), sortedAsGo(after, goText)];
  const added: unknown[] = [];
  const deleted: unknown[] = [];
  for (const [one, other] of pairs(sorted, others, goText)) {
    if (one === undefined && !ignoresChangesAndAdditions) added.push(other);
    if (other === undefined && !ignoresDeletions) deleted.push(one);
  }
  const isOther = goJson(sorted) !== goJson(after);
  const isSaid =
    (!ignoresDeletions && deleted.length > 0) || (!ignoresChangesAndAdditions && isOther);
  return {
    changed: normalizeSliceOrder(added, after, undefined, refusals),
    deleted: [...new Set(deleted)],
    order: options.setsElementOrder && isSaid ? after : [],
  };
}

/** Elements of two sorted lists side by side: with the same text, or with nothing. */
function pairs<Element>(
  before: readonly Element[],
  after: readonly Element[],
  textOf: (one: Element) => string,
): readonly (readonly [Element | undefined, Element | undefined])[] {
  const found: (readonly [Element | undefined, Element | undefined])[] = [];
  let [at, next] = [0, 0];
  while (at < before.length || next < after.length) {
    const [one, other] = [before[at], after[next]];
    const order =
      one === undefined ? 1 : other === undefined ? -1 : compare(textOf(one), textOf(other));
    found.push([order > 0 ? undefined : one, order < 0 ? undefined : other]);
    if (order <= 0) at++;
    if (order >= 0) next++;
  }
  return found;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Go's sort of a short list with upstream's comparison, by which equal ones change places. */
export function sortedAsGo<Element>(
  list: readonly Element[],
  textOf: (one: Element) => string,
): Element[] {
  const sorted: Element[] = [];
  for (const one of list) {
    let at = sorted.length;
    for (; at > 0; at--) {
      const before = sorted[at - 1];
      if (before === undefined || compare(textOf(one), textOf(before)) > 0) break;
    }
    sorted.splice(at, 0, one);
  }
  return sorted;
}
