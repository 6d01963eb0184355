import { quote } from "../api/quote.ts";
import { type Atom, atomOf, fieldType } from "./field-type.ts";
import { type Fields, goText, isFields } from "./patch-value.ts";

/**
 * The way to a field or an element in the form of FieldsV1: `f:name` a field, `k:{"name":"c"}` an
 * element by its keys, `v:"x"` one of a set.
 */
export type FieldPath = readonly string[];

/** Fields, of which a manager may have some. structured-merge-diff fieldpath.Set */
export type FieldSet = ReadonlyMap<string, FieldPath>;

export function fieldSet(paths: Iterable<FieldPath>): FieldSet {
  const entries = [...paths].filter((path) => path.length > 0);
  return new Map(entries.map((path) => [path.join("\0"), path]));
}

export function union(one: FieldSet, other: FieldSet): FieldSet {
  return new Map([...one, ...other]);
}

export function intersection(one: FieldSet, other: FieldSet): FieldSet {
  return new Map([...one].filter(([key]) => other.has(key)));
}

export function difference(one: FieldSet, other: FieldSet): FieldSet {
  return new Map([...one].filter(([key]) => !other.has(key)));
}

export function hasField(set: FieldSet, path: FieldPath): boolean {
  return set.has(path.join("\0"));
}

/** With the structs' fields on the way to a member. EnsureNamedFieldsAreMembers */
export function ensureNamedFieldsAreMembers(set: FieldSet, type: string): FieldSet {
  return fieldSet([...set.values()].flatMap((path) => [...namedOnTheWay(path, type), path]));
}

function namedOnTheWay(path: FieldPath, type: string): FieldPath[] {
  const named: FieldPath[] = [];
  let at: string | undefined = type;
  for (const [index, element] of path.slice(0, -1).entries()) {
    const atom: Atom | undefined = at === undefined ? undefined : atomOf(at);
    const field = element.startsWith("f:") ? element.slice(2) : undefined;
    if (field !== undefined && atom?.map?.fields.has(field)) named.push(path.slice(0, index + 1));
    if (field !== undefined) at = atom?.map && fieldType(atom.map, field);
    else at = element.startsWith("k:") ? atom?.list?.element : undefined;
  }
  return named;
}

/** What managedFields say: `{"f:spec":{"f:replicas":{}}}`. */
export function fieldsV1Of(set: FieldSet): Fields {
  return treeOf([...set.values()].toSorted(comparePaths));
}

function treeOf(paths: readonly FieldPath[]): Fields {
  const children = new Map<string, FieldPath[]>();
  for (const [first = "", ...rest] of paths) {
    const inner = children.get(first) ?? [];
    children.set(first, inner);
    inner.push(rest);
  }
  const entries = [...children].map(([element, inner]) => {
    const deeper = inner.filter((path) => path.length > 0);
    const own = deeper.length > 0 && deeper.length < inner.length ? { ".": {} } : {};
    return [element, { ...own, ...treeOf(deeper) }] as const;
  });
  return Object.fromEntries(entries);
}

/** The set that FieldsV1 say; an element of a form that is unknown is left out. */
export function fieldSetOf(fields: unknown): FieldSet {
  return fieldSet(pathsIn(fields, []));
}

function pathsIn(fields: unknown, path: FieldPath): FieldPath[] {
  const entries = isFields(fields) ? Object.entries(fields) : [];
  const inner = entries.filter(([element]) => element !== ".");
  const isMember = path.length > 0 && (inner.length === 0 || entries.length > inner.length);
  const deeper = inner.flatMap(([element, value]) => pathsIn(value, [...path, element]));
  return isMember ? [path, ...deeper] : deeper;
}

/** `.spec.containers[name="c"].image` */
export function pathText(path: FieldPath): string {
  return path.map(elementText).join("");
}

export function elementText(element: string): string {
  const text = element.slice(2);
  if (element.startsWith("f:")) return `.${text}`;
  if (element.startsWith("i:")) return `[${text}]`;
  const keys: unknown = JSON.parse(text);
  if (!isFields(keys)) return `[=${scalarText(keys)}]`;
  const pairs = Object.entries(keys).map(([name, value]) => `${name}=${scalarText(value)}`);
  return `[${pairs.join(",")}]`;
}

function scalarText(value: unknown): string {
  return typeof value === "string" ? quote(value) : goText(value);
}

/** Members of a level before what lies deeper, as Go walks through the set. */
export function inOrder(set: FieldSet): readonly FieldPath[] {
  return [...set.values()].toSorted(compareWalked);
}

function compareWalked(one: FieldPath, other: FieldPath): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const [left, right] = [one.length - at, other.length - at];
  if (left <= 1 !== right <= 1) return left <= 1 ? -1 : 1;
  return compareElements(one[at] ?? "", other[at] ?? "");
}

function comparePaths(one: FieldPath, other: FieldPath): number {
  for (const [at, element] of one.entries()) {
    const order = compareElements(element, other[at] ?? "");
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

/** Fields come before elements by key, and those before scalars. */
function compareElements(one: string, other: string): number {
  const isField = one.startsWith("f:") || other.startsWith("f:");
  if (isField || one[0] !== other[0]) return compareScalars(one, other);
  const [left, right] = [one, other].map((element) => partsOf(element));
  const differing = left?.findIndex((part, at) => part !== right?.[at]) ?? -1;
  if (differing < 0) return (left?.length ?? 0) - (right?.length ?? 0);
  return compareScalars(left?.[differing], right?.[differing]);
}

/** Names and values of an element's keys; a scalar is its value alone. */
function partsOf(element: string): readonly unknown[] {
  const value: unknown = element === "" ? undefined : JSON.parse(element.slice(2));
  return isFields(value) ? Object.entries(value).flat() : [value];
}

function compareScalars(one: unknown, other: unknown): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  const [left, right] = [String(one ?? ""), String(other ?? "")];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
