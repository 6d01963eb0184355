import { type Issue, pathText, type Position } from "../../yaml/issue.ts";
import { didYouMean } from "../../yaml/nearest.ts";
import {
  describeNode,
  entryOf,
  type JsonValue,
  type YamlMap,
  type YamlNode,
} from "../../yaml/node.ts";
import type { JsonObject } from "../structure.ts";

/** A kind of value in a scenario: its JSON Schema, and how it is read from a text. */
export interface Form<T> {
  readonly schema: JsonObject;
  /** Undefined when the text is wrong; then there is an issue in the place's list. */
  readonly read: (node: YamlNode, place: Place) => T | undefined;
}

/** Where in which file a value stands. */
export interface Place {
  readonly file: string;
  readonly path: readonly (string | number)[];
  readonly issues: Issue[];
}

/** A field of a map; `why` is what people read of it in their editor. */
export interface Field<T> {
  readonly form: Form<T>;
  readonly why: string;
  readonly isNeeded: boolean;
}

export interface NeededField<T> extends Field<T> {
  readonly isNeeded: true;
}

/** May be left out. */
export function field<T>(form: Form<T>, why: string): Field<T> {
  return { form, why, isNeeded: false };
}

export function needed<T>(form: Form<T>, why: string): NeededField<T> {
  return { form, why, isNeeded: true };
}

/** The map that a record was read from, for what only several fields together can get wrong. */
export interface RecordText {
  readonly line: number;
  /** Whether the key is there, readable or not. */
  readonly has: (key: string) => boolean;
  readonly wrong: (key: string, expected: string, got?: string, hint?: string) => void;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

type Values<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends NeededField<infer T>
    ? T
    : F[K] extends Field<infer T>
      ? T | undefined
      : never;
};

/** A map with these fields and no others; it is built when every needed one can be read. */
export function record<F extends Fields, T>(
  what: string,
  fields: F,
  build: (values: Values<F>, text: RecordText) => T,
): Form<T>;
export function record(
  what: string,
  fields: Fields,
  build: (values: Readonly<Record<string, unknown>>, text: RecordText) => unknown,
): Form<unknown> {
  return {
    schema: recordSchema(fields),
    read: (node, place) => {
      if (node.kind !== "map") return wrong(node, place, what);
      const values = readFields(node, what, fields, place);
      return values === undefined ? undefined : build(values, recordText(node, place));
    },
  };
}

/** As many of the same form as there are, which may be none. */
export function listOf<T>(item: Form<T>, what: string): Form<readonly T[]> {
  return {
    schema: { type: "array", items: item.schema },
    read: (node, place) => {
      if (node.kind !== "list") return wrong(node, place, what);
      return node.items.flatMap((one, index) => {
        const value = item.read(one, inside(place, index));
        return value === undefined ? [] : [value];
      });
    },
  };
}

/** A list that says nothing when it is empty. */
export function someOf<T>(item: Form<T>, what: string): Form<readonly T[]> {
  const list = listOf(item, what);
  return {
    schema: { ...list.schema, minItems: 1 },
    read: (node, place) => {
      const isEmpty = node.kind === "list" && node.items.length === 0;
      return isEmpty ? wrong(node, place, what, "an empty list") : list.read(node, place);
    },
  };
}

/** What happens at one time after the other. */
export function timeline<T extends { readonly atMs: number; readonly line: number }>(
  item: Form<T>,
  what: string,
): Form<readonly T[]> {
  const list = someOf(item, what);
  return {
    schema: list.schema,
    read: (node, place) => {
      const points = list.read(node, place);
      const late = points?.findIndex(({ atMs }, index) => {
        return atMs <= (points[index - 1]?.atMs ?? Number.NEGATIVE_INFINITY);
      });
      if (points === undefined || late === undefined || late < 0) return points;
      const expected = `${what} whose times rise`;
      return wrong(node, place, expected, `its entry ${late + 1} that is no later than ${late}`);
    },
  };
}

/** A scalar; `parse` gives undefined for what does not belong there. */
export function scalar<T>(
  expected: string,
  schema: JsonObject,
  parse: (value: JsonValue) => T | undefined,
): Form<T> {
  return {
    schema,
    read: (node, place) => {
      const value = node.kind === "scalar" ? parse(node.value) : undefined;
      return value === undefined ? wrong(node, place, expected) : value;
    },
  };
}

/** One of a closed set of words, each with its meaning. */
export function words<const W extends readonly (readonly [word: string, meaning: string])[]>(
  ...known: W
): Form<W[number][0]> {
  const names: readonly W[number][0][] = known.map(([word]) => word);
  const expected = `one of ${names.join(", ")}`;
  return {
    schema: { oneOf: known.map(([word, description]) => ({ const: word, description })) },
    read: (node, place) => {
      const word = node.kind === "scalar" ? names.find((one) => one === node.value) : undefined;
      if (word !== undefined) return word;
      const text = node.kind === "scalar" ? String(node.value) : "";
      return wrong(node, place, expected, describeNode(node), didYouMean(text, names));
    },
  };
}

/** A word or a map, whichever is there. */
export function either<A, B>(word: Form<A>, map: Form<B>): Form<A | B> {
  return {
    schema: { anyOf: [word.schema, map.schema] },
    read: (node, place) => (node.kind === "map" ? map : word).read(node, place),
  };
}

/** The fields that are given; one that is not there is absent, not undefined. */
export function given<T extends object>(fields: T): Given<T>;
export function given(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

export type Given<T> = {
  readonly [K in Exclude<keyof T, OpenKeys<T>>]: T[K];
} & {
  readonly [K in OpenKeys<T>]?: Exclude<T[K], undefined>;
};

type OpenKeys<T> = { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T];

export function inside(place: Place, step: string | number): Place {
  return { ...place, path: [...place.path, step] };
}

/** Reports and gives nothing, so that a reader can end with it. */
export function wrong(
  at: YamlNode | Position,
  { file, path, issues }: Place,
  expected: string,
  got = "kind" in at ? describeNode(at) : "nothing",
  hint?: string,
): undefined {
  const { line, column } = at;
  const issue = { file, line, column, path: pathText(path), expected, got };
  issues.push(hint === undefined ? issue : { ...issue, hint });
  return undefined;
}

function recordSchema(fields: Fields): JsonObject {
  const entries = Object.entries(fields);
  const required = entries.flatMap(([key, { isNeeded }]) => (isNeeded ? [key] : []));
  return {
    type: "object",
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
    properties: Object.fromEntries(
      entries.map(([key, { form, why }]) => [key, { description: why, ...form.schema }]),
    ),
  };
}

function readFields(
  map: YamlMap,
  what: string,
  fields: Fields,
  place: Place,
): Readonly<Record<string, unknown>> | undefined {
  const values: Record<string, unknown> = {};
  for (const { key, keyAt, value } of map.entries) {
    const known = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (known === undefined) reportUnknown(key, keyAt, fields, inside(place, key));
    else values[key] = known.form.read(value, inside(place, key));
  }
  const missing = Object.keys(fields).filter((key) => fields[key]?.isNeeded === true);
  for (const key of missing) {
    if (entryOf(map, key) !== undefined) continue;
    wrong(map, inside(place, key), `the field ${key} of ${what}`, "nothing");
  }
  return missing.every((key) => values[key] !== undefined) ? values : undefined;
}

function reportUnknown(key: string, at: Position, fields: Fields, place: Place): void {
  const known = Object.keys(fields);
  const expected = `one of the fields ${known.join(", ")}`;
  wrong(at, place, expected, JSON.stringify(key), didYouMean(key, known));
}

function recordText(map: YamlMap, place: Place): RecordText {
  return {
    line: map.line,
    has: (key) => entryOf(map, key) !== undefined,
    wrong: (key, expected, got, hint) => {
      const at = entryOf(map, key)?.value ?? map;
      wrong(at, inside(place, key), expected, got ?? describeNode(at), hint);
    },
  };
}
