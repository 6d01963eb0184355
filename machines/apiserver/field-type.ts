import { isBuiltIn } from "../api/built-in-groups.ts";
import { objectTypes } from "./field-types-objects.ts";
import { podTypes } from "./field-types-pods.ts";
import { volumeTypes } from "./field-types-volumes.ts";
import { workloadTypes } from "./field-types-workloads.ts";
import { type Fields, isFields, isList } from "./patch-value.ts";

/** What a value may be: more than one where its shape decides. structured-merge-diff schema.Atom */
export interface Atom {
  readonly map?: MapType;
  readonly scalar?: Scalar;
  readonly list?: ListType;
}

export type Scalar = "string" | "numeric" | "boolean" | "untyped";

export interface MapType {
  /** The types of the fields that a struct has. */
  readonly fields: ReadonlyMap<string, string>;
  /** The type of all others; undefined where there are none. */
  readonly element: string | undefined;
  /** It has one owner as a whole. */
  readonly isAtomic: boolean;
}

export interface ListType {
  readonly element: string;
  /** Its elements have owners of their own; without keys they are scalars. */
  readonly isAssociative: boolean;
  /** What tells elements apart, each with the value that it has where nothing is said. */
  readonly keys: ReadonlyMap<string, unknown>;
}

/** The type of an object; of one whose kind is unknown maps are merged and lists replaced. */
export function typeOf({ apiVersion, kind }: Fields): string {
  const isKnown = typeof kind === "string" && structs.has(kind) && isBuiltIn(apiVersion);
  return isKnown ? kind : "?";
}

const none: MapType["fields"] = new Map();
const untypedList: ListType = { element: "*", isAssociative: false, keys: new Map() };

const simple: Readonly<Record<string, Atom>> = {
  s: { scalar: "string" },
  n: { scalar: "numeric" },
  b: { scalar: "boolean" },
  u: { scalar: "untyped" },
  "?": {
    map: { fields: none, element: "?", isAtomic: false },
    scalar: "untyped",
    list: untypedList,
  },
  "*": {
    map: { fields: none, element: "*", isAtomic: true },
    scalar: "untyped",
    list: untypedList,
  },
};

/**
 * What a type means: `s` string, `n` number, `b` boolean, `u` any scalar, `?` and `*` anything
 * (merged and replaced), `{}s` a map, `{!}s` one with one owner, `[]s` a list with one owner,
 * `[=]s` a set, `[name,protocol="TCP"]Port` a map as list, a name the struct, `!Name` and `~Name`
 * the struct with one owner and with many. Undefined for an unknown name.
 */
export function atomOf(type: string): Atom | undefined {
  const known = simple[type];
  if (known !== undefined) return known;
  if (type.startsWith("{")) {
    const element = type.slice(type.indexOf("}") + 1);
    return { map: { fields: none, element, isAtomic: type.startsWith("{!}") } };
  }
  if (type.startsWith("[")) return { list: listOf(type) };
  const [name, isAtomic] = /^[!~]/.test(type) ? [type.slice(1), type.startsWith("!")] : [type];
  const map = structs.get(name);
  if (map === undefined) return undefined;
  return { map: isAtomic === undefined ? map : { ...map, isAtomic } };
}

/** The shape that a value has decides where there are several. deduceAtom */
export function deduceAtom(atom: Atom, value: unknown): Atom {
  if (isList(value)) return atom.list === undefined ? atom : { list: atom.list };
  if (isFields(value)) return atom.map === undefined ? atom : { map: atom.map };
  if (value === undefined || value === null || atom.scalar === undefined) return atom;
  return { scalar: atom.scalar };
}

/** The type of a map's field. */
export function fieldType(map: MapType, field: string): string | undefined {
  return map.fields.get(field) ?? map.element;
}

function listOf(type: string): ListType {
  const end = type.indexOf("]");
  const element = type.slice(end + 1);
  const inside = type.slice(1, end);
  const keys = inside === "" || inside === "=" ? [] : inside.split(",").map(keyOf);
  return { element, isAssociative: inside !== "", keys: new Map(keys) };
}

function keyOf(text: string): readonly [string, unknown] {
  const [name = "", value] = text.split("=");
  return [name, value === undefined ? undefined : JSON.parse(value)];
}

const structs: ReadonlyMap<string, MapType> = new Map(
  [objectTypes, podTypes, volumeTypes, workloadTypes].flatMap((text) => {
    return text
      .trim()
      .split(/\n(?! )/)
      .map(structOf);
  }),
);

function structOf(text: string): readonly [string, MapType] {
  const [first = "", ...words] = text.split(/\s+/);
  const isAtomic = first.startsWith("!");
  const fields = words.map((word): readonly [string, string] => {
    const at = word.indexOf(":");
    return [word.slice(0, at), word.slice(at + 1)];
  });
  const map = { fields: new Map(fields), element: undefined, isAtomic };
  return [isAtomic ? first.slice(1) : first, map];
}
