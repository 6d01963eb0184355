import type { Position } from "./issue.ts";

/** What a YAML text says, as a tree of JSON values that know their places; aliases are resolved. */
export type YamlNode = YamlMap | YamlList | YamlScalar;

export interface YamlMap extends Position {
  readonly kind: "map";
  /** In the order of the text. A key that comes twice is an issue; the first one counts. */
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  readonly key: string;
  readonly keyAt: Position;
  readonly value: YamlNode;
}

export interface YamlList extends Position {
  readonly kind: "list";
  readonly items: readonly YamlNode[];
}

export interface YamlScalar extends Position {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
}

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** The plain JSON value of a tree. */
export function valueOf(node: YamlNode): JsonValue {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(valueOf);
    case "map":
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, valueOf(value)]));
  }
}

/** The entry of a key; nothing when the node is no map or does not have it. */
export function entryOf(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  return node?.kind === "map" ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** The value under a key, which may be an explicit `null`. */
export function valueAt(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return entryOf(node, key)?.value;
}

/** The text of a string scalar; a number or a boolean is no text. */
export function textOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

/** What stands there, as the `got` of an issue. */
export function describeNode(node: YamlNode | undefined): string {
  if (node === undefined) return "nothing";
  if (node.kind !== "scalar") return `a ${node.kind}`;
  return node.value === null ? "nothing" : JSON.stringify(node.value);
}
