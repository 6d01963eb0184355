import type { Quantity } from "../api/quantity.ts";
import { mustParse } from "../api/quantity-text.ts";

/** One field of a Go struct, and where its value is in JSON. */
interface Field {
  readonly go: string;
  readonly type: string;
  /** Absent where the struct's own fields lie beside it. */
  readonly json?: string;
}

/**
 * A struct of the core API as Go's spew writes it with its types and all that is unset, which is
 * what hashes are made of. Source: apimachinery pkg/util/dump ForHash.
 */
export function dumpForHash(structs: GoStructs, type: string, value: unknown): string {
  return typed(structs, type, value);
}

/** The fields of structs, by name. */
export type GoStructs = ReadonlyMap<string, readonly Field[]>;

/** Reads them: a struct a paragraph, its fields after its name. */
export function goStructs(...texts: readonly string[]): GoStructs {
  const paragraphs = texts.flatMap((text) => text.trim().split(/\n(?! )/));
  return new Map(
    paragraphs.map((text) => {
      const [name = "", ...fields] = text.split(/\s+/);
      return [name, fields.map(fieldOf)];
    }),
  );
}

/** With its type in brackets, as a field of a struct or behind a pointer. */
function typed(structs: GoStructs, type: string, value: unknown): string {
  return `(${goType(type)})${untyped(structs, type, value)}`;
}

function goType(type: string): string {
  const [, before = "", name = ""] = /^((?:\*|\[\]|map\[\w+\])*)(.*)$/.exec(type) ?? [];
  const keyed = before.replace("map[ResourceName]", "map[v1.ResourceName]");
  return /^[A-Z]/.test(name) ? `${keyed}v1.${name}` : `${keyed}${name}`;
}

function untyped(structs: GoStructs, type: string, value: unknown): string {
  const within = (element: string) => (one: unknown) => untyped(structs, element, one);
  if (type.startsWith("*")) return isNone(value) ? nil : within(type.slice(1))(value);
  if (type.startsWith("[]")) return list(within(type.slice(2)), value);
  if (type.startsWith("map[")) return map(within(type.slice(type.indexOf("]") + 1)), value);
  const own = byHand[type];
  if (own !== undefined) return own(value);
  const fields = structs.get(type);
  return fields === undefined ? scalar(type, value) : struct(structs, fields, value);
}

function isNone(value: unknown): boolean {
  return value === undefined || value === null;
}

/** What decodes from JSON to nothing, to an empty list, or to elements without their types. */
function list(element: (one: unknown) => string, value: unknown): string {
  return Array.isArray(value) ? `[${value.map(element).join(" ")}]` : nil;
}

/** Sorted by key. */
function map(element: (one: unknown) => string, value: unknown): string {
  if (!isObject(value)) return nil;
  const keys = Object.keys(value).toSorted();
  return `map[${keys.map((key) => `${key}:${element(value[key])}`).join(" ")}]`;
}

function struct(structs: GoStructs, fields: readonly Field[], value: unknown): string {
  const object = isObject(value) ? value : {};
  const parts = fields.map(({ go, type, json }) => {
    return `${go}:${typed(structs, type, json === undefined ? object : object[json])}`;
  });
  return `{${parts.join(" ")}}`;
}

function scalar(type: string, value: unknown): string {
  if (!isNone(value)) return String(value);
  if (type === "bool") return "false";
  return /^u?int/.test(type) ? "0" : "";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const nil = "<nil>";

/** Types whose JSON is not their fields. */
const byHand: Readonly<Record<string, (value: unknown) => string>> = {
  Time: () => "{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}",
  FieldsV1: () => "{Raw:([]uint8)<nil>}",
  ResourceList: (value) => map(quantity, value),
  "resource.Quantity": quantity,
  "intstr.IntOrString": (value) => {
    const [type, int, text] = typeof value === "string" ? [1, 0, value] : [0, value ?? 0, ""];
    const fields = `IntVal:(int32)${String(int)} StrVal:(string)${text}`;
    return `{Type:(intstr.Type)${type} ${fields}}`;
  },
};

/** With the text that Go has kept of it: two ways to write an amount hash differently. */
function quantity(value: unknown): string {
  const parsed = isNone(value) ? undefined : mustParse(String(value));
  const isInt64 = parsed?.isInt64 ?? true;
  const [int, scale] = isInt64 ? [parsed?.unscaled ?? 0n, parsed?.exponent ?? 0] : [0n, 0];
  const dec = isInt64 || parsed === undefined ? nil : decimal(parsed);
  return (
    `{i:(resource.int64Amount){value:(int64)${int} scale:(resource.Scale)${scale}} ` +
    `d:(resource.infDecAmount){Dec:(*inf.Dec)${dec}} s:(string)${parsed?.text ?? ""} ` +
    `Format:(resource.Format)${parsed?.format ?? ""}}`
  );
}

/** A big decimal: rounded to nano where it was not capped, its digits in words of 64 bits. */
function decimal({ unscaled, exponent }: Quantity): string {
  const isCapped = exponent === 0 && unscaled === 2n ** 63n - 1n;
  const scale = isCapped || unscaled === 0n ? -exponent : 9;
  const size = (unscaled < 0n ? -unscaled : unscaled) * 10n ** BigInt(scale + exponent);
  const words: bigint[] = [];
  for (let rest = size; rest > 0n; rest >>= 64n) words.push(BigInt.asUintN(64, rest));
  const number = `neg:(bool)${unscaled < 0n} abs:(big.nat)${words.length > 0 ? "" : nil}`;
  const digits = words.length > 0 ? `[${words.join(" ")}]` : "";
  return `{unscaled:(big.Int){${number}${digits}} scale:(inf.Scale)${scale}}`;
}

/** `name:string`, `TTY=tty:bool`, and `+VolumeSource` for what is inline. */
function fieldOf(text: string): Field {
  if (text.startsWith("+")) return { go: text.slice(1), type: text.slice(1) };
  const [names = "", type = ""] = text.split(/:(.*)/);
  const [first = "", json = first] = names.split("=");
  const go = names.includes("=") ? first : first.charAt(0).toUpperCase() + first.slice(1);
  return { go, type, json };
}
