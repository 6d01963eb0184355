import {
  type FieldRequirement,
  type FieldSelectorMistake,
  unescapeValue,
} from "./field-selector-text.ts";

/** All of its terms must hold; without any it selects everything. */
export interface FieldSelector {
  readonly requirements: readonly FieldRequirement[];
}

/** `status.phase!=Running,spec.nodeName=`; apimachinery pkg/fields/selector.go ParseSelector. */
export function parseFieldSelector(text: string): FieldSelector | FieldSelectorMistake {
  const requirements: FieldRequirement[] = [];
  for (const term of splitTerms(text).toSorted()) {
    if (term === "") continue;
    const match = /^([^]*?)(!=|==|=)([^]*)$/.exec(term);
    if (match === null) {
      return { error: `invalid selector: '${text}'; can't understand '${term}'` };
    }
    const [, field = "", sign, escaped = ""] = match;
    const value = unescapeValue(escaped);
    if (typeof value !== "string") return value;
    const isNothing = field === "" && value === "";
    if (!isNothing) requirements.push({ field, operator: sign === "!=" ? "!=" : "=", value });
  }
  return { requirements };
}

/** Commas part terms, but not behind a backslash. */
function splitTerms(text: string): readonly string[] {
  return text.match(/(?:\\[^]?|[^,\\])+/g) ?? [];
}

/** What an object lacks is empty. */
export function fieldsMatch(
  { requirements }: FieldSelector,
  fields: Readonly<Record<string, string>>,
): boolean {
  return requirements.every(({ field, operator, value }) => {
    return ((fields[field] ?? "") === value) === (operator === "=");
  });
}
