import { goJson } from "../api/go-json.ts";
import { type FieldSet, fieldSet, type FieldPath } from "./field-set.ts";
import {
  type Atom,
  atomOf,
  deduceAtom,
  fieldType,
  type ListType,
  type MapType,
} from "./field-type.ts";
import { isFields, isList, type List } from "./patch-value.ts";

/** An element of a list as a path names it, or why it cannot be. listItemToPathElement */
export function pathElementOf(
  list: ListType,
  item: unknown,
): { readonly element: string } | { readonly error: string } {
  if (list.keys.size > 0) return keyedElement(list, item);
  const without = "associative list without keys has an element that's";
  if (isFields(item)) return { error: `${without} a map type` };
  if (isList(item)) return { error: "not supported: associative list with lists as elements" };
  if (item === null) return { error: `${without} an explicit null` };
  return { element: `v:${goJson(item)}` };
}

function keyedElement(
  { keys }: ListType,
  item: unknown,
): { readonly element: string } | { readonly error: string } {
  const withKeys = "associative list with keys";
  if (item === null) return { error: `${withKeys} may not have a null element` };
  if (!isFields(item)) return { error: `${withKeys} may not have non-map elements` };
  const pairs = [...keys].map(([name, usual]) => [
    name,
    Object.hasOwn(item, name) ? item[name] : usual,
  ]);
  const said = pairs.filter(([, value]) => value !== undefined);
  if (said.length > 0) return { element: `k:${goJson(Object.fromEntries(said))}` };
  const names = [...keys.keys()].map((name) => JSON.stringify(name)).join(" ");
  const omits = `has an element that omits all key fields [${names}]`;
  const usual = "(and doesn't have default values for any key fields)";
  return { error: `${withKeys} ${omits} ${usual}` };
}

/** The element's name in a list that has been validated. */
export function elementOf(list: ListType, item: unknown): string {
  const named = pathElementOf(list, item);
  return "element" in named ? named.element : "";
}

/** Every field of a value that somebody can have. typed/tofieldset.go */
export function toFieldSet(value: unknown, type: string): FieldSet {
  const paths: FieldPath[] = [];
  collect(value, type, [], paths);
  return fieldSet(paths);
}

function collect(value: unknown, type: string, path: FieldPath, paths: FieldPath[]): void {
  const atom = resolved(type, value);
  if (atom?.map !== undefined) collectMap(value, atom.map, path, paths);
  else if (atom?.scalar !== undefined) paths.push(path);
  else if (atom?.list !== undefined) collectList(value, atom.list, path, paths);
}

function collectMap(value: unknown, map: MapType, path: FieldPath, paths: FieldPath[]): void {
  if (map.isAtomic) return void paths.push(path);
  if (!isFields(value)) return;
  for (const [field, part] of Object.entries(value)) {
    const inner = [...path, `f:${field}`];
    const type = fieldType(map, field);
    if (type !== undefined) collect(part, type, inner, paths);
    const isEmpty = isFields(part) && Object.keys(part).length === 0;
    if (part === null || isEmpty || !map.fields.has(field)) paths.push(inner);
  }
}

/** Elements that are there twice are told of once, and nothing of what is in them. */
function collectList(value: unknown, list: ListType, path: FieldPath, paths: FieldPath[]): void {
  if (!list.isAssociative) return void paths.push(path);
  if (!isList(value)) return;
  const elements = value.map((item) => elementOf(list, item));
  for (const [at, element] of elements.entries()) {
    const inner = [...path, element];
    paths.push(inner);
    const isTwice = elements.indexOf(element) !== elements.lastIndexOf(element);
    if (!isTwice) collect(value[at], list.element, inner, paths);
  }
}

/** The value without those fields and elements; null where nothing is left. typed/remove.go */
export function removeItems(value: unknown, set: FieldSet, type: string): unknown {
  return remaining(value, [...set.values()], type);
}

function remaining(value: unknown, paths: readonly FieldPath[], type: string | undefined): unknown {
  const atom = type === undefined ? undefined : resolved(type, value);
  if (atom?.map !== undefined) return remainingMap(value, paths, atom.map);
  if (atom?.scalar !== undefined) return value;
  return atom?.list === undefined ? null : remainingList(value, paths, atom.list);
}

function remainingMap(value: unknown, paths: readonly FieldPath[], map: MapType): unknown {
  if (!isFields(value) || map.isAtomic) return null;
  const kept = Object.entries(value).flatMap(([field, part]) => {
    const { isGone, deeper } = below(paths, `f:${field}`);
    if (isGone) return [];
    return [[field, deeper.length === 0 ? part : remaining(part, deeper, fieldType(map, field))]];
  });
  return kept.length > 0 ? Object.fromEntries(kept) : null;
}

function remainingList(value: unknown, paths: readonly FieldPath[], list: ListType): unknown {
  if (!isList(value) || !list.isAssociative) return null;
  const kept: List = value.flatMap((item) => {
    const { isGone, deeper } = below(paths, elementOf(list, item));
    if (isGone) return [];
    return [deeper.length === 0 ? item : remaining(item, deeper, list.element)];
  });
  return kept.length > 0 ? kept : null;
}

/** What of the paths goes by that element. */
function below(paths: readonly FieldPath[], element: string) {
  const inner = paths.filter(([first]) => first === element).map((path) => path.slice(1));
  const deeper = inner.filter((path) => path.length > 0);
  return { isGone: deeper.length < inner.length, deeper };
}

function resolved(type: string, value: unknown): Atom | undefined {
  const atom = atomOf(type);
  return atom && deduceAtom(atom, value);
}
