import { parseDuration } from "../../machines/api/go-duration.ts";
import { type Issue, pathText, type Position } from "../yaml/issue.ts";
import { nearest } from "../yaml/nearest.ts";
import {
  describeNode,
  type JsonValue,
  valueOf,
  type YamlMap,
  type YamlNode,
} from "../yaml/node.ts";
import { readScalar, zeroOf } from "./scalar.ts";
import { fieldsOf, unmarked } from "./schema/kinds.ts";

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** The keys and indices that lead to a field. */
export type FieldPath = readonly (string | number)[];

/** What the API server's strict decoder makes of a document. */
export interface StructText {
  /** Without what is wrong. */
  readonly value: JsonObject;
  readonly issues: readonly Issue[];
  /** Fields of which `value` tells nothing, although the text means to say something. */
  readonly missed: readonly FieldPath[];
}

/**
 * Fields that the struct lacks and values of another type are issues, `null` is the same as
 * nothing, a zero that Go leaves out is left out, and quantities come in their canonical form.
 */
export function readStruct(
  node: YamlNode,
  struct: string,
  file: string,
  listPath: FieldPath = [],
): StructText {
  const issues: Issue[] = [];
  const missed: FieldPath[] = [];
  const place = { file, listPath, path: [], issues, missed };
  return { value: structValue(node, struct, place) ?? {}, issues, missed };
}

/** Where something stands, and what has been found wrong so far. */
interface Place {
  readonly file: string;
  /** Of the object itself in a list of them. */
  readonly listPath: FieldPath;
  readonly path: FieldPath;
  readonly issues: Issue[];
  readonly missed: FieldPath[];
}

function readValue(node: YamlNode, type: string, place: Place): JsonValue | undefined {
  if (node.kind === "scalar" && node.value === null) return zeroOf(type);
  if (type === "any") return valueOf(node);
  if (type.startsWith("[]")) return listValue(node, type.slice(2), place);
  if (type.startsWith("{}")) return mapValue(node, type.slice(2), place);
  if (fieldsOf(type) !== undefined) return structValue(node, type, place);
  const read = readScalar(node, type);
  if ("value" in read) return read.value;
  return wrong(place, node, read.expected, read.got);
}

function structValue(node: YamlNode, struct: string, place: Place): JsonObject | undefined {
  if (node.kind !== "map") return wrong(place, node, `a map with the fields of ${struct}`);
  const fields = fieldsOf(struct);
  return mapped(node, place, (key, value, inside) => {
    const type = fields?.get(key);
    if (type === undefined) return unknownField(node, key, struct, place);
    if (value.kind === "scalar" && value.value === null) return undefined;
    const read = readValue(value, unmarked(type), inside);
    return read === undefined || isLeftOut(read, type) ? undefined : read;
  });
}

/** Zero is the same as nothing, unless Go has a pointer or always writes the field. */
function isLeftOut(value: JsonValue, type: string): boolean {
  if (type === "Duration") return parseDuration(String(value)) === 0;
  const isPointer = /[*!]/.test(type) || type === "IntOrString";
  return !isPointer && (value === "" || value === 0 || value === false);
}

function unknownField(node: YamlMap, key: string, struct: string, place: Place): undefined {
  const known = nearest(key, fieldsOf(struct)?.keys() ?? []);
  const at = node.entries.find((entry) => entry.key === key)?.keyAt ?? node;
  const hint = known === undefined ? undefined : `did you mean ${JSON.stringify(known)}?`;
  place.missed.push([...place.path, known ?? key]);
  const inside = { ...place, path: [...place.path, key] };
  report(inside, at, `a field of ${struct}`, "an unknown field", hint);
}

function mapValue(node: YamlNode, type: string, place: Place): JsonObject | undefined {
  if (node.kind !== "map") return wrong(place, node, `a map of ${pluralOf(type)}`);
  return mapped(node, place, (_, value, inside) => readValue(value, type, inside));
}

function mapped(
  node: YamlMap,
  place: Place,
  read: (key: string, value: YamlNode, inside: Place) => JsonValue | undefined,
): JsonObject {
  const values = node.entries.flatMap(({ key, value }) => {
    const one = read(key, value, { ...place, path: [...place.path, key] });
    return one === undefined ? [] : [[key, one] as const];
  });
  return Object.fromEntries(values);
}

function listValue(node: YamlNode, type: string, place: Place): readonly JsonValue[] | undefined {
  if (node.kind !== "list") return wrong(place, node, `a list of ${pluralOf(type)}`);
  return node.items.map((item, index) => {
    const read = readValue(item, type, { ...place, path: [...place.path, index] });
    return read ?? zeroOf(type);
  });
}

function pluralOf(type: string): string {
  if (type.startsWith("[]")) return "lists";
  return fieldsOf(type) === undefined ? (plurals[type] ?? `${type} texts`) : type;
}

const plurals: Readonly<Record<string, string>> = {
  string: "strings",
  bool: "booleans",
  int32: "integers",
  int64: "integers",
  Quantity: "quantities",
  bytes: "base64 texts",
};

function wrong(place: Place, node: YamlNode, expected: string, got?: string): undefined {
  place.missed.push(place.path);
  report(place, node, expected, got ?? describeNode(node));
}

function report(
  { file, listPath, path, issues }: Place,
  { line, column }: Position,
  expected: string,
  got: string,
  hint?: string,
): void {
  const issue = { file, line, column, path: pathText([...listPath, ...path]), expected, got };
  issues.push(hint === undefined ? issue : { ...issue, hint });
}
