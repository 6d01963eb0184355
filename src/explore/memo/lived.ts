import type { AnyTransitionDefinition } from "xstate";

import type { LocalStep, Move, Taken } from "../life.ts";
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
  const state = walk.begin();
  const taken = new Set<AnyTransitionDefinition>();
  const all: Taken[] = [];
  const steps = new Set<LocalStep["effects"]>();
  const moves: Move[] = [];
  const told = { taken, all, steps, moves };
  const note = (move: Move, { picks, taken: branches, steps: made }: Effect): void => {
    for (const { effects } of made) steps.add(effects);
    for (const { branch } of branches) taken.add(branch);
    all.push(...branches);
    moves.push({ ...move, picks });
  };
  for (const move of way) {
    note(move, walk.make(state, move));
    if (states === "all") continue;
    for (let effect = walk.forced(state); effect !== undefined; effect = walk.forced(state)) {
      note(usual, effect);
    }
  }
  for (let step = 0; step < stepsToQuiet; step++) {
    if (isQuiet(state)) return { ...told, endedBy: "quiet" };
    if (state.dueOf(0) > horizonMs) return { ...told, endedBy: "horizon" };
    note(usual, walk.make(state, usual));
  }
  return { ...told, endedBy: `${stepsToQuiet} steps` };
}

const usual: Move = { do: "deliver", nth: 0, picks: [] };

function isQuiet(state: State): boolean {
  return state.work === 0 && (state.nextAt ?? Number.POSITIVE_INFINITY) > state.now;
}
