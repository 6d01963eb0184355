import type { Mistakes } from "./comparison.ts";
import { KnownGraph } from "./known-graph.ts";
import { withoutMistake } from "./machine-steps.ts";
import type { Mistake } from "./mistake.ts";
import { showsTheSameWith } from "./mistaken-graph.ts";
import { type SeenGraph, showsTheSame } from "./seen-graph.ts";
import { type Explored, exploredWith, systemIn } from "./tried-system.ts";
import { withinWork } from "./within-work.ts";

/** What a system shows, compared with what it shows with each of some mistakes. */
export class Graphs {
  readonly explored: Explored;
  readonly #file: string;
  #known: KnownGraph | undefined;

  constructor(file: string, mistakes: Mistakes) {
    this.#file = file;
    this.explored = exploredWith(file, mistakes);
  }

  isSameWith(mistake: Mistake): boolean {
    const graph = this.#graph();
    try {
      return withinWork(longestMs, () => this.#showsTheSame(mistake, graph)) === true;
    } catch {
      return false;
    } finally {
      this.explored.exploration.walk.maker.watch = undefined;
      withoutMistake();
    }
  }

  #showsTheSame(mistake: Mistake, graph: KnownGraph): boolean | undefined {
    const { comparison, everywhere } = this.explored;
    if (everywhere.has(mistake)) return isSameAnew(mistake, this.#file, graph);
    return showsTheSameWith(mistake, graph, comparison);
  }

  #graph(): KnownGraph {
    if (this.#known !== undefined) return this.#known;
    const { system, exploration, comparison } = this.explored;
    const { maker } = exploration.walk;
    maker.watch = comparison;
    this.#known = new KnownGraph(system, exploration.walk);
    maker.watch = undefined;
    return this.#known;
  }
}

/** Whether all is the same when the file is read and explored anew with the mistake. */
export function isSameAnew(mistake: Mistake, file: string, known: SeenGraph): boolean {
  return mistake.during(() => showsTheSame(systemIn(file), known)) === true;
}

const longestMs = 120_000;
