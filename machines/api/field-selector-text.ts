/** One term of a field selector. */
export interface FieldRequirement {
  /** `metadata.name`, `status.phase`, … */
  readonly field: string;
  readonly operator: "=" | "!=";
  readonly value: string;
}

/** Why a text is no field selector, in Kubernetes' words. */
export interface FieldSelectorMistake {
  readonly error: string;
}

/** A value's text as a selector has it. */
export function escapeValue(value: string): string {
  return value.replace(/[\\,=]/g, String.raw`\$&`);
}

/** The value that a selector's text means. */
export function unescapeValue(text: string): string | FieldSelectorMistake {
  const letters = [...text];
  let value = "";
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? "";
    if (letter === "," || letter === "=") {
      const code = letter.codePointAt(0);
      return { error: `invalid field selector: unescaped character in value: ${code}` };
    }
    if (letter !== "\\") {
      value += letter;
      continue;
    }
    const escaped = letters[++at] ?? "";
    if (!/^[\\,=]$/.test(escaped)) {
      return { error: `invalid field selector: invalid escape sequence: \\${escaped}` };
    }
    value += escaped;
  }
  return value;
}

/** The selector in the form that parses to it again. */
export function fieldSelectorText(requirements: readonly FieldRequirement[]): string {
  const terms = requirements.map(({ field, operator, value }) => {
    return `${field}${operator}${escapeValue(value)}`;
  });
  return terms.join(",");
}
