import type { LabelSelector } from "../../../machines/api/label-selector.ts";
import {
  formatLabels,
  formatLabelSelector,
  labelSelectorText,
} from "../../../machines/api/labels.ts";
import { parseSelector } from "../../../machines/api/parse-selector.ts";
import { requirementsMatch } from "../../../machines/api/requirement-matches.ts";
import {
  isEmptySelector,
  type Labels,
  labelSelectorAsSelector,
  type Selector,
  selectorFromSet,
  selectorMatches,
} from "../../../machines/api/selector.ts";
import { selectorText } from "../../../machines/api/selector-text.ts";
import { fieldErrorText } from "../../../machines/apiserver/field-error.ts";
import { validateLabelSelector } from "../../../machines/apiserver/validation-labels.ts";

type Input =
  | { readonly selector: string }
  | { readonly labelSelector: LabelSelector | null }
  | { readonly set: Labels };

/** What a selector asks for, and which of some labels it selects. */
export function run(input: Input): unknown {
  if ("selector" in input) return parsed(input.selector);
  if ("set" in input) {
    const string = labelSelectorText({ matchLabels: input.set });
    const told = { string, validatedString: string, format: formatLabels(input.set) };
    return { ...told, ...answers(selectorFromSet(input.set)) };
  }
  const given = input.labelSelector ?? undefined;
  const validation = validateLabelSelector(given, "spec.selector").map(fieldErrorText);
  const selector = labelSelectorAsSelector(given);
  const format = formatLabelSelector(given);
  if ("error" in selector) return { error: selector.error, format, validation };
  return { ...answers(selector), string: labelSelectorText(given ?? {}), format, validation };
}

function parsed(text: string): object {
  const read = parseSelector(text);
  if ("error" in read) return read;
  const { requirements } = read;
  return {
    empty: requirements.length === 0,
    requirements,
    string: selectorText(requirements),
    matches: matchesOf((labels) => requirementsMatch(requirements, labels)),
  };
}

function answers(selector: Selector): object {
  return {
    empty: isEmptySelector(selector),
    matches: matchesOf((labels) => selectorMatches(selector, labels)),
  };
}

function matchesOf(isSelected: (labels: Labels) => boolean): readonly object[] {
  return labelSets.map((labels) => ({ labels, matches: isSelected(labels) }));
}

/** The labels that every recorded selector was asked about. */
const labelSets: readonly Labels[] = [
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
