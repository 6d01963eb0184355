import { describe, expect, it } from "vitest";

import type { Pod } from "../../machines/api/pod.ts";
import { explore } from "../../src/explore/explorer.ts";
import { Lives, type Move } from "../../src/explore/life.ts";
import { seeingViolation } from "../../src/explore/properties.ts";
import { type Seeing, shrunkMoves } from "../../src/explore/shrink.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import { worldScript } from "../../src/explore/world-script.ts";
import { systemOf } from "../support/systems.ts";

const system = systemOf(
  "open:\n  choices: { image pull outcome: [pulled, not found] }\n" +
    "  environment: [{ process: [{}, { runs: 3s, exits: 1 }] }]\n" +
    "  steps: [{ kubectl: delete pod web }]\n" +
    "bounds: { unusual: 2, overtakings: 1, steps: 1, horizon: 1m }",
);

/** A life at random: any of what may be next, any answer. */
function wandering(seed: number): readonly Move[] {
  const lives = new Lives(system);
  const moves: Move[] = [];
  let [life, luck] = [lives.begin(), seed];
  for (let step = 0; step < 150; step++) {
    const outcomes = [...lives.outcomes(life)];
    luck = (Math.imul(luck, 1_103_515_245) + 12_345) >>> 0;
    const drawn = luck >>> 16;
    const outcome = outcomes[drawn % 4 > 0 ? 0 : (drawn >>> 2) % outcomes.length];
    if (outcome === undefined) break;
    moves.push(outcome.move);
    ({ life } = outcome);
  }
  return moves;
}

function seen(moves: readonly Move[], seeing: Seeing): number {
  const lives = new Lives(system);
  let life = lives.begin();
  for (const [at, move] of moves.entries()) {
    if (seeing(life)) return at;
    ({ life } = lives.make(life, move));
  }
  return seeing(life) ? moves.length : -1;
}

const isMarked: Seeing = ({ cluster }) =>
  cluster.list("Pod").some(({ metadata }) => metadata.deletionTimestamp !== undefined);

const hasRestarted: Seeing = ({ cluster }) =>
  cluster
    .list("Pod")
    .filter((object): object is Pod => object.kind === "Pod")
    .some(({ status }) => (status?.containerStatuses?.[0]?.restartCount ?? 0) > 0);

describe("a life in which something is seen", () => {
  const seeds = Array.from({ length: 40 }, (_, at) => at + 1);

  it.each([
    ["a pod that is being deleted", isMarked, ["step"]],
    ["a restart", hasRestarted, ["answer"]],
  ] as const)("is shrunk to what it takes: %s", (_, seeing, takes) => {
    const lives = seeds.map(wandering).flatMap((moves) => {
      const at = seen(moves, seeing);
      return at < 0 ? [] : [moves.slice(0, at)];
    });
    const longer = lives.filter((moves) => worldScript(system, { moves }).length > takes.length);
    expect(longer.length).toBeGreaterThan(0);
    for (const moves of longer) {
      const shrunk = shrunkMoves(system, moves, () => seeing);
      expect(seen(shrunk, seeing)).toBe(shrunk.length);
      expect(shrunk.length).toBeLessThanOrEqual(moves.length);
      const script = worldScript(system, { moves: shrunk });
      const before = worldScript(system, { moves });
      expect(script.length).toBeLessThan(before.length);
      for (const word of takes) expect(script.map((one) => one.do)).toContain(word);
    }
  });

  it("stays as it is when it is the shortest and usual", () => {
    const always = seeingViolation({ always: (objects) => objects.length < 2 });
    const short = pathTo(system);
    expect(always && shrunkMoves(system, short, always)).toEqual(short);
  });
});

/** The shortest way to a second object. */
function pathTo(explored: ExploredSystem): readonly Move[] {
  let found: number | undefined;
  const { movesTo } = explore(explored, {
    states: "all",
    maxStates: 200,
    onState: (state, nth) => {
      if (state.objects().length >= 2) found ??= nth;
    },
  });
  return movesTo(found ?? 0);
}
