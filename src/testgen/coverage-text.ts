import { boundText } from "../explore/bounds.ts";
import type { CoverageReport, Missing } from "../explore/coverage.ts";
import type { Exploration } from "../explore/explorer.ts";

/** What an exploration has seen, in a few lines. */
export function explorationText(name: string, exploration: Exploration): string {
  const { states, edges, depth, stoppedBy, passed } = exploration;
  const bounds = [...passed].map(([bound, times]) => `${boundText(bound)} (${times} times)`);
  const end = stoppedBy === undefined ? "all states within the bounds" : `stopped by ${stoppedBy}`;
  return [
    `${name}: ${states} states, ${edges} edges, depth ${depth}; ${end}`,
    `bounds reached: ${bounds.length === 0 ? "none" : bounds.join(", ")}`,
  ].join("\n");
}

/** `14 branches`, or states or pairs. */
export function countText(count: number, { cover }: Pick<CoverageReport, "cover">): string {
  return `${count} ${cover === "transitions" ? "branches" : cover}`;
}

/** Covered branches or states of all, by machine. */
export function coverageTable({ machines, covered, universe }: CoverageReport): string {
  const rows = machines.map(({ machine, covered: taken, all }) => [machine, `${taken}`, `${all}`]);
  const total = ["together", String(covered.length), String(universe.length)];
  const width = Math.max(...rows.map(([name = ""]) => name.length), "MACHINE".length);
  return [["MACHINE", "COVERED", "OF"], ...rows, total]
    .map(([name = "", taken = "", all = ""]) => {
      return `${name.padEnd(width + 3)}${taken.padEnd(10)}${all}`;
    })
    .join("\n");
}

/** What was not taken, under the reason why not. */
export function missingText(missing: readonly Missing[]): string {
  const reasons = [...new Set(missing.map(({ why }) => why))];
  return reasons
    .map((reason) => {
      const names = missing.filter(({ why }) => why === reason).map(({ name }) => `  ${name}`);
      return [`${reason}:`, ...names].join("\n");
    })
    .join("\n");
}
