import { stringify } from "yaml";

import type { KubeObject } from "../../machines/api/meta.ts";
import type { JsonValue } from "../yaml/node.ts";
import { zeroOf } from "./scalar.ts";
import { fieldsOf, unmarked } from "./schema/kinds.ts";

/** As `kubectl get -o yaml` or `-o json` prints objects: one by itself, several as a `List`. */
export function writeObjects(objects: readonly KubeObject[], format: "yaml" | "json"): string {
  const items = objects.map((object) => encode(withoutManagedFields(object)));
  const [first] = items;
  const shown = items.length === 1 && first !== undefined ? first : listOf(items);
  if (format === "json") return `${JSON.stringify(shown, sortKeys(shown), 4)}\n`;
  return stringify(shown, yamlStyle);
}

/** kubectl leaves them out unless it is asked for them. */
function withoutManagedFields(object: KubeObject): KubeObject {
  const { managedFields, ...metadata } = object.metadata;
  return managedFields === undefined ? object : { ...object, metadata };
}

/** Keys in order, lists not indented, nothing wrapped, and quotes where YAML 1.1 needs them. */
const yamlStyle = {
  version: "1.1",
  sortMapEntries: true,
  indentSeq: false,
  lineWidth: 0,
  aliasDuplicateObjects: false,
} as const;

/** Why changes of others are not overwritten; apimachinery/pkg/util/mergepatch ErrConflict. */
export function conflictText({ patch, changed }: Record<"patch" | "changed", object>): string {
  const [wanted, there] = [patch, changed].map((one) => stringify(one, yamlStyle));
  return `patch:\n${wanted}\nconflicts with changes made from original to current:\n${there}\n`;
}

function listOf(items: readonly JsonValue[]): JsonValue {
  return { apiVersion: "v1", items, kind: "List", metadata: { resourceVersion: "" } };
}

/** All keys of a value in order, as JSON's second argument wants them. */
function sortKeys(value: JsonValue): string[] {
  const keys = new Set<string>();
  const collect = (one: JsonValue): void => {
    if (typeof one !== "object" || one === null) return;
    for (const [key, inner] of Object.entries(one)) {
      if (!Array.isArray(one)) keys.add(key);
      collect(inner);
    }
  };
  collect(value);
  return [...keys].toSorted();
}

/** What Go's encoder writes: structs that are no pointers and required words, even when empty. */
export function encode(object: object): { readonly [key: string]: JsonValue } {
  const fields = new Map(Object.entries(object));
  return encodeStruct(fields, String(fields.get("kind")));
}

function encodeStruct(
  given: ReadonlyMap<string, unknown>,
  struct: string,
): { readonly [key: string]: JsonValue } {
  const fields = fieldsOf(struct);
  const written = [...given].flatMap(([name, value]) => {
    const type = unmarked(fields?.get(name) ?? "any");
    return value === undefined ? [] : [[name, encodeValue(value, type)] as const];
  });
  const added = [...(fields ?? [])].flatMap(([name, type]) => {
    const isMissing = type.endsWith("!") && given.get(name) === undefined;
    return isMissing ? [[name, encodeNothing(unmarked(type))] as const] : [];
  });
  return Object.fromEntries([...written, ...added]);
}

function encodeNothing(type: string): JsonValue {
  return fieldsOf(type) === undefined ? zeroOf(type) : encodeStruct(new Map(), type);
}

function encodeValue(value: unknown, type: string): JsonValue {
  if (Array.isArray(value))
    return value.map((item) => encodeValue(item, type.replace(/^\[\]/, "")));
  if (typeof value === "object" && value !== null) {
    const entries = new Map(Object.entries(value));
    if (!type.startsWith("{}")) return encodeStruct(entries, type);
    const inner = type.slice(2);
    return Object.fromEntries([...entries].map(([key, one]) => [key, encodeValue(one, inner)]));
  }
  const isPlain = typeof value === "string" || typeof value === "number";
  return isPlain || typeof value === "boolean" ? value : null;
}
