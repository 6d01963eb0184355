import { describe, expect, it } from "vitest";
import type { StateValue } from "xstate";

import { Coverage } from "../../src/explore/coverage.ts";
import { explore } from "../../src/explore/explorer.ts";
import { Lives } from "../../src/explore/life.ts";
import { type Suite, type SuitePath, suiteOf } from "../../src/explore/suite.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import { shippedSystem, smallSystems } from "../support/systems.ts";

function coverStates(system: ExploredSystem): Suite {
  const coverage = new Coverage();
  const exploration = explore(system, { onEdge: (edge) => coverage.add(edge) });
  return suiteOf(system, exploration, coverage, "states");
}

/** The states in which some actor stands before or after a delivery, as the trace tells them. */
function statesIn(system: ExploredSystem, { moves }: SuitePath): ReadonlySet<string> {
  const seen = new Set<string>();
  const lives = new Lives(system);
  let life = lives.begin();
  life.cluster.observe(({ to, before, after }) => {
    const [machine = ""] = to.split("/");
    for (const value of [before, after]) {
      if (value !== null) for (const state of statesOf(value)) seen.add(`${machine} ${state}`);
    }
  });
  for (const move of moves) ({ life } = lives.drive(life, move));
  return seen;
}

function statesOf(value: StateValue): readonly string[] {
  if (typeof value === "string") return [value];
  return Object.entries(value).flatMap(([key, inner]) => {
    return [key, ...(inner === undefined ? [] : statesOf(inner).map((one) => `${key}.${one}`))];
  });
}

const systems: readonly (readonly [string, () => ExploredSystem])[] = [
  ...Object.entries(smallSystems),
  ["image-pull", () => shippedSystem("image-pull")],
  ["pod-never", () => shippedSystem("pod-never")],
];

describe.each(systems)("paths that cover the states of %s", (_, make) => {
  const system = make();
  const { exploration, coverage, paths } = coverStates(system);
  const names = new Set(coverage.universe);

  it("cover all that can be covered, and no state twice in its list", () => {
    const taken = new Set(paths.flatMap(({ covers }) => covers));
    expect([...taken].toSorted()).toEqual(coverage.covered.toSorted());
    expect(names.size).toBe(coverage.universe.length);
  });

  it("say of each path the states in which its actors stand, and else only those left at once", () => {
    for (const path of paths) {
      const stood = statesIn(system, path);
      const covers = new Set(path.covers);
      expect([...stood].filter((one) => names.has(one) && !covers.has(one))).toEqual([]);
      for (const name of path.covers.filter((one) => !stood.has(one))) {
        expect(isLeftAtOnce(name), name).toBe(true);
      }
    }
  });

  function isLeftAtOnce(name: string): boolean {
    const [machine = "", path = ""] = name.split(" ");
    const root = exploration.machines.get(machine)?.root;
    const node = root?.machine.getStateNodeById(`${root.id}.${path}`);
    return node?.always !== undefined;
  }
});
