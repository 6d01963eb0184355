import type { Requirement, RequirementOperator } from "./parse-selector.ts";
import type { NodeSelectorRequirement } from "./pod.ts";
import { labelMatches, type Labels } from "./selector.ts";

/** All requirements hold; apimachinery pkg/labels/selector.go internalSelector.Matches. */
export function requirementsMatch(
  requirements: readonly Requirement[],
  labels: Labels = {},
): boolean {
  return requirements.every(({ key, operator, values }) =>
    labelMatches({ operator: inObjects[operator], values }, labels[key]),
  );
}

/** What an object's selector calls the operators of a text. */
const inObjects: Readonly<Record<RequirementOperator, NodeSelectorRequirement["operator"]>> = {
  "=": "In",
  "==": "In",
  "!=": "NotIn",
  in: "In",
  notin: "NotIn",
  exists: "Exists",
  "!": "DoesNotExist",
  gt: "Gt",
  lt: "Lt",
};
