import type { ExploredSystem } from "../../src/explore/system-file.ts";
import { within } from "../../src/testkit/watch.ts";
import type { KnownSteps } from "./chart-differences.ts";
import type { FunctionMutant } from "./mutated-modules.ts";
import type { Mutant } from "./operators.ts";
import type { Fate } from "./scores.ts";
import { showsTheSame } from "./seen-graph.ts";
import { isKilled } from "./trial.ts";
import type { TriedPath, TriedSystem } from "./tried-system.ts";

/** Where a mistake may show: the systems and paths in which it does something else. */
interface Concerns {
  readonly system: (tried: TriedSystem) => boolean;
  readonly path: (path: TriedPath, tried: TriedSystem) => boolean;
  /** The system with the mistake in it. */
  readonly read: (tried: TriedSystem) => ExploredSystem;
}

/** What becomes of mistakes when the suites of these systems are the only test. */
export class Judge {
  readonly #systems: readonly TriedSystem[];
  readonly #known: KnownSteps;

  constructor(systems: readonly TriedSystem[], known: KnownSteps) {
    this.#systems = systems.toSorted((a, b) => a.states - b.states);
    this.#known = known;
  }

  ofChart(mutant: Mutant): Fate {
    const machine = mutant.make();
    const others = this.#known.differences(machine);
    if (others.size === 0) return { is: "equivalent", because: "it does the same" };
    const instead = { [mutant.machine]: machine };
    return this.#fateOf({
      system: ({ steps }) => haveOneOf(steps, others),
      path: ({ steps }) => haveOneOf(steps, others),
      read: ({ system }) => ({ ...system, instead }),
    });
  }

  ofFunction({ id }: FunctionMutant): Fate {
    mutation.forget();
    mutation.on = id;
    try {
      return this.#fateOf({
        system: ({ seen, seenReading }) => seen[id] === 1 || seenReading[id] === 1,
        path: ({ seen }, { seenReading }) => seen[id] === 1 || seenReading[id] === 1,
        read: ({ seenReading, read, system }) => (seenReading[id] === 1 ? read() : system),
      });
    } finally {
      mutation.on = -1;
      mutation.forget();
    }
  }

  #fateOf({ system: isConcerned, path: mayShow, read }: Concerns): Fate {
    const concerned = this.#systems.filter(isConcerned);
    if (concerned.length === 0) return { is: "equivalent", because: "nothing gets there" };
    for (const tried of concerned) {
      const paths = tried.paths.filter((path) => mayShow(path, tried));
      if (paths.some((path) => isKilled(path, () => read(tried)))) return { is: "killed" };
    }
    const shown = concerned.find((tried) => !isSameIn(tried, read));
    if (shown !== undefined) return { is: "survived", shownBy: shown.name };
    return { is: "equivalent", because: "all shows the same" };
  }
}

function isSameIn(tried: TriedSystem, read: Concerns["read"]): boolean {
  const known = tried.graph();
  try {
    return within(longestMs, () => showsTheSame(read(tried), known)) === true;
  } catch {
    return false;
  }
}

const longestMs = 120_000;

function haveOneOf(all: ReadonlySet<string>, some: ReadonlySet<string>): boolean {
  for (const one of some) if (all.has(one)) return true;
  return false;
}
