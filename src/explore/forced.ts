import { assert } from "../../machines/assert.ts";
import { passedBound } from "./bounds.ts";
import { type Life, type Lives, type Outcome, type Taken } from "./life.ts";
import type { BoundName, Bounds } from "./system-file.ts";

/** Where a step has come to, with what was taken on the way. */
export interface End {
  readonly life: Life;
  readonly taken: readonly Taken[];
  /** Passed on the way. */
  readonly bound: BoundName | undefined;
  /** Bounds that have kept something from happening on the way. */
  readonly restrained: ReadonlySet<BoundName>;
}

/**
 * What must come after a move: deliveries that are the only ones and ask nothing, as long as they
 * lie in the same moment. The life is left as it is.
 */
export function goOn(lives: Lives, from: Life, taken: readonly Taken[], bounds: Bounds): End {
  const all = [...taken];
  const restrained = new Set<BoundName>();
  let life = from;
  for (let steps = 0; ; steps++) {
    const bound = passedBound(life, bounds);
    if (bound !== undefined || !mustGoOn(lives, life))
      return { life, taken: all, bound, restrained };
    // One copy is enough for all that asks nothing.
    const restraint = lives.restraint(life);
    const outcome = lives.force(steps === 0 ? lives.copy(from) : life);
    if (outcome === undefined) {
      return { life: remade(lives, from, steps), taken: all, bound, restrained };
    }
    if (restraint !== undefined) restrained.add(restraint);
    if (outcome.isRestrained) restrained.add("unusual");
    all.push(...outcome.taken);
    ({ life } = outcome);
  }
}

/** The same, with each step for itself. */
export function* forcedSteps(lives: Lives, from: Life, bounds: Bounds): Generator<Outcome> {
  let life = from;
  while (passedBound(life, bounds) === undefined && mustGoOn(lives, life)) {
    const outcome = lives.make(life, { do: "deliver", nth: 0, picks: [] });
    if (outcome.picks.length > 0) return;
    yield outcome;
    ({ life } = outcome);
  }
}

function mustGoOn(lives: Lives, life: Life): boolean {
  const { system } = life.cluster;
  return system.nextAt() === system.now && lives.isForced(life);
}

/** The step that asked something has spoilt the life; the ones before it are made once more. */
function remade(lives: Lives, from: Life, steps: number): Life {
  if (steps === 0) return from;
  let life = lives.copy(from);
  for (let step = 0; step < steps; step++) {
    const outcome = lives.force(life);
    assert(outcome !== undefined, "what asked nothing asks nothing again");
    ({ life } = outcome);
  }
  return life;
}
