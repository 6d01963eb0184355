import { isAlias, isMap, isScalar, isSeq } from "yaml";
import type { LineCounter, Pair, ParsedNode } from "yaml";

import type { Issue, Position } from "./issue.ts";
import type { YamlEntry, YamlNode, YamlScalar } from "./node.ts";

/** One file while it is read. */
export interface Reading {
  readonly file: string;
  readonly lines: LineCounter;
  /** `<<` takes over the entries of another map, as YAML 1.1 has it. */
  readonly merges: boolean;
  readonly issues: Issue[];
  /** So far, counted as if they were expanded. */
  aliases: number;
}

/** Turns one document into our tree; an alias becomes the anchored node itself, never a copy. */
export function readTree(contents: ParsedNode | null, reading: Reading): YamlNode {
  return readNode(contents, { reading, anchors: new Map() }, 0);
}

/** Writes a mistake of the YAML itself down. */
export function report(reading: Reading, offset: number, expected: string, got: string): void {
  const { file, issues } = reading;
  issues.push({ file, ...placeOf(reading, offset), path: "", expected, got });
}

interface Scope {
  readonly reading: Reading;
  /** Complete ones, with the aliases inside them. */
  readonly anchors: Map<string, { readonly node: YamlNode; readonly aliases: number }>;
}

function readNode(source: ParsedNode | null, scope: Scope, offset: number): YamlNode {
  const { reading, anchors } = scope;
  if (source === null) return { kind: "scalar", ...placeOf(reading, offset), value: null };
  if (isAlias(source)) return resolveAlias(source.source, scope, source.range[0]);
  const before = reading.aliases;
  const node = readUnanchored(source, scope);
  if (source.anchor !== undefined) {
    anchors.set(source.anchor, { node, aliases: reading.aliases - before });
  }
  return node;
}

function resolveAlias(name: string, { reading, anchors }: Scope, offset: number): YamlNode {
  const anchor = anchors.get(name);
  if (anchor === undefined) {
    report(reading, offset, "an alias of an anchor that is complete before it", `*${name}`);
  }
  reading.aliases += 1 + (anchor?.aliases ?? 0);
  return anchor?.node ?? { kind: "scalar", ...placeOf(reading, offset), value: null };
}

function readUnanchored(source: ParsedNode, scope: Scope): YamlNode {
  const offset = source.range[0];
  const place = placeOf(scope.reading, offset);
  if (isMap<ParsedNode, ParsedNode | null>(source)) {
    return { kind: "map", ...place, entries: readEntries(source.items, scope, offset) };
  }
  if (isSeq<ParsedNode>(source)) {
    const items = source.items.map((item) => readNode(item, scope, offset));
    return { kind: "list", ...place, items };
  }
  const value = isScalar(source) ? jsonScalar(source.value, source.source) : null;
  return { kind: "scalar", ...place, value };
}

/** Numbers that JSON does not know, and what else YAML may make of a word, stay text. */
function jsonScalar(value: unknown, text: string | undefined): YamlScalar["value"] {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  return text ?? String(value);
}

function readEntries(
  pairs: readonly Pair<ParsedNode, ParsedNode | null>[],
  scope: Scope,
  offset: number,
): readonly YamlEntry[] {
  const { reading } = scope;
  const entries = new Map<string, YamlEntry>();
  const merged: YamlEntry[] = [];
  for (const { key: keyNode, value: valueNode } of pairs) {
    const keyOffset = keyNode?.range[0] ?? offset;
    const key = readKey(keyNode, reading, keyOffset);
    const value = readNode(valueNode, scope, keyOffset);
    const keyAt = placeOf(reading, keyOffset);
    const first = entries.get(key);
    if (key === "<<" && reading.merges) merged.push(...mergedEntries(value));
    else if (first === undefined) entries.set(key, { key, keyAt, value });
    else {
      const second = `a second ${JSON.stringify(key)}, the first is in line ${first.keyAt.line}`;
      report(reading, keyOffset, "each key once", second);
    }
  }
  for (const entry of merged) if (!entries.has(entry.key)) entries.set(entry.key, entry);
  return [...entries.values()];
}

/** JSON has only text for keys: one that is a number or a boolean is taken as it is written. */
function readKey(key: ParsedNode | null, reading: Reading, offset: number): string {
  if (isScalar(key)) return typeof key.value === "string" ? key.value : (key.source ?? "");
  if (key !== null) report(reading, offset, "a key that is a word", "a list, a map or an alias");
  return "";
}

function mergedEntries(value: YamlNode): readonly YamlEntry[] {
  if (value.kind === "list") return value.items.flatMap(mergedEntries);
  return value.kind === "map" ? value.entries : [];
}

function placeOf({ lines }: Reading, offset: number): Position {
  const { line, col: column } = lines.linePos(offset);
  return { line, column };
}
