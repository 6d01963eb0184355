import { within } from "../../src/testkit/watch.ts";
import type { Mistakes } from "./comparison.ts";
import { withoutMistake } from "./machine-steps.ts";
import type { Mistake } from "./mistake.ts";
import { MistakenSteps } from "./mistaken-steps.ts";
import { type SeenGraph, seenGraphOf, SeenObjects, showsTheSame } from "./seen-graph.ts";
import { type Explored, exploredWith, systemIn } from "./tried-system.ts";

/** What a system shows, compared with what it shows with each of some mistakes. */
export class Graphs {
  readonly #file: string;
  readonly explored: Explored;
  readonly #objects = new SeenObjects();
  readonly #known: SeenGraph;

  constructor(file: string, mistakes: Mistakes) {
    this.#file = file;
    this.explored = exploredWith(file, mistakes);
    const { system, exploration } = this.explored;
    exploration.walk.maker.watch = this.explored.comparison;
    this.#known = seenGraphOf(system, { walk: exploration.walk, objects: this.#objects });
    exploration.walk.maker.watch = undefined;
  }

  isSameWith(mistake: Mistake): boolean {
    try {
      return within(longestMs, () => this.#showsTheSame(mistake)) === true;
    } catch {
      return false;
    } finally {
      this.explored.exploration.walk.maker.watch = undefined;
      withoutMistake();
    }
  }

  #showsTheSame(mistake: Mistake): boolean | undefined {
    const { system, exploration, comparison, everywhere } = this.explored;
    if (everywhere.has(mistake)) return isSameAnew(mistake, this.#file, this.#known);
    const { walk } = exploration;
    walk.maker.watch = new MistakenSteps(walk.maker, comparison, mistake);
    const objects = new SeenObjects(this.#objects);
    return showsTheSame(system, this.#known, { walk, objects });
  }
}

/** Whether all is the same when the file is read and explored anew with the mistake. */
export function isSameAnew(mistake: Mistake, file: string, known: SeenGraph): boolean {
  return mistake.during(() => showsTheSame(systemIn(file), known)) === true;
}

const longestMs = 120_000;
