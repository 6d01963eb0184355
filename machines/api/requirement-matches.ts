import type { Requirement } from "./parse-selector.ts";
import { type Labels, parseInt64 } from "./selector.ts";

/** All requirements hold; apimachinery pkg/labels/selector.go internalSelector.Matches. */
export function requirementsMatch(
  requirements: readonly Requirement[],
  labels: Labels = {},
): boolean {
  return requirements.every((requirement) => matches(requirement, labels[requirement.key]));
}

/** What must not be so holds for an object without the label, too. */
function matches({ operator, values }: Requirement, label: string | undefined): boolean {
  switch (operator) {
    case "=":
    case "==":
    case "in":
      return label !== undefined && values.includes(label);
    case "!=":
    case "notin":
      return label === undefined || !values.includes(label);
    case "exists":
      return label !== undefined;
    case "!":
      return label === undefined;
    case "gt":
    case "lt": {
      const [number, bound] = [parseInt64(label ?? ""), parseInt64(values[0] ?? "")];
      if (number === undefined || bound === undefined) return false;
      return operator === "gt" ? number > bound : number < bound;
    }
  }
}
