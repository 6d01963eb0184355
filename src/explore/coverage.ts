import type { AnyStateMachine, AnyTransitionDefinition } from "xstate";

import { boundText } from "./bounds.ts";
import type { Edge } from "./explorer.ts";
import type { Move } from "./life.ts";
import type { BoundName } from "./system-file.ts";
import { branchesOf, type ChartBranch } from "./universe.ts";

/** Where a branch was taken first. */
export interface FirstTaken {
  readonly from: number;
  readonly move: Move;
}

/** Notes for each branch of a chart the first step that takes it. */
export class Coverage {
  readonly #first = new Map<AnyTransitionDefinition, FirstTaken>();

  add({ from, move, taken }: Edge): void {
    for (const { branch } of taken) {
      if (!this.#first.has(branch)) this.#first.set(branch, { from, move });
    }
  }

  firstOf({ definition }: ChartBranch): FirstTaken | undefined {
    return this.#first.get(definition);
  }
}

/** What of the charts of a system's machines was taken. */
export interface CoverageReport {
  readonly machines: readonly MachineCoverage[];
  /** Names, in the order of the charts. */
  readonly universe: readonly string[];
  readonly covered: readonly string[];
  readonly missing: readonly Missing[];
}

export interface MachineCoverage {
  readonly machine: string;
  readonly covered: number;
  readonly all: number;
}

export interface Missing {
  readonly name: string;
  readonly why: string;
}

export function coverageOf(
  machines: ReadonlyMap<string, AnyStateMachine>,
  coverage: Coverage,
  { passed, stoppedBy }: CoverageEnd,
): CoverageReport {
  const inOrder = [...machines].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const branches = branchesOf(new Map(inOrder));
  const isTaken = (branch: ChartBranch) => coverage.firstOf(branch) !== undefined;
  const why = reasonFor([...passed.keys()].map(boundText), stoppedBy);
  const names = [...new Set(branches.map(({ machine }) => machine))];
  return {
    machines: names.map((machine) => {
      const own = branches.filter((branch) => branch.machine === machine);
      return { machine, covered: own.filter(isTaken).length, all: own.length };
    }),
    universe: branches.map(({ name }) => name),
    covered: branches.filter(isTaken).map(({ name }) => name),
    missing: branches.filter((one) => !isTaken(one)).map(({ name }) => ({ name, why })),
  };
}

export interface CoverageEnd {
  readonly passed: ReadonlyMap<BoundName, number>;
  readonly stoppedBy: string | undefined;
}

/** Why nothing leads there; what a search left out may do so. */
function reasonFor(bounds: readonly string[], stoppedBy: string | undefined): string {
  if (stoppedBy !== undefined) return `the search was stopped: ${stoppedBy}`;
  if (bounds.length === 0) return "impossible in this composition";
  return `not within these bounds: ${bounds.toSorted().join(", ")}`;
}
