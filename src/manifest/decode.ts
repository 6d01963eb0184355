import type { AnyObject } from "../../machines/api/objects.ts";
import type { Issue, Position } from "../yaml/issue.ts";
import { pathText } from "../yaml/issue.ts";
import { didYouMean } from "../yaml/nearest.ts";
import { describeNode, textOf, valueAt, type YamlNode } from "../yaml/node.ts";
import { type ManifestKind, manifestKinds } from "./schema/kinds.ts";
import { type FieldPath, type JsonObject, readStruct } from "./structure.ts";

/** One object of a manifest: a document, or an item of a `List`. */
export interface ManifestEntry {
  readonly file: string;
  readonly node: YamlNode;
  /** Where a list holds it; empty for a document. */
  readonly path: readonly (string | number)[];
}

/** What the strict decoder makes of one of them; there may be issues beside the object. */
export type Decoded =
  | { readonly issues: readonly Issue[] }
  | {
      readonly kind: ManifestKind;
      readonly object: AnyObject;
      readonly issues: readonly Issue[];
      readonly missed: readonly FieldPath[];
    };

/** The documents of a file as entries: empty ones left out, lists opened. */
export function entriesOf(documents: readonly YamlNode[], file: string): ManifestEntry[] {
  return documents.flatMap((node) => openList({ file, node, path: [] }));
}

function openList(entry: ManifestEntry): ManifestEntry[] {
  const { file, node, path } = entry;
  if (node.kind === "scalar" && node.value === null) return [];
  const items = valueAt(node, "items");
  const isList = textOf(valueAt(node, "kind"))?.endsWith("List") === true;
  if (!isList || items?.kind !== "list") return [entry];
  return items.items.flatMap((item, index) => {
    return openList({ file, node: item, path: [...path, "items", index] });
  });
}

/** Compares an entry with the structure of its kind, which must be one of those. */
export function decode(entry: ManifestEntry, kinds = manifestKinds): Decoded {
  const { file, node, path } = entry;
  const kind = kindOf(entry, kinds);
  if ("expected" in kind) return { issues: [kind] };
  const { value, issues, missed } = readStruct(node, kind.kind, file, path);
  return isAnyObject(value) ? { kind, object: value, issues, missed } : { issues };
}

function kindOf(
  { file, node, path }: ManifestEntry,
  kinds: readonly ManifestKind[],
): ManifestKind | Issue {
  const names = kinds.map((one) => one.kind);
  const kindNames = `one of the kinds ${names.join(", ")}`;
  const report = (at: Position, field: string, expected: string, got: string, hint?: string) => {
    const { line, column } = at;
    const inside = field === "" ? path : [...path, field];
    const issue = { file, line, column, path: pathText(inside), expected, got };
    return hint === undefined ? issue : { ...issue, hint };
  };
  if (node.kind !== "map") {
    return report(node, "", "an object with apiVersion and kind", describeNode(node));
  }
  const [apiVersion, kind] = [valueAt(node, "apiVersion"), valueAt(node, "kind")];
  const name = textOf(kind);
  if (name === undefined) return report(kind ?? node, "kind", kindNames, describeNode(kind));
  const known = kinds.find((one) => one.kind === name);
  if (known === undefined) {
    const hint = didYouMean(name, names);
    return report(kind ?? node, "kind", kindNames, JSON.stringify(name), hint);
  }
  if (textOf(apiVersion) === known.apiVersion) return known;
  const expected = `${JSON.stringify(known.apiVersion)} for a ${name}`;
  return report(apiVersion ?? node, "apiVersion", expected, describeNode(apiVersion));
}

/** Trusts the comparison with the structure. */
function isAnyObject(value: JsonObject): value is JsonObject & AnyObject {
  return typeof value["kind"] === "string";
}
