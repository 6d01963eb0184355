import { describe, expect, it } from "vitest";

import { CanonicalForm } from "../../src/explore/canonical.ts";
import { type Life, Lives } from "../../src/explore/life.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import { shippedSystem, smallSystems } from "../support/systems.ts";

const statesLooked = 1_200;

/** Pairs of lives that came to the same row by two ways. */
function* pairs(system: ExploredSystem, lives: Lives, rowOf: (life: Life) => string) {
  const first = lives.begin();
  const seen = new Map([[rowOf(first), first]]);
  const waiting = [first];
  for (const life of waiting) {
    if (waiting.length > statesLooked) return;
    for (const outcome of lives.outcomes(life)) {
      if (outcome.life.cluster.now > system.bounds.horizonMs) continue;
      const row = rowOf(outcome.life);
      const known = seen.get(row);
      if (known !== undefined) yield [known, outcome.life] as const;
      else {
        seen.set(row, outcome.life);
        waiting.push(outcome.life);
      }
    }
  }
}

/** What may follow a life: what is taken, and the row that it leads to. */
function followers(lives: Lives, life: Life, rowOf: (life: Life) => string): readonly string[] {
  const told = [...lives.outcomes(life)].map((outcome) => {
    const taken = outcome.taken.map(({ machine, branch }) => `${machine} ${branch.eventType}`);
    return [...taken, rowOf(outcome.life)].join("\n");
  });
  return told.toSorted();
}

const systems = {
  ...smallSystems,
  "image-pull": () => shippedSystem("image-pull"),
};

describe("two states with the same row", () => {
  it.each(Object.entries(systems))("go on alike: %s", (_, make) => {
    const system = make();
    const lives = new Lives(system);
    const form = new CanonicalForm(system);
    const rowOf = (life: Life) => form.rowOf(life).join(" ");
    let compared = 0;
    for (const [one, other] of pairs(system, lives, rowOf)) {
      expect(followers(lives, other, rowOf)).toEqual(followers(lives, one, rowOf));
      compared++;
    }
    expect(compared).toBeGreaterThan(0);
  });
});
