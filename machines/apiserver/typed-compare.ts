import { goJson } from "../api/go-json.ts";
import { type FieldPath, type FieldSet, fieldSet } from "./field-set.ts";
import {
  type Atom,
  atomOf,
  deduceAtom,
  fieldType,
  type ListType,
  type MapType,
  type Scalar,
} from "./field-type.ts";
import { isFields, isList } from "./patch-value.ts";
import { elementOf } from "./typed-value.ts";
import { isScalar } from "./typed-validate.ts";

/** What is other in a second value. structured-merge-diff typed/compare.go Comparison */
export interface Comparison {
  readonly removed: FieldSet;
  readonly modified: FieldSet;
  readonly added: FieldSet;
}

/** Both values have been validated. */
export function compareTyped(before: unknown, after: unknown, type: string): Comparison {
  const found: Found = { removed: [], modified: [], added: [] };
  compare(before, after, type, [], found);
  const { removed, modified, added } = found;
  return { removed: fieldSet(removed), modified: fieldSet(modified), added: fieldSet(added) };
}

type Found = Record<keyof Comparison, FieldPath[]>;

/** Undefined is nothing, and takes the form of the other. */
function compare(
  before: unknown,
  after: unknown,
  type: string | undefined,
  path: FieldPath,
  found: Found,
): void {
  const atom = type === undefined ? undefined : atomOf(type);
  if (atom === undefined) return;
  const [left, right] = [deduceAtom(atom, before), deduceAtom(atom, after)];
  const isOneForm = after === undefined || before === undefined || isSame(left, right);
  if (!isOneForm) compareAs(left, before, after, path, found);
  const isLeaf = compareAs(after === undefined ? left : right, before, after, path, found);
  if (isLeaf) return;
  if (before === undefined) found.added.push(path);
  else if (after === undefined) found.removed.push(path);
}

function isSame(one: Atom, other: Atom): boolean {
  return one.map === other.map && one.scalar === other.scalar && one.list === other.list;
}

/** Whether the value has one owner as a whole. */
function compareAs(
  atom: Atom,
  before: unknown,
  after: unknown,
  path: FieldPath,
  found: Found,
): boolean {
  if (atom.map !== undefined) return compareMaps(atom.map, before, after, path, found);
  if (atom.scalar !== undefined) return compareScalars(atom.scalar, before, after, path, found);
  if (atom.list === undefined) return false;
  return compareLists(atom.list, before, after, path, found);
}

function compareLeaves(before: unknown, after: unknown, path: FieldPath, found: Found): true {
  if (before === undefined) found.added.push(path);
  else if (after === undefined) found.removed.push(path);
  else if (goJson(before) !== goJson(after)) found.modified.push(path);
  return true;
}

function compareScalars(
  scalar: Scalar,
  before: unknown,
  after: unknown,
  path: FieldPath,
  found: Found,
): boolean {
  if (![before, after].some((one) => isScalar(one, scalar))) return false;
  return compareLeaves(before, after, path, found);
}

function compareMaps(
  map: MapType,
  before: unknown,
  after: unknown,
  path: FieldPath,
  found: Found,
): boolean {
  const [one, other] = [before, after].map((value) => {
    return new Map(isFields(value) ? Object.entries(value) : []);
  });
  const keys = new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])]);
  if (map.isAtomic || keys.size === 0) return compareLeaves(before, after, path, found);
  for (const key of keys) {
    compare(one?.get(key), other?.get(key), fieldType(map, key), [...path, `f:${key}`], found);
  }
  return false;
}

function compareLists(
  list: ListType,
  before: unknown,
  after: unknown,
  path: FieldPath,
  found: Found,
): boolean {
  const [one, other] = [before, after].map((value) => grouped(list, value));
  const elements = new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])]);
  if (!list.isAssociative || elements.size === 0) return compareLeaves(before, after, path, found);
  for (const element of elements) {
    const [ours, theirs] = [one?.get(element) ?? [], other?.get(element) ?? []];
    compareItems(ours, theirs, list, [...path, element], found);
  }
  return false;
}

/** Items of one name; if there are several they have one owner as a whole. */
function compareItems(
  ours: readonly unknown[],
  theirs: readonly unknown[],
  { element: type }: ListType,
  path: FieldPath,
  found: Found,
): void {
  if (ours.length <= 1 && theirs.length <= 1) return compare(ours[0], theirs[0], type, path, found);
  if (ours.length >= 2 && theirs.length >= 2) {
    if (goJson(ours) !== goJson(theirs)) found.modified.push(path);
  } else if (ours.length >= 2) {
    if (theirs.length > 0) compare(undefined, theirs[0], type, path, found);
    found.removed.push(path);
  } else {
    if (ours.length > 0) compare(ours[0], undefined, type, path, found);
    found.added.push(path);
  }
}

function grouped(list: ListType, value: unknown): ReadonlyMap<string, unknown[]> {
  const groups = new Map<string, unknown[]>();
  if (!list.isAssociative || !isList(value)) return groups;
  for (const item of value) {
    const element = elementOf(list, item);
    groups.set(element, [...(groups.get(element) ?? []), item]);
  }
  return groups;
}
