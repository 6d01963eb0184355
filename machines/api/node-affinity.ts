import type { ObjectMeta } from "./meta.ts";
import { isQualifiedName, isValidLabelValue } from "./names.ts";
import type { NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from "./pod.ts";

interface LabelledNode {
  readonly metadata: Pick<ObjectMeta, "name" | "labels">;
}

/**
 * Whether a node meets the pod's nodeSelector and its required node affinity.
 * component-helpers scheduling/corev1/nodeaffinity/nodeaffinity.go RequiredNodeAffinity.Match
 */
export function matchesRequiredNodeAffinity(
  spec: Pick<PodSpec, "nodeSelector" | "affinity">,
  node: LabelledNode,
): boolean {
  const labels = node.metadata.labels ?? {};
  const selected = Object.entries(spec.nodeSelector ?? {});
  if (!selected.every(([key, value]) => labels[key] === value)) return false;
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return required === undefined || matchesNodeSelectorTerms(required.nodeSelectorTerms, node);
}

/** One term is enough; an empty term and one with a malformed requirement match no node. */
export function matchesNodeSelectorTerms(
  terms: readonly NodeSelectorTerm[],
  node: LabelledNode,
): boolean {
  return terms.some((term) => matchesTerm(term, node));
}

function matchesTerm(
  { matchExpressions = [], matchFields = [] }: NodeSelectorTerm,
  { metadata: { name, labels = {} } }: LabelledNode,
): boolean {
  if (matchExpressions.length + matchFields.length === 0) return false;
  if (!matchExpressions.every(isLabelRequirement)) return false;
  if (!matchFields.every(isFieldRequirement)) return false;
  const fields = { "metadata.name": name };
  return (
    matchExpressions.every((requirement) => matchesLabels(requirement, labels)) &&
    (name === "" || matchFields.every((requirement) => matchesField(requirement, fields)))
  );
}

/** apimachinery pkg/labels/selector.go NewRequirement */
function isLabelRequirement({ key, operator, values = [] }: NodeSelectorRequirement): boolean {
  if (isQualifiedName(key).length > 0) return false;
  if (values.some((value) => isValidLabelValue(value).length > 0)) return false;
  switch (operator) {
    case "In":
    case "NotIn":
      return values.length > 0;
    case "Exists":
    case "DoesNotExist":
      return values.length === 0;
    case "Gt":
    case "Lt":
      return values.length === 1 && values.every((value) => parseInt64(value) !== undefined);
    default:
      return false;
  }
}

function isFieldRequirement({ operator, values = [] }: NodeSelectorRequirement): boolean {
  return (operator === "In" || operator === "NotIn") && values.length === 1;
}

function matchesLabels(
  { key, operator, values = [] }: NodeSelectorRequirement,
  labels: Readonly<Record<string, string>>,
): boolean {
  const label = labels[key];
  switch (operator) {
    case "In":
      return label !== undefined && values.includes(label);
    case "NotIn":
      return label === undefined || !values.includes(label);
    case "Exists":
      return label !== undefined;
    case "DoesNotExist":
      return label === undefined;
    case "Gt":
    case "Lt": {
      const [left, right] = [parseInt64(label ?? ""), parseInt64(values[0] ?? "")];
      if (left === undefined || right === undefined) return false;
      return operator === "Gt" ? left > right : left < right;
    }
  }
}

function matchesField(
  { key, operator, values = [] }: NodeSelectorRequirement,
  fields: Readonly<Record<string, string>>,
): boolean {
  return ((fields[key] ?? "") === values[0]) === (operator === "In");
}

/** strconv.ParseInt of a decimal that fits into 64 bits. */
function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text.replace("+", ""));
  return BigInt.asIntN(64, value) === value ? value : undefined;
}
