import type { Exploration } from "../../src/explore/explorer.ts";
import type { Effect } from "../../src/explore/memo/memo-tree.ts";
import type { Lived } from "../../src/explore/memo/lived.ts";
import type { AskedStep } from "../../src/explore/memo/step-maker.ts";
import { stepLives } from "../../src/explore/suite.ts";
import { type Mistakes, othersIn } from "./comparison.ts";
import type { Mistake } from "./mistake.ts";
import { Noted } from "./switch.ts";
import { type Expectation, expectationOf, isKilled } from "./trial.ts";
import type { Explored } from "./tried-system.ts";

/** What became of the mistakes that a system's suite was tried on. */
export interface Killings {
  readonly paths: number;
  readonly killed: ReadonlySet<Mistake>;
}

/**
 * Lives paths of the suite, of `--cover steps`, with each mistake that does something else there.
 * Where some of them have shown nothing, `isInVain` says whether no other path will.
 */
export function killings(explored: Explored, isInVain: (mistake: Mistake) => boolean): Killings {
  const { comparison } = explored;
  const lives = livesOf(explored);
  const isOther = (path: PathSteps) => (mistake: Mistake) => {
    return path.some((step, effect) => comparison.isOther(mistake, step, effect));
  };
  return killedOn(explored, lives, comparison.infected, isOther, isInVain);
}

/**
 * The same on every path that gets to the mistake. A life has objects that are equal and not the
 * same where a state has one of them, so that a mistake may show in the one alone.
 */
export function killingsAnywhere(explored: Explored, mistakes: Mistakes): Killings {
  const noted = new Noted(mistakes.mutants);
  return killedOn(explored, livesOf(explored), mistakes.tried, ({ life }) => {
    const [, ids] = mutation.watch(noted, () => expectationOf(explored.system, life.moves));
    const seen = new Set([
      ...ids.map((id) => mistakes.byId.get(id)),
      ...[...life.steps].flatMap((effects) => othersIn(effects, mistakes)),
    ]);
    return (mistake) => seen.has(mistake);
  });
}

/** Where lives go on beyond the exploration, what they do there is compared, too. */
function livesOf({ system, exploration, search, comparison }: Explored): readonly Lived[] {
  const { maker } = exploration.walk;
  maker.watch = comparison;
  const lives = stepLives(system, exploration, search);
  maker.watch = undefined;
  return lives.toSorted((a, b) => a.moves.length - b.moves.length);
}

function killedOn(
  explored: Explored,
  lives: readonly Lived[],
  mistakes: ReadonlySet<Mistake>,
  showsOn: (path: PathSteps) => (mistake: Mistake) => boolean,
  isInVain: (mistake: Mistake) => boolean = () => false,
): Killings {
  const [killed, left] = [new Set<Mistake>(), new Set(mistakes)];
  const tries = new Map<Mistake, number>();
  for (const life of lives) {
    const mayShow = showsOn(new PathSteps(explored.exploration, life));
    let known: Expectation | undefined;
    for (const mistake of left) {
      if (!explored.everywhere.has(mistake) && !mayShow(mistake)) continue;
      const expectation = (known ??= expectationOf(explored.system, life.moves));
      const isSeen = mistake.during(() => isKilled(expectation, () => explored.read(mistake)));
      if (isSeen) killed.add(mistake);
      const tried = (tries.get(mistake) ?? 0) + 1;
      tries.set(mistake, tried);
      if (isSeen || (tried === fewPaths && isInVain(mistake))) left.delete(mistake);
    }
  }
  return { paths: lives.length, killed };
}

/** Most of what is killed at all is killed on the first of them. */
const fewPaths = 2;

/** The steps of a path, which are gone through in slots again and again. */
class PathSteps {
  readonly life: Lived;
  readonly #walk: Exploration["walk"];

  constructor({ walk }: Exploration, life: Lived) {
    this.life = life;
    this.#walk = walk;
  }

  some(isSought: (step: AskedStep, effect: Effect) => boolean): boolean {
    const { maker } = this.#walk;
    let isFound = false;
    maker.watch = {
      answer: (step, known, make) => {
        if (known === undefined) return make().effect;
        isFound ||= isSought(step, known);
        return known;
      },
    };
    const state = this.#walk.begin();
    for (const move of this.life.moves) {
      if (isFound) break;
      this.#walk.make(state, move);
    }
    maker.watch = undefined;
    return isFound;
  }
}
