import type { LabelSelector, LabelSelectorRequirement } from "./label-selector.ts";
import { labelSelectorAsSelector } from "./selector.ts";

type Labels = Readonly<Record<string, string>>;

/** `a=1,b=2`, sorted by key; apimachinery pkg/labels FormatLabels. */
export function formatLabels(labels: Labels | undefined): string {
  return (
    sortedPairs(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(",") || "<none>"
  );
}

/** The pairs as kubectl lists them. */
export function sortedPairs(labels: Labels | undefined): readonly (readonly [string, string])[] {
  return Object.entries(labels ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** As tables and `kubectl describe` show it; pkg/apis/meta/v1/helpers.go FormatLabelSelector. */
export function formatLabelSelector(selector: LabelSelector | undefined): string {
  const asked = labelSelectorAsSelector(selector);
  if ("error" in asked) return "<error>";
  return labelSelectorText(selector ?? {}) || "<none>";
}

/** `a=1,b in (x,y),!c`, sorted by key; apimachinery pkg/labels Requirement.String. */
export function labelSelectorText({ matchLabels, matchExpressions = [] }: LabelSelector): string {
  const equals = sortedPairs(matchLabels).map(([key, value]) => ({ key, text: `${key}=${value}` }));
  const others = matchExpressions.map((one) => ({ key: one.key, text: requirementText(one) }));
  const sorted = [...equals, ...others].toSorted((a, b) =>
    a.key < b.key ? -1 : Number(a.key > b.key),
  );
  return sorted.map(({ text }) => text).join(",");
}

function requirementText({ key, operator, values = [] }: LabelSelectorRequirement): string {
  switch (operator) {
    case "In":
      return `${key} in (${values.toSorted().join(",")})`;
    case "NotIn":
      return `${key} notin (${values.toSorted().join(",")})`;
    case "Exists":
      return key;
    case "DoesNotExist":
      return `!${key}`;
  }
}
