import { type Life, Lives, type Move } from "./life.ts";
import type { ExploredSystem } from "./system-file.ts";
import { type Decision, worldScript } from "./world-script.ts";
import { WorldTurns } from "./world-turns.ts";

/** Asked in each state of one life, in order: whether what is looked for is seen there. */
export type Seeing = (life: Life) => boolean;

/**
 * A life in which the same is seen, in no more moves, with fewer choices that are not as usual and
 * fewer deliveries that come before older ones. Leaves out one decision after the other.
 */
export function shrunkMoves(
  system: ExploredSystem,
  moves: readonly Move[],
  seeing: () => Seeing,
): readonly Move[] {
  const lives = new Lives(system);
  const run = (decisions: readonly Decision[], atMost: number) =>
    movesUntil(system, lives, decisions, { seeing: seeing(), atMost });
  const script = worldScript(system, { moves });
  let best = { script, moves };
  // A way that ends in a circle is not seen to its end.
  if (run(script, moves.length) === undefined) return moves;
  for (let isShorter = true; isShorter; ) {
    isShorter = false;
    for (const one of best.script) {
      const fewer = best.script.filter((other) => other !== one);
      const shorter = run(fewer, best.moves.length);
      if (shorter === undefined) continue;
      best = { script: fewer, moves: shorter };
      isShorter = true;
      break;
    }
  }
  return best.moves;
}

/** The moves up to where it is seen; undefined when it is not within so many. */
function movesUntil(
  system: ExploredSystem,
  lives: Lives,
  decisions: readonly Decision[],
  { seeing, atMost }: { readonly seeing: Seeing; readonly atMost: number },
): readonly Move[] | undefined {
  const turns = new WorldTurns(system, decisions);
  const moves: Move[] = [];
  let life = lives.begin();
  while (!seeing(life)) {
    const move = turns.next(life) ?? { do: "deliver", nth: 0 };
    const isOver = life.cluster.system.nextAt() === undefined && move.do === "deliver";
    if (isOver || moves.length === atMost) return undefined;
    const outcome = turns.make(lives, life, move);
    moves.push(outcome.move);
    ({ life } = outcome);
  }
  return moves;
}
