import type { Verdict } from "../explore/properties.ts";
import type { SuitePath } from "../explore/suite.ts";
import { pathText } from "./suite-text.ts";

/** What came of each property, and the way to the state that shows it. */
export function verdictsText(
  verdicts: readonly Verdict[],
  wayTo: (verdict: Verdict) => SuitePath | undefined,
): string {
  return verdicts
    .map((verdict) => {
      const { sentence, outcome, error } = verdict;
      const threw = outcome === "threw" ? `: ${thrownText(error)}` : "";
      const line = `${outcome.padEnd(9)} ${sentence}${threw}`;
      const way = wayTo(verdict);
      return way === undefined ? line : `${line}\n\n${pathText(way)}\n`;
    })
    .join("\n");
}

/** What was thrown, and the place in the user's module. */
function thrownText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [, place = ""] = /\n\s+at (.*)/.exec(error.stack ?? "") ?? [];
  return `${error.name}: ${error.message}${place === "" ? "" : `, at ${place}`}`;
}
