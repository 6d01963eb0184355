import type { Exploration } from "./explorer.ts";
import type { Move } from "./life.ts";
import { type Properties, seeingViolation, type Verdict } from "./properties.ts";
import { shrunkMoves } from "./shrink.ts";
import type { ExploredSystem } from "./system-file.ts";

/**
 * The way to what violates a property or makes it throw, in few moves and with few choices;
 * undefined where no single life shows it.
 */
export function violationOf(
  system: ExploredSystem,
  { movesTo }: Pick<Exploration, "movesTo">,
  { outcome, sentence, state, moves: told }: Verdict,
  properties: Properties,
): readonly Move[] | undefined {
  const isShown = outcome === "violated" || outcome === "threw";
  const property = properties[sentence];
  if (!isShown || state === undefined || property === undefined) return undefined;
  // What never returns must not be asked again.
  const seeing = outcome === "threw" ? undefined : seeingViolation(property);
  const found = told ?? movesTo(state);
  return seeing === undefined ? found : shrunkMoves(system, found, seeing);
}
