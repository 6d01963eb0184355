import { describe, expect, it } from "vitest";

import { passedBound } from "../../src/explore/bounds.ts";
import { explore, type ExploreOptions } from "../../src/explore/explorer.ts";
import { Lives, type Taken } from "../../src/explore/life.ts";
import { PairSearch, pairsIn } from "../../src/explore/pairs.ts";
import { pairSuiteOf } from "../../src/explore/suite.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import { shippedSystem, smallSystems } from "../support/systems.ts";

const names = ["pulls that may fail", "a process that may end", "a deletion at any moment"];
const systems = names.map((name) => {
  return [name, smallSystems[name]?.() ?? shippedSystem("image-pull")] as const;
});

function searched(system: ExploredSystem, states: ExploreOptions["states"] = "branching") {
  const search = new PairSearch();
  const exploration = explore(system, { states, onEdge: (edge) => search.add(edge) });
  return { search, exploration };
}

/** What a life takes that goes on anyhow, up to a bound of the system. */
function anyLife(system: ExploredSystem, lives: Lives, seed: number): readonly Taken[] {
  const taken: Taken[] = [];
  let [life, random] = [lives.begin(), seed];
  for (let step = 0; step < 400; step++) {
    const outcomes = [...lives.outcomes(life)];
    if (outcomes.length === 0 || lives.isOver(life)) break;
    random = (random * 48_271) % 2_147_483_647;
    const outcome = outcomes[random % outcomes.length];
    if (outcome === undefined || passedBound(outcome.life, system.bounds) !== undefined) break;
    taken.push(...outcome.taken);
    ({ life } = outcome);
  }
  return taken;
}

describe.each(systems)("the pairs of %s", (_, system) => {
  const { search, exploration } = searched(system);
  const pairs = search.found(exploration);

  it("are all taken by the paths of their suite", () => {
    const { paths, coverage } = pairSuiteOf(system, exploration, search);
    const covered = new Set(paths.flatMap(({ covers }) => covers));
    expect([...covered].toSorted()).toEqual([...coverage.covered]);
    expect(coverage.covered).toEqual(pairs.map(({ name }) => name));
    expect(pairs.length).toBeGreaterThan(50);
  });

  it("are those that any life takes", () => {
    const { search: whole, exploration: every } = searched(system, "all");
    const known = new Set(whole.found(every).map(({ name }) => name));
    const lives = new Lives(system);
    for (let seed = 1; seed <= 20; seed++) {
      const taken = pairsIn(anyLife(system, lives, seed), lives);
      expect(taken.filter((name) => !known.has(name))).toEqual([]);
    }
  });
});
