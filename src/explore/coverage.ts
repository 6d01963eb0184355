import type { AnyStateMachine, AnyTransitionDefinition } from "xstate";

import { boundText } from "./bounds.ts";
import { type Coverable, coverablesOf, type CoverWord } from "./coverable.ts";
import type { Edge } from "./explorer.ts";
import type { Move } from "./life.ts";
import type { BoundName } from "./system-file.ts";
import { leftOutOf } from "./universe.ts";

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

  /** The earliest of them, since states are counted as they are found. */
  firstOf({ by }: Pick<Coverable, "by">): FirstTaken | undefined {
    let best: FirstTaken | undefined;
    for (const branch of by) {
      const one = this.#first.get(branch);
      if (one !== undefined && (best === undefined || one.from < best.from)) best = one;
    }
    return best;
  }
}

/** What of the charts of a system's machines was taken. */
export interface CoverageReport {
  readonly cover: CoverWord | "pairs" | "steps";
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
  cover: CoverWord = "transitions",
): CoverageReport {
  const inOrder = new Map([...machines].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const all = coverablesOf(inOrder, cover);
  const taken = new Set(all.filter((one) => coverage.firstOf(one) !== undefined));
  const why = reasonFor([...passed.keys()].map(boundText), stoppedBy);
  const isOfBranches = cover === "transitions";
  const leftOut = isOfBranches ? leftOutOf(inOrder) : [];
  const names = [...new Set(all.map(({ machine }) => machine))];
  const lackOf = lacksIn(inOrder, coverage);
  const notTaken = all
    .filter((one) => !taken.has(one))
    .map(({ name, by: [branch] }): Missing => {
      const lack = isOfBranches && branch !== undefined ? `; ${lackOf(branch)}` : "";
      return { name, why: `${why}${lack}` };
    });
  return {
    cover,
    machines: names.map((machine) => {
      const own = all.filter((one) => one.machine === machine);
      const gated = leftOut.filter((one) => one.machine === machine).length;
      const covered = own.filter((one) => taken.has(one)).length;
      return { machine, covered, all: own.length + gated };
    }),
    universe: [...all, ...leftOut].map(({ name }) => name),
    covered: [...taken].map(({ name }) => name),
    missing: [...notTaken, ...leftOut.map(({ name, why: gateOff }) => ({ name, why: gateOff }))],
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

/** How far an actor has come on the way to a branch that none has taken. */
function lacksIn(
  machines: ReadonlyMap<string, AnyStateMachine>,
  coverage: Coverage,
): (branch: AnyTransitionDefinition) => string {
  const states = coverablesOf(machines, "states").filter((one) => coverage.firstOf(one));
  const entered = new Set(states.map(({ name }) => name));
  return ({ source, eventType }) => {
    const isRoot = source.path.length === 0;
    if (!isRoot && !entered.has(`${source.machine.id} ${source.path.join(".")}`)) {
      return "its state was not entered";
    }
    const by = eventType === "" ? (source.always ?? []) : (source.transitions.get(eventType) ?? []);
    const isAnswered = coverage.firstOf({ by }) !== undefined;
    return isAnswered ? "its guard did not hold" : "nothing was done there on its event";
  };
}
