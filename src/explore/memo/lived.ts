import type { AnyTransitionDefinition } from "xstate";

import { compareText } from "../../../machines/api/compare-text.ts";
import type { LocalStep, Move, Taken } from "../life.ts";
import { moveText } from "../move-text.ts";
import type { Path } from "../path.ts";
import type { Effect } from "./memo-tree.ts";
import type { State } from "./state.ts";
import type { Walk } from "./walk.ts";

/** A life from its first delivery to a settled state. */
export interface Lived extends Pick<Path, "moves" | "endedBy"> {
  readonly taken: ReadonlySet<AnyTransitionDefinition>;
  /** The same in order, with repeats. */
  readonly all: readonly Taken[];
  /** All that machines did, once each. */
  readonly steps: ReadonlySet<LocalStep["effects"]>;
}

const stepsToQuiet = 20_000;

/**
 * A life that begins with these moves, and then takes its usual course until nothing happens.
 * `states`: of the exploration that found them; with `all` the moves are there to the last one.
 */
export function lived(
  walk: Walk,
  way: readonly Move[],
  horizonMs: number,
  states: "branching" | "all" = "branching",
): Lived {
  const course = new Course(walk, states);
  for (const move of way) course.make(move);
  return course.toEnd(horizonMs);
}

/** The same of several, in their order; how two of them begin alike is gone through once. */
export function livesOf(
  walk: Walk,
  ways: readonly (readonly Move[])[],
  horizonMs: number,
): readonly Lived[] {
  const words = ways.map((way) => way.map(moveText));
  const order = [...ways.keys()].toSorted((a, b) => compareWords(words[a], words[b]));
  const lives: Lived[] = [];
  const begun: { readonly length: number; readonly course: Course }[] = [];
  for (const [at, nth] of order.entries()) {
    const [way = [], own = []] = [ways[nth], words[nth]];
    const [before, after] = [words[order[at - 1] ?? -1], words[order[at + 1] ?? -1]];
    const [known, useful] = [sharedLength(before, own), sharedLength(own, after)];
    while ((begun.at(-1)?.length ?? 0) > known) begun.pop();
    const last = begun.at(-1);
    const course = last?.course.copy() ?? new Course(walk);
    for (let length = last?.length ?? 0; length < way.length; length++) {
      if (length === useful && length > (last?.length ?? 0)) {
        begun.push({ length, course: course.copy() });
      }
      const move = way[length];
      if (move !== undefined) course.make(move);
    }
    lives[nth] = course.toEnd(horizonMs);
  }
  return lives;
}

/** A life on its way. */
class Course {
  readonly #walk: Walk;
  readonly #states: "branching" | "all";
  readonly #state: State;
  #taken = new Set<AnyTransitionDefinition>();
  #all: Taken[] = [];
  #steps = new Set<LocalStep["effects"]>();
  #moves: Move[] = [];

  constructor(walk: Walk, states: "branching" | "all" = "branching") {
    this.#walk = walk;
    this.#states = states;
    this.#state = walk.begin();
  }

  copy(): Course {
    const copy = new Course(this.#walk, this.#states);
    copy.#state.copyFrom(this.#state);
    copy.#taken = new Set(this.#taken);
    copy.#all = [...this.#all];
    copy.#steps = new Set(this.#steps);
    copy.#moves = [...this.#moves];
    return copy;
  }

  make(move: Move): void {
    const [walk, state] = [this.#walk, this.#state];
    this.#note(move, walk.make(state, move));
    if (this.#states === "all") return;
    for (let effect = walk.forced(state); effect !== undefined; effect = walk.forced(state)) {
      this.#note(usual, effect);
    }
  }

  toEnd(horizonMs: number): Lived {
    const [walk, state] = [this.#walk, this.#state];
    const [taken, all, steps, moves] = [this.#taken, this.#all, this.#steps, this.#moves];
    const told = { taken, all, steps, moves };
    for (let step = 0; step < stepsToQuiet; step++) {
      if (isQuiet(state)) return { ...told, endedBy: "quiet" };
      if (state.dueOf(0) > horizonMs) return { ...told, endedBy: "horizon" };
      this.#note(usual, walk.make(state, usual));
    }
    return { ...told, endedBy: `${stepsToQuiet} steps` };
  }

  #note(move: Move, { picks, taken, steps }: Effect): void {
    for (const { effects } of steps) this.#steps.add(effects);
    for (const { branch } of taken) this.#taken.add(branch);
    this.#all.push(...taken);
    this.#moves.push({ ...move, picks });
  }
}

const usual: Move = { do: "deliver", nth: 0, picks: [] };

function isQuiet(state: State): boolean {
  return state.work === 0 && (state.nextAt ?? Number.POSITIVE_INFINITY) > state.now;
}

/** How many words two ways have in common from their beginning. */
function sharedLength(one: readonly string[] = [], other: readonly string[] = []): number {
  const differs = one.findIndex((word, at) => word !== other[at]);
  return differs < 0 ? Math.min(one.length, other.length) : differs;
}

function compareWords(one: readonly string[] = [], other: readonly string[] = []): number {
  const at = sharedLength(one, other);
  return compareText(one[at] ?? "", other[at] ?? "");
}
