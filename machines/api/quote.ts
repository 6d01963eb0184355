/** Go's `%q`, strconv.Quote: what cannot be printed is escaped. */
export function quote(text: string): string {
  return `"${[...text].map(escaped).join("")}"`;
}

/** The same of a list: `["a" "b"]`. */
export function goStringList(texts: readonly string[]): string {
  return `[${texts.map(quote).join(" ")}]`;
}

const escapes: Readonly<Record<string, string>> = {
  "\u0007": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  '"': '\\"',
  "\\": "\\\\",
};

/** unicode.IsPrint: letters, marks, numbers, punctuation, symbols, and of spaces only this one. */
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

function escaped(character: string): string {
  const escape = escapes[character];
  if (escape !== undefined) return escape;
  if (printable.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x80) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
