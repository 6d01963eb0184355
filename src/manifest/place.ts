import type { Position } from "../yaml/issue.ts";
import { entryOf, type YamlNode } from "../yaml/node.ts";

/**
 * Where a field that the API server names stands in the text: `spec.containers[0].resources
 * .limits[cpu]`. A field that nobody wrote stands where its nearest parent does.
 */
export function placeOf(document: YamlNode, field: string): Position & { readonly node: YamlNode } {
  let place: Position = document;
  let node = document;
  for (const step of stepsOf(field)) {
    const entry = entryOf(node, step);
    const item = node.kind === "list" ? node.items[Number(step)] : undefined;
    const next = entry?.value ?? item;
    if (next === undefined) break;
    const isEmpty = next.kind === "scalar" && next.value === null;
    place = isEmpty ? (entry?.keyAt ?? next) : next;
    node = next;
  }
  return { line: place.line, column: place.column, node };
}

/** Whether the text has the field itself. */
export function isWritten(document: YamlNode, field: string): boolean {
  let node: YamlNode | undefined = document;
  for (const step of stepsOf(field)) {
    node = node?.kind === "list" ? node.items[Number(step)] : entryOf(node, step)?.value;
  }
  return node !== undefined;
}

/** Keys in brackets may hold dots. */
function stepsOf(field: string): readonly string[] {
  const parts = field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g);
  return [...parts].map(([, inBrackets, plain]) => inBrackets ?? plain ?? "");
}
