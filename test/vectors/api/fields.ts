import {
  escapeValue,
  fieldSelectorText,
  unescapeValue,
} from "../../../machines/api/field-selector-text.ts";
import { fieldsMatch, parseFieldSelector } from "../../../machines/api/field-selector.ts";

interface Input {
  readonly selector?: string;
  readonly value?: string;
  readonly escaped?: string;
}

/** What a field selector asks for, and which of some objects it selects; or a value's text. */
export function run({ selector, value, escaped }: Input): unknown {
  if (value !== undefined) {
    const text = escapeValue(value);
    return { escaped: text, ...unescaped(text) };
  }
  if (escaped !== undefined) return unescaped(escaped);
  const parsed = parseFieldSelector(selector ?? "");
  if ("error" in parsed) return parsed;
  return {
    empty: parsed.requirements.length === 0,
    requirements: parsed.requirements,
    string: fieldSelectorText(parsed.requirements),
    matches: fieldSets.map((fields) => ({ fields, matches: fieldsMatch(parsed, fields) })),
  };
}

function unescaped(text: string) {
  const value = unescapeValue(text);
  return typeof value === "string" ? { unescaped: value } : { unescaped: "", ...value };
}

/** The fields that every recorded selector was asked about. */
const fieldSets: readonly Readonly<Record<string, string>>[] = [
  {},
  { "metadata.name": "p" },
  { "metadata.name": "p", "spec.nodeName": "", "status.phase": "Running" },
  { "metadata.name": "q", "spec.nodeName": "node-1", "status.phase": "Pending" },
  { a: "x,y" },
  { a: "x=y" },
  { a: String.raw`b\c` },
];
