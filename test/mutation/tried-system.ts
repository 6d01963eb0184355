import { readFileSync } from "node:fs";

import { explore, type Exploration } from "../../src/explore/explorer.ts";
import { StepSearch } from "../../src/explore/local-steps.ts";
import { stepLives } from "../../src/explore/suite.ts";
import { type ExploredSystem, readSystem } from "../../src/explore/system-file.ts";
import { formatIssue } from "../../src/yaml/issue.ts";
import { type SeenGraph, seenGraphOf } from "./seen-graph.ts";
import { type Expectation, expectationOf } from "./trial.ts";

/** A shipped system: its suite, and what somebody may notice of a mistake in it. */
export interface TriedSystem {
  readonly name: string;
  /** As it is without a mistake. */
  readonly system: ExploredSystem;
  readonly states: number;
  /** Anew, as somebody reads it who has a mistake. */
  readonly read: () => ExploredSystem;
  /** By the mutant's number: whether it would have done otherwise when this was read. */
  readonly seenReading: Uint8Array;
  /** The same in any of its states. */
  readonly seen: Uint8Array;
  /** Names of all that machines do in any of its states. */
  readonly steps: ReadonlySet<string>;
  readonly machines: Exploration["machines"];
  readonly paths: readonly TriedPath[];
  /** What the right one shows. */
  readonly graph: () => SeenGraph;
}

export interface TriedPath extends Expectation {
  readonly steps: ReadonlySet<string>;
  readonly seen: Uint8Array;
}

/** Explores a file with mutants of functions watched, of which there are so many. */
export function triedSystem(file: string, mutants: number): TriedSystem {
  const text = readFileSync(file, "utf8");
  const read = () => systemIn(file, text);
  const [system, seenReading] = watched(mutants, read);
  const [{ search, exploration }, seen] = watched(mutants, () => searched(system));
  const lives = stepLives(system, exploration, search);
  const { machines } = exploration;
  const steps = new Set(lives.flatMap(({ covers }) => covers));
  const paths = lives.map(({ moves, covers }): TriedPath => {
    const [expectation, seenThere] = watched(mutants, () => expectationOf(system, moves));
    for (const [id, isSeen] of seenThere.entries()) if (isSeen === 1) seen[id] = 1;
    return { ...expectation, steps: new Set(covers), seen: seenThere };
  });
  let graph: SeenGraph | undefined;
  return {
    name: system.name,
    system,
    states: exploration.states,
    read,
    seenReading,
    seen,
    steps,
    machines,
    paths: paths.toSorted((a, b) => a.moves.length - b.moves.length),
    graph: () => (graph ??= withoutMistake(() => seenGraphOf(system))),
  };
}

function searched(system: ExploredSystem) {
  const search = new StepSearch();
  const exploration = explore(system, { onEffect: (effect, edge) => search.add(effect, edge) });
  return { search, exploration };
}

/** What it makes, and which mutants would have done otherwise meanwhile. */
function watched<T>(mutants: number, make: () => T): readonly [T, Uint8Array] {
  const seen = new Uint8Array(mutants);
  mutation.forget();
  mutation.seen = seen;
  try {
    return [make(), seen];
  } finally {
    mutation.seen = undefined;
  }
}

function withoutMistake<T>(make: () => T): T {
  const { on } = mutation;
  mutation.on = -1;
  mutation.forget();
  const made = make();
  mutation.on = on;
  mutation.forget();
  return made;
}

function systemIn(file: string, text: string): ExploredSystem {
  const { system, issues } = readSystem(file, text);
  if (system === undefined) throw new Error(issues.map(formatIssue).join("\n"));
  return system;
}
