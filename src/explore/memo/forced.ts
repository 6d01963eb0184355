import type { Taken } from "../life.ts";
import type { BoundName } from "../system-file.ts";
import type { Effect } from "./memo-tree.ts";
import type { State } from "./state.ts";
import type { Walk } from "./walk.ts";

/** Where a step has come to, with what was taken on the way. */
interface End {
  readonly taken: readonly Taken[];
  /** Passed on the way. */
  readonly bound: BoundName | undefined;
  /** Bounds that have kept something from happening on the way. */
  readonly restrained: ReadonlySet<BoundName>;
}

/**
 * What must come after a move: deliveries that are the only ones and ask nothing, as long as they
 * lie in the same moment. The state itself goes on. `effects`: gets what each of them did.
 */
export function goOn(walk: Walk, state: State, taken: readonly Taken[], effects?: Effect[]): End {
  let all = taken;
  const restrained = new Set<BoundName>();
  for (;;) {
    const bound = walk.passedBound(state);
    if (bound !== undefined || !walk.mustGoOn(state)) return { taken: all, bound, restrained };
    const restraint = walk.restraint(state);
    const effect = walk.force(state);
    if (effect === undefined) return { taken: all, bound, restrained };
    effects?.push(effect);
    if (restraint !== undefined) restrained.add(restraint);
    if (effect.isRestrained) restrained.add("unusual");
    if (effect.taken.length > 0) all = all.length === 0 ? effect.taken : [...all, ...effect.taken];
  }
}
