import { type Issue, pathText, type Position } from "../yaml/issue.ts";
import { didYouMean } from "../yaml/nearest.ts";
import {
  describeNode,
  type JsonValue,
  valueOf,
  type YamlMap,
  type YamlNode,
} from "../yaml/node.ts";
import { readScalar, zeroOf } from "./scalar.ts";
import { fieldsOf, unmarked } from "./schema/kinds.ts";

/** Where in which file something stands. */
interface Place {
  readonly file: string;
  readonly path: readonly (string | number)[];
  readonly issues: Issue[];
}

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/**
 * What the API server's strict decoder makes of a document: fields that the struct lacks and values
 * of another type are issues, `null` is the same as nothing, quantities come out in canonical form.
 */
export function readStruct(
  node: YamlNode,
  struct: string,
  file: string,
  path: readonly (string | number)[] = [],
): { readonly value: JsonObject; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const value = structValue(node, struct, { file, path, issues });
  return { value, issues };
}

function readValue(node: YamlNode, type: string, place: Place): JsonValue {
  if (node.kind === "scalar" && node.value === null) return zeroOf(type);
  if (type === "any") return valueOf(node);
  if (type.startsWith("[]")) return listValue(node, type.slice(2), place);
  if (type.startsWith("{}")) return mapValue(node, type.slice(2), place);
  if (fieldsOf(type) !== undefined) return structValue(node, type, place);
  const read = readScalar(node, type);
  if ("expected" in read) report(place, node, read.expected, read.got ?? describeNode(node));
  return "value" in read ? read.value : zeroOf(type);
}

function structValue(node: YamlNode, struct: string, place: Place): JsonObject {
  const fields = fieldsOf(struct);
  const entries = mapOf(node, struct, place)?.entries ?? [];
  const values = entries.flatMap(({ key, keyAt, value }) => {
    const type = fields?.get(key);
    const inside = { ...place, path: [...place.path, key] };
    if (type === undefined) {
      const hint = didYouMean(key, fields?.keys() ?? []);
      report(inside, keyAt, `a field of ${struct}`, "an unknown field", hint);
      return [];
    }
    if (value.kind === "scalar" && value.value === null) return [];
    const read = readValue(value, unmarked(type), inside);
    return isLeftOut(read, type) ? [] : [[key, read] as const];
  });
  return Object.fromEntries(values);
}

/** Zero is the same as nothing, unless Go has a pointer or always writes the field. */
function isLeftOut(value: JsonValue, type: string): boolean {
  return !/[*!]/.test(type) && (value === "" || value === 0 || value === false);
}

function mapValue(node: YamlNode, type: string, place: Place): JsonObject {
  const entries = mapOf(node, `map of ${pluralOf(type)}`, place)?.entries ?? [];
  return Object.fromEntries(
    entries.map(({ key, value }) => {
      const inside = { ...place, path: [...place.path, key] };
      return [key, readValue(value, type, inside)] as const;
    }),
  );
}

function mapOf(node: YamlNode, what: string, place: Place): YamlMap | undefined {
  if (node.kind === "map") return node;
  const expected = what.startsWith("map of") ? `a ${what}` : `a map with the fields of ${what}`;
  report(place, node, expected, describeNode(node));
  return undefined;
}

function listValue(node: YamlNode, type: string, place: Place): readonly JsonValue[] {
  if (node.kind === "list") {
    return node.items.map((item, index) =>
      readValue(item, type, { ...place, path: [...place.path, index] }),
    );
  }
  report(place, node, `a list of ${pluralOf(type)}`, describeNode(node));
  return [];
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

function report(
  { file, path, issues }: Place,
  { line, column }: Position,
  expected: string,
  got: string,
  hint?: string,
): void {
  const issue = { file, line, column, path: pathText(path), expected, got };
  issues.push(hint === undefined ? issue : { ...issue, hint });
}
