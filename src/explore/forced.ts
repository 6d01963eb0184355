import { passedBound } from "./bounds.ts";
import type { Life, Lives, Outcome } from "./life.ts";
import type { Bounds } from "./system-file.ts";

/**
 * What must come after a move: deliveries that are the only ones and ask nothing, as long as they
 * lie in the same moment.
 */
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
