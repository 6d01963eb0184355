import type { ActorLogic, EventObject, Snapshot } from "xstate";
import { getAdjacencyMap } from "xstate/graph";

import { passedBound } from "../../src/explore/bounds.ts";
import { horizonsOf } from "../../src/explore/horizons.ts";
import { type Life, Lives } from "../../src/explore/life.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import { PlainExecutor } from "../support/naive-explorer.ts";
import { textOf } from "../support/naive-form.ts";

type Composed = Snapshot<unknown> & { readonly life: Life };

/** A move with the state that XState's transitions have made of it. */
interface MoveEvent extends EventObject {
  readonly move: string;
  readonly next: Composed;
}

/**
 * Explores a composed system with xstate/graph, up to so many states: every step of a machine is
 * XState's pure `transition`, a state is told by its canonical text.
 */
export function statesByGraph(system: ExploredSystem, maxStates: number): number {
  const lives = new Lives(system, new PlainExecutor());
  const horizons = horizonsOf(system);
  const isSorted =
    system.open.deliveries === "any order" && system.bounds.overtakings === undefined;
  let states = 0;
  const map = getAdjacencyMap(composedLogic(lives), {
    events: (state) => movesFrom(system, lives, state.life),
    serializeState: ({ life }) => textOf(life, horizons, isSorted),
    serializeEvent: ({ move }) => move,
    stopWhen: () => ++states > maxStates,
  });
  return Object.keys(map).length;
}

function composedLogic(lives: Lives): ActorLogic<Composed, MoveEvent> {
  return {
    transition: (_, { next }) => next,
    getInitialSnapshot: () => composed(lives.begin()),
    getPersistedSnapshot: (snapshot) => snapshot,
  };
}

function movesFrom(system: ExploredSystem, lives: Lives, life: Life): readonly MoveEvent[] {
  if (lives.isOver(life)) return [];
  return [...lives.outcomes(life)].flatMap(({ life: next, move: { do: what, nth, picks } }) => {
    if (passedBound(next, system.bounds) !== undefined) return [];
    const move = [what, nth, ...picks].join(" ");
    return [{ type: what, move, next: composed(next) }];
  });
}

function composed(life: Life): Composed {
  return { status: "active", output: undefined, error: undefined, life };
}
