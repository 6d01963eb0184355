import type { Finding } from "./finding.ts";
import { type Branch, type ChartState, withDescendants } from "./model.ts";

/** Branches that are never taken, because one before them asks nothing. */
export function branchFindings(root: ChartState): readonly Finding[] {
  const choices = withDescendants(root).flatMap((state) => state.choices);
  return choices.flatMap(({ branches }) =>
    branches.flatMap((branch, index) => {
      const before = branches.slice(0, index).find((other) => alwaysTakenFor(other, branch));
      if (before === undefined) return [];
      const expected = "a guard on every branch but the last";
      const got = `a branch after the one in line ${before.at.line}, which has none`;
      return [{ at: branch.at, path: branch.path, expected, got }];
    }),
  );
}

/** In every version in which `other` exists, `branch` exists too and is taken. */
function alwaysTakenFor(branch: Branch, other: Branch): boolean {
  if (branch.guard !== undefined) return false;
  return (["gate", "since", "until"] as const).every(
    (key) => branch[key] === undefined || branch[key].text === other[key]?.text,
  );
}
