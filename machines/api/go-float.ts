import { quote } from "./quote.ts";

/** Go's `strconv.ParseFloat(text, 32)` of a decimal, `Inf` or `NaN`, with Go's error text. */
export function parseFloat32(text: string): number | { readonly error: string } {
  const special = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (special !== null) return special[1] === "-" ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return Number.NaN;
  if (!decimal.test(text)) return { error: errorText(text, "invalid syntax") };
  const value = Math.fround(Number(text));
  return Number.isFinite(value) ? value : { error: errorText(text, "value out of range") };
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

function errorText(text: string, cause: string): string {
  return `strconv.ParseFloat: parsing ${quote(text)}: ${cause}`;
}
