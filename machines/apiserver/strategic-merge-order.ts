import type { Refusals } from "./patch-refusals.ts";
import { type Fields, goText, goType, isFields, type List } from "./patch-value.ts";

/**
 * What the patch names in its order, all else in the server's, and both put together: an element of
 * the server's goes before one of the patch only if the server had them so. normalizeElementOrder
 */
export function normalized(
  merged: List,
  patchOrder: List,
  serverOrder: List,
  mergeKey: string | undefined,
  refusals: Refusals,
): List {
  refusesKeyless([...merged, ...patchOrder, ...serverOrder], mergeKey, refusals);
  const keyOf = keyBy(mergeKey);
  const place = (order: List, one: unknown) =>
    order.findIndex((other) => keyOf(other) === keyOf(one));
  const named = sorted(
    merged.filter((one) => place(patchOrder, one) >= 0),
    (one) => place(patchOrder, one),
  );
  const others = sorted(
    merged.filter((one) => place(patchOrder, one) < 0),
    (one) => place(serverOrder, one),
  );
  const isFirst = (other: unknown, one: unknown): boolean => {
    const [known, at] = [place(serverOrder, other), place(serverOrder, one)];
    return other !== undefined && known >= 0 && known < at;
  };
  const all: unknown[] = [];
  for (const one of named) {
    while (isFirst(others[0], one)) all.push(others.shift());
    all.push(one);
  }
  return [...all, ...others];
}

/** A list in an order; of maps, those that go come last. */
export function normalizeSliceOrder(
  list: List,
  order: List,
  mergeKey: string | undefined,
  refusals: Refusals,
): List {
  refusesKeyless([...list, ...order], mergeKey, refusals);
  const keyOf = keyBy(mergeKey);
  return sorted(list, (one) => order.findIndex((other) => keyOf(other) === keyOf(one)));
}

/**
 * Go's stable sort with upstream's comparison, in which an element without a place goes first;
 * elements that are to be deleted come last.
 */
function sorted(list: List, placeOf: (one: unknown) => number): unknown[] {
  const order: unknown[] = [];
  const deleted = list.filter((one) => isDirected(one, "delete"));
  for (const one of list) {
    if (isDirected(one, "delete")) continue;
    let at = order.length;
    while (at > 0 && goesBefore(placeOf(one), placeOf(order[at - 1]))) at--;
    order.splice(at, 0, one);
  }
  return [...order, ...deleted];
}

function goesBefore(place: number, other: number): boolean {
  return place < 0 || other < 0 || place < other;
}

/** The patch's elements are a part of the order, in its order. validatePatchWithSetOrderList */
export function validateOrder(
  patch: List,
  order: List,
  mergeKey: string | undefined,
  refusals: Refusals,
): void {
  if (order.length === 0 || patch.length === 0) return;
  const kept = mergeKey === undefined ? patch : patch.filter((one) => !isDirected(one, "delete"));
  const keyOf = keyBy(mergeKey);
  let [next, at] = [0, 0];
  while (next < kept.length && at < order.length) {
    const one = kept[next];
    if (isFields(one) && Object.hasOwn(one, "$patch")) next++;
    else {
      const other = order[at++];
      if (refusesKeyless([one, other], mergeKey, refusals)) return;
      if (keyOf(one) === keyOf(other)) next++;
    }
  }
  if (next === kept.length) return;
  const [list, wanted] = [goText(patch), goText(order)];
  refusals.add(
    `The order in patch list:\n${list}\n doesn't match $setElementOrder list:\n${wanted}\n`,
  );
}

/** The element says with `$patch` what is to be done with it. */
export function isDirected(one: unknown, directive: string): boolean {
  return isFields(one) && one["$patch"] === directive;
}

/**
 * The server's order as upstream reads it after it has merged in place: who comes after a deleted
 * element has moved up, and new elements stand in the places that became free.
 */
export function orderAfterMerge(before: List, patch: List, mergeKey: string): List {
  const [slots, keyOf] = [[...before], keyBy(mergeKey)];
  let length = slots.length;
  const find = (one: unknown) =>
    slots.slice(0, length).findIndex((other) => keyOf(other) === keyOf(one));
  for (const one of patch.filter((change) => isDirected(change, "delete"))) {
    for (let at = find(one); at >= 0; at = find(one)) slots.copyWithin(at, at + 1, length--);
  }
  if (patch.some((one) => isDirected(one, "replace"))) return slots;
  for (const one of patch) {
    if (isFields(one) && Object.hasOwn(one, "$patch")) continue;
    if (find(one) < 0 && length < slots.length) slots[length++] = one;
  }
  return slots;
}

function keyBy(mergeKey: string | undefined): (one: unknown) => unknown {
  if (mergeKey === undefined) return (one) => one;
  return (one) => (isFields(one) ? one[mergeKey] : undefined);
}

/** Elements that are told apart by a key are maps that have it. */
function refusesKeyless(list: List, mergeKey: string | undefined, refusals: Refusals): boolean {
  if (mergeKey === undefined) return false;
  const one = list.find((element) => !isFields(element) || !Object.hasOwn(element, mergeKey));
  if (one === undefined) return false;
  refusals.add(
    isFields(one)
      ? keyless(one, mergeKey)
      : `expected a map[string]interface {}, but received a ${goType(one)}`,
  );
  return true;
}

/** ErrNoMergeKey */
export function keyless(one: Fields, mergeKey: string): string {
  return `map: ${goText(one)} does not contain declared merge key: ${mergeKey}`;
}
