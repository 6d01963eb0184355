import type { AnyObject } from "../../machines/api/objects.ts";
import type { Issue, Position } from "../yaml/issue.ts";
import { pathText } from "../yaml/issue.ts";
import { didYouMean } from "../yaml/nearest.ts";
import { pruneAndDefault } from "../../machines/apiserver/structural-schema.ts";
import { isFields } from "../../machines/apiserver/patch-value.ts";
import { describeNode, textOf, valueAt, valueOf, type YamlNode } from "../yaml/node.ts";
import { placeOf, stepsOf } from "./place.ts";
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

/** Which kinds there are besides those whose structure is known. */
export interface OtherKinds {
  readonly defined: readonly ManifestKind[];
  /** Any kind is taken as it is. */
  readonly isOpaque: boolean;
}

const noOthers: OtherKinds = { defined: [], isOpaque: false };

/** Compares an entry with the structure of its kind, which must be one of those. */
export function decode(
  entry: ManifestEntry,
  kinds = manifestKinds,
  others: OtherKinds = noOthers,
): Decoded {
  const { file, node, path } = entry;
  const own = others.defined.find((one) => isOf(entry, one)) ?? keptKind(entry, kinds, others);
  const kind = own ?? kindOf(entry, [...kinds, ...others.defined]);
  if ("expected" in kind) return { issues: [kind] };
  if (kind.custom !== undefined) return decodeCustom(entry, kind);
  const { value, issues, missed } = readStruct(node, kind.kind, file, path);
  return isAnyObject(value) ? { kind, object: value, issues, missed } : { issues };
}

function isOf({ node }: ManifestEntry, { apiVersion, kind }: ManifestKind): boolean {
  const [version, name] = [valueAt(node, "apiVersion"), valueAt(node, "kind")];
  return textOf(version) === apiVersion && textOf(name) === kind;
}

/** A kind that nobody defines, where any is taken. */
function keptKind(
  { node }: ManifestEntry,
  kinds: readonly ManifestKind[],
  { isOpaque }: OtherKinds,
): ManifestKind | undefined {
  const [apiVersion, kind] = ["apiVersion", "kind"].map((name) => textOf(valueAt(node, name)));
  if (!isOpaque || apiVersion === undefined || kind === undefined) return undefined;
  const isKnown = kinds.some(
    (one) => one.kind === kind && groupOf(one.apiVersion) === groupOf(apiVersion),
  );
  return isKnown ? undefined : { apiVersion, kind, isNamespaced: true, custom: {} };
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

/** Only the metadata of such an object have a structure; what its schema lacks is told. */
function decodeCustom({ file, node, path }: ManifestEntry, kind: ManifestKind): Decoded {
  const whole: unknown = valueOf(node);
  if (!isFields(whole)) return { issues: [] };
  const meta = valueAt(node, "metadata");
  const read =
    meta === undefined
      ? { value: {}, issues: [] }
      : readStruct(meta, "ObjectMeta", file, [...path, "metadata"]);
  const { object, unknown } = pruneAndDefault(whole, kind.custom?.schema);
  const strays = unknown.map((field): Issue => {
    const { line, column } = placeOf(node, field);
    const expected = `a field of the schema of ${kind.kind}`;
    const inside = [...path, ...stepsOf(field)];
    return { file, line, column, path: pathText(inside), expected, got: JSON.stringify(field) };
  });
  const made: unknown = { ...object, metadata: read.value };
  const issues = [...read.issues, ...strays];
  return isFields(made) && isAny(made) ? { kind, object: made, issues, missed: [] } : { issues };
}

function isAny(value: object): value is AnyObject {
  return "metadata" in value;
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
    const others = "a CustomResourceDefinition or --opaque brings others";
    const hint = [didYouMean(name, names) ?? [], others].flat().join(" ");
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
