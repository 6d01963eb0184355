import { parseDuration } from "./go-duration.ts";
import { quote } from "./quote.ts";

/** Milliseconds of Go's `time.ParseDuration`, or what Go says is wrong with the text. */
export function readDuration(text: string): number | { readonly error: string } {
  const ms = parseDuration(text);
  if (ms !== undefined && Math.abs(ms) <= longestMs) return ms;
  const known = knownParts.exec(text)?.[0] ?? "";
  const rest = /^([\d.]*)([^\d.]*)/.exec(text.slice(known.length)) ?? [];
  const [, amount = "", unit = ""] = rest;
  if (ms !== undefined || !number.test(amount))
    return { error: `time: invalid duration ${quote(text)}` };
  if (unit === "") return { error: `time: missing unit in duration ${quote(text)}` };
  return { error: `time: unknown unit ${quote(unit)} in duration ${quote(text)}` };
}

/** The sign and every part with a unit that Go knows. */
const knownParts = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h)(?![^\d.]))*/;
const number = /^(?:\d+\.?\d*|\.\d+)$/;
/** An int64 of nanoseconds. */
const longestMs = 2 ** 63 / 1e6;
