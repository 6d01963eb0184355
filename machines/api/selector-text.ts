import type { Requirement } from "./parse-selector.ts";

/** `a=1,b in (x,y),!c`; apimachinery pkg/labels/selector.go Requirement.String. */
export function selectorText(requirements: readonly Requirement[]): string {
  return requirements.map(requirementText).join(",");
}

function requirementText({ key, operator, values }: Requirement): string {
  const list = values.join(",");
  switch (operator) {
    case "exists":
      return key;
    case "!":
      return `!${key}`;
    case "in":
    case "notin":
      return `${key} ${operator} (${list})`;
    case "gt":
      return `${key}>${list}`;
    case "lt":
      return `${key}<${list}`;
    default:
      return `${key}${operator}${list}`;
  }
}
