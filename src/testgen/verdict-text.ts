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
      const { sentence, outcome } = verdict;
      const line = `${outcome.padEnd(9)} ${sentence}`;
      const way = outcome === "violated" ? wayTo(verdict) : undefined;
      return way === undefined ? line : `${line}\n\n${pathText(way)}\n`;
    })
    .join("\n");
}
