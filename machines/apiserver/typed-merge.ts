import {
  type Atom,
  atomOf,
  deduceAtom,
  fieldType,
  type ListType,
  type MapType,
} from "./field-type.ts";
import { type Fields, isFields, isList, type List } from "./patch-value.ts";
import { elementOf } from "./typed-value.ts";

/** A value that is absent. */
type Absent = undefined;

/**
 * The live value with what an applied one says: both have been validated. Undefined is nothing.
 * structured-merge-diff typed/merge.go
 */
export function mergeTyped(live: unknown, applied: unknown, type: string | Absent): unknown {
  const atom = type === undefined ? undefined : atomOf(type);
  if (atom === undefined) return undefined;
  const side = applied === undefined ? live : applied;
  return mergeAtom(deduceAtom(atom, side), live, applied);
}

function mergeAtom(atom: Atom, live: unknown, applied: unknown): unknown {
  if (atom.map !== undefined) return mergeMaps(atom.map, live, applied);
  if (atom.scalar !== undefined || atom.list === undefined) return leaf(live, applied);
  return mergeLists(atom.list, live, applied);
}

function leaf(live: unknown, applied: unknown): unknown {
  return applied === undefined ? live : applied;
}

function mergeMaps(map: MapType, live: unknown, applied: unknown): unknown {
  const [one, other] = [isFields(live) ? live : {}, isFields(applied) ? applied : {}];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  if (map.isAtomic || keys.size === 0) return leaf(live, applied);
  const entries = [...keys].map((key) => {
    return [key, mergeTyped(ownOf(one, key), ownOf(other, key), fieldType(map, key))] as const;
  });
  const merged = entries.filter(([, value]) => value !== undefined);
  return merged.length > 0 ? Object.fromEntries(merged) : undefined;
}

function ownOf(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function mergeLists(list: ListType, live: unknown, applied: unknown): unknown {
  const [one, other] = [isList(live) ? live : [], isList(applied) ? applied : []];
  if (!list.isAssociative || one.length + other.length === 0) return leaf(live, applied);
  const merged = interleaved(list, one, other);
  return merged.length > 0 ? merged : undefined;
}

/** Applied elements keep their order; the others stand where they stood between shared ones. */
function interleaved(list: ListType, live: List, applied: List): List {
  const [ours, theirs] = [live, applied].map((each) => each.map((one) => elementOf(list, one)));
  const [left, right] = [ours ?? [], theirs ?? []];
  const shared = right.filter((element) => left.includes(element));
  const [taken, merged] = [new Set<string>(), new Array<unknown>()];
  const add = (one: unknown, other: unknown) => {
    const value = mergeTyped(one, other, list.element);
    if (value !== undefined) merged.push(value);
  };
  const take = (element: string) => {
    taken.add(element);
    add(liveOf(left, live, element), applied[right.indexOf(element)]);
    if (shared[0] === element) shared.shift();
  };
  let [at, next] = [0, 0];
  while (at < left.length || next < right.length) {
    const [mine, wanted] = [left[at], right[next]];
    const isShared = mine !== undefined && right.includes(mine);
    if (isShared && mine === wanted) {
      take(mine);
      [at, next] = [at + 1, next + 1];
    } else if (isShared && wanted !== undefined && shared.length > 0 && shared[0] !== mine) at++;
    else if (mine !== undefined && !isShared) add(live[at++], undefined);
    else {
      if (mine !== undefined && taken.has(mine)) at++;
      if (wanted !== undefined) take(wanted);
      next++;
    }
  }
  return merged;
}

/** An element that is there twice is merged as if it were null. */
function liveOf(elements: readonly string[], live: List, element: string): unknown {
  const at = elements.indexOf(element);
  if (at < 0) return undefined;
  return elements.lastIndexOf(element) === at ? live[at] : null;
}
