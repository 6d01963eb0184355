import type { TopologySpreadConstraint } from "./affinity.ts";
import { compareText } from "./compare-text.ts";
import { multiline } from "./describe-lines.ts";
import { formatLabelSelector } from "./labels.ts";
import type { Toleration } from "./pod.ts";

/** One each, by key; kubectl/pkg/describe printPodTolerationsMultiline. */
export function tolerationTexts(tolerations: readonly Toleration[] = []): readonly string[] {
  return tolerations.toSorted((a, b) => compareText(a.key ?? "", b.key ?? "")).map(tolerationText);
}

/** One each, by topology, or nothing at all; describeTopologySpreadConstraints. */
export function spreadLines(
  title: string,
  constraints: readonly TopologySpreadConstraint[] = [],
): string {
  if (constraints.length === 0) return "";
  const sorted = constraints.toSorted((a, b) => compareText(a.topologyKey, b.topologyKey));
  return multiline(title, sorted.map(spreadText));
}

function tolerationText(toleration: Toleration): string {
  const { key = "", value = "", effect = "", operator, tolerationSeconds } = toleration;
  const taint = `${key}${value === "" ? "" : `=${value}`}${effect === "" ? "" : `:${effect}`}`;
  const exists = operator === "Exists" && value === "" ? "op=Exists" : "";
  const toleratesAll = key === "" && effect === "";
  const seconds = tolerationSeconds === undefined ? "" : ` for ${tolerationSeconds}s`;
  return `${taint}${exists !== "" && !toleratesAll ? " " : ""}${exists}${seconds}`;
}

function spreadText(constraint: TopologySpreadConstraint): string {
  const { topologyKey, whenUnsatisfiable, maxSkew, labelSelector } = constraint;
  const selector =
    labelSelector === undefined ? "" : ` for selector ${formatLabelSelector(labelSelector)}`;
  return `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selector}`;
}
