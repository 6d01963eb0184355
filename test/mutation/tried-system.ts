import { readFileSync } from "node:fs";

import { type Exploration, Explorer } from "../../src/explore/explorer.ts";
import { firstCluster } from "../../src/explore/life.ts";
import { StepSearch } from "../../src/explore/local-steps.ts";
import { type ExploredSystem, readSystem } from "../../src/explore/system-file.ts";
import { TimeIsUp, within } from "../../src/testkit/watch.ts";
import { formatIssue } from "../../src/yaml/issue.ts";
import { Comparison, type Mistakes } from "./comparison.ts";
import { withoutMistake } from "./machine-steps.ts";
import type { Mistake } from "./mistake.ts";
import { Noted } from "./switch.ts";

/** What an exploration says of mistakes. */
export interface Explored {
  readonly system: ExploredSystem;
  /** The system as somebody reads it who makes that mistake. */
  readonly read: (mistake: Mistake) => ExploredSystem;
  readonly exploration: Exploration;
  readonly search: StepSearch;
  readonly comparison: Comparison;
  /** They change what is read from the file, what a cluster begins with, or what is told of a pod. */
  readonly everywhere: ReadonlySet<Mistake>;
}

/** Explores a file's system and compares every step of it with what it is with each mistake. */
export function exploredWith(file: string, mistakes: Mistakes): Explored {
  const text = readFileSync(file, "utf8");
  const read = () => systemIn(file, text);
  const noted = new Noted(mistakes.mutants);
  const compared = <T>(make: () => T, tell: (made: T) => string): readonly [T, Set<Mistake>] => {
    const [made, seen] = mutation.watch(noted, make);
    const told = tell(made);
    const touched = seen.flatMap((id) => mistakes.byId.get(id) ?? []);
    const others = touched.filter((mistake) => {
      return mistakes.tried.has(mistake) && isOther(() => mistake.during(() => tell(make())), told);
    });
    return [made, new Set(others)];
  };
  const [system, readOther] = compared(read, (made) => JSON.stringify(made));
  const [, beginOther] = compared(
    () => beginning(system),
    (made) => made,
  );
  const begun = new Set([...readOther, ...beginOther]);
  const hanging = new Set<Mistake>();
  for (;;) {
    const found = explored(system, mistakes, new Set([...begun, ...hanging]));
    if (!("hangs" in found)) {
      const reading = (mistake: Mistake) => (readOther.has(mistake) ? read() : system);
      const everywhere = new Set([...begun, ...found.comparison.infectedFacts]);
      return { system, read: reading, ...found, everywhere };
    }
    hanging.add(found.hangs);
  }
}

type Found = Pick<Explored, "exploration" | "search" | "comparison">;

/** Anew without a mistake that goes on without end. */
function explored(
  system: ExploredSystem,
  mistakes: Mistakes,
  infected: ReadonlySet<Mistake>,
): Found | { readonly hangs: Mistake } {
  const search = new StepSearch();
  const explorer = new Explorer(system, { onEffect: (effect, edge) => search.add(effect, edge) });
  const { walk } = explorer.result();
  const comparison = new Comparison(walk.maker, mistakes);
  for (const one of infected) comparison.infected.add(one);
  const begin = walk.seen(walk.begin());
  comparison.compareFacts(begin.objects(), begin.now);
  walk.maker.watch = comparison;
  try {
    while (within(longestMs, () => explorer.advance(statesAtOnce)));
  } catch (error) {
    if (!(error instanceof TimeIsUp) || comparison.trying === undefined) throw error;
    withoutMistake();
    return { hangs: comparison.trying };
  } finally {
    walk.maker.watch = undefined;
  }
  return { exploration: explorer.result(), search, comparison };
}

const statesAtOnce = 5;
const longestMs = 120_000;

function beginning(system: ExploredSystem): string {
  const nobody = { pick: () => 0, keep: () => 0 };
  return JSON.stringify(firstCluster(system, nobody).save());
}

function isOther(other: () => string, told: string): boolean {
  try {
    return other() !== told;
  } catch {
    return true;
  }
}

/** Reads a file that has no mistakes. */
export function systemIn(file: string, text = readFileSync(file, "utf8")): ExploredSystem {
  const { system, issues } = readSystem(file, text);
  if (system === undefined) throw new Error(issues.map(formatIssue).join("\n"));
  return system;
}
