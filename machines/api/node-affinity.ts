import type { ObjectMeta } from "./meta.ts";
import type { NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from "./pod.ts";
import { quote } from "./quote.ts";
import { labelMatches, requirementErrors } from "./selector.ts";

interface LabelledNode {
  readonly metadata: Pick<ObjectMeta, "name" | "labels">;
}

/** Terms that can match a node; component-helpers nodeaffinity.go LazyErrorNodeSelector. */
export type NodeSelector = readonly NodeSelectorTerm[];

/** What a pod requires of a node, read once; component-helpers nodeaffinity.go. */
export interface RequiredNodeAffinity {
  readonly nodeLabels: readonly (readonly [string, string])[];
  readonly nodeSelector?: NodeSelector;
}

/** `GetRequiredNodeAffinity`. */
export function getRequiredNodeAffinity(
  spec: Pick<PodSpec, "nodeSelector" | "affinity">,
): RequiredNodeAffinity {
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return {
    nodeLabels: Object.entries(spec.nodeSelector ?? {}),
    ...(required !== undefined && { nodeSelector: newNodeSelector(required.nodeSelectorTerms) }),
  };
}

/** `RequiredNodeAffinity.Match`. */
export function requiredNodeAffinityMatches(
  { nodeLabels, nodeSelector }: RequiredNodeAffinity,
  node: LabelledNode,
): boolean {
  const { labels } = node.metadata;
  for (const [key, value] of nodeLabels) if (labels?.[key] !== value) return false;
  return nodeSelector === undefined || nodeSelectorMatches(nodeSelector, node);
}

/** The same at once, for a pod that asks once. */
export function matchesRequiredNodeAffinity(
  spec: Pick<PodSpec, "nodeSelector" | "affinity">,
  node: LabelledNode,
): boolean {
  return requiredNodeAffinityMatches(getRequiredNodeAffinity(spec), node);
}

/** An empty term and one with a malformed requirement match no node. */
export function newNodeSelector(terms: readonly NodeSelectorTerm[]): NodeSelector {
  return terms.filter((term) => !isEmptyTerm(term) && termErrors(term, "").length === 0);
}

/** One term is enough; `LazyErrorNodeSelector.Match`. */
export function nodeSelectorMatches(terms: NodeSelector, node: LabelledNode): boolean {
  return terms.some((term) => nodeSelectorTermMatches(term, node));
}

/** Of a well-formed term: all its requirements must hold. */
export function nodeSelectorTermMatches(
  { matchExpressions = [], matchFields = [] }: NodeSelectorTerm,
  { metadata: { name, labels = {} } }: LabelledNode,
): boolean {
  const fields = { "metadata.name": name };
  return (
    matchExpressions.every((requirement) => labelMatches(requirement, labels[requirement.key])) &&
    (name === "" || matchFields.every((requirement) => matchesField(requirement, fields)))
  );
}

export function isEmptyTerm({
  matchExpressions = [],
  matchFields = [],
}: NodeSelectorTerm): boolean {
  return matchExpressions.length + matchFields.length === 0;
}

/** What is wrong with a term, in Kubernetes' words; `path` ends in a dot. */
export function termErrors(
  { matchExpressions = [], matchFields = [] }: NodeSelectorTerm,
  path: string,
): readonly string[] {
  return [
    ...matchExpressions.flatMap((one, index) => {
      const at = `${path}matchExpressions[${index}].`;
      const error = notSupported(at, one.operator, labelOperators);
      return error === undefined ? requirementErrors(one, at) : [error];
    }),
    ...matchFields.flatMap(({ operator, values = [] }, index) => {
      const at = `${path}matchFields[${index}].`;
      const error = notSupported(at, operator, fieldOperators);
      if (error !== undefined) return [error];
      const shown = JSON.stringify(values);
      if (values.length === 1) return [];
      return [`${at}values: Invalid value: ${shown}: must have one element`];
    }),
  ];
}

function notSupported(
  path: string,
  operator: string,
  supported: readonly string[],
): string | undefined {
  if (supported.includes(operator)) return undefined;
  const words = supported.map(quote).join(", ");
  return `${path}operator: Unsupported value: ${quote(operator)}: supported values: ${words}`;
}

function matchesField(
  { key, operator, values = [] }: NodeSelectorRequirement,
  fields: Readonly<Record<string, string>>,
): boolean {
  return ((fields[key] ?? "") === values[0]) === (operator === "In");
}

const labelOperators = ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"];
const fieldOperators = ["In", "NotIn"];
