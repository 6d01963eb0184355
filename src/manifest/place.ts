import type { Position } from "../yaml/issue.ts";
import { entryOf, type YamlNode } from "../yaml/node.ts";

/** Where a field stands, or its nearest parent that does. */
export interface Place extends Position {
  readonly node: YamlNode;
  readonly isWritten: boolean;
}

/** Of a field as the API server names it: `spec.containers[0].resources.limits[cpu]`. */
export function placeOf(document: YamlNode, field: string): Place {
  let place: Place = { ...positionOf(document), node: document, isWritten: true };
  for (const step of stepsOf(field)) {
    const { node } = place;
    const entry = entryOf(node, step);
    const next = node.kind === "list" ? node.items[Number(step)] : entry?.value;
    if (next === undefined) return { ...place, isWritten: false };
    const isEmpty = next.kind === "scalar" && next.value === null;
    place = { ...positionOf(isEmpty ? (entry?.keyAt ?? next) : next), node: next, isWritten: true };
  }
  return place;
}

function positionOf({ line, column }: Position): Position {
  return { line, column };
}

/** Keys in brackets may hold dots. */
export function stepsOf(field: string): readonly string[] {
  const parts = field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g);
  return [...parts].map(([, inBrackets, plain]) => inBrackets ?? plain ?? "");
}
