import { line } from "./describe-lines.ts";
import type { ResourceList } from "./meta.ts";
import type { ResourceRequirements } from "./pod.ts";
import { formatQuantity, mustParse } from "./quantity-text.ts";

/** Limits, then requests, each sorted by name; kubectl/pkg/describe describeResources. */
export function describeResources(resources: ResourceRequirements, level: number): string {
  const { limits, requests } = resources;
  return listLines("Limits", limits, level) + listLines("Requests", requests, level);
}

function listLines(title: string, list: ResourceList | undefined, level: number): string {
  const amounts = Object.entries(list ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (amounts.length === 0) return "";
  const rows = amounts.map(([name, text]) =>
    line(level + 1, `${name}:\t${formatQuantity(mustParse(text))}`),
  );
  return line(level, `${title}:`) + rows.join("");
}
