import { parseSelector } from "../../../machines/api/parse-selector.ts";
import { requirementsMatch } from "../../../machines/api/requirement-matches.ts";
import { selectorText } from "../../../machines/api/selector-text.ts";

interface Input {
  readonly selector: string;
}

/** What a selector given as text asks for, and which of some labels it selects. */
export function run({ selector }: Input): unknown {
  const parsed = parseSelector(selector);
  if ("error" in parsed) return parsed;
  const { requirements } = parsed;
  return {
    empty: requirements.length === 0,
    requirements,
    string: selectorText(requirements),
    matches: labelSets.map((labels) => ({
      labels,
      matches: requirementsMatch(requirements, labels),
    })),
  };
}

/** The labels that every recorded selector was asked about. */
const labelSets: readonly Readonly<Record<string, string>>[] = [
  {},
  { a: "1" },
  { a: "2" },
  { a: "" },
  { b: "1" },
  { a: "1", b: "2" },
  { a: "5", tier: "front" },
  { app: "web", tier: "front" },
  { a: "abc", x: "-3" },
];
