import { describe, expect, it } from "vitest";

import { catalogue } from "../../machines/index.ts";
import { type Exploration, explore } from "../../src/explore/explorer.ts";
import { Lives } from "../../src/explore/life.ts";
import { stepNames, StepSearch } from "../../src/explore/local-steps.ts";
import { stepSuiteOf } from "../../src/explore/suite.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import { stepperOf } from "../../src/system/stepper.ts";
import { shippedSystem, smallSystems } from "../support/systems.ts";

const names = ["pulls that may fail", "probes that may fail", "a kubelet that stops"];
const systems = names.map((name) => {
  return [name, smallSystems[name]?.() ?? shippedSystem("image-pull")] as const;
});

/** The same with machines of its own, of which nobody knows a step yet. */
function renewed(system: ExploredSystem): Required<Pick<ExploredSystem, "instead">> {
  const machines = Object.entries(catalogue).map(([id, one]) => [id, one.provide({})] as const);
  return { ...system, instead: Object.fromEntries(machines) };
}

function searched(system: ExploredSystem) {
  const search = new StepSearch();
  const exploration = explore(system, { onEffect: (effect, edge) => search.add(effect, edge) });
  return { search, exploration };
}

/** The steps of a life that comes to a state. */
function stepsTo(system: ExploredSystem, { movesTo }: Exploration, state: number): string[] {
  const own = { ...system, ...renewed(system) };
  const lives = new Lives(own);
  let life = lives.begin();
  for (const move of movesTo(state)) ({ life } = lives.drive(life, move));
  const steppers = Object.values(own.instead).map((one) => stepperOf(one));
  return steppers.flatMap((stepper) => [...stepNames(stepper).values()]);
}

describe.each(systems)("the steps of machines in %s", (_, system) => {
  const { search, exploration } = searched(system);
  const suite = stepSuiteOf(system, exploration, search);

  it("are all made on the paths of their suite", () => {
    const covered = new Set(suite.paths.flatMap(({ covers }) => covers));
    expect([...covered].toSorted()).toEqual([...suite.coverage.covered]);
    expect(covered.size).toBeGreaterThan(80);
  });

  it("are those that any life makes", () => {
    const known = new Set(suite.coverage.covered);
    const every = explore(system, { states: "all" });
    for (let nth = 1; nth <= 20; nth++) {
      const state = Math.floor((nth * (every.states - 1)) / 20);
      expect(stepsTo(system, every, state).filter((name) => !known.has(name))).toEqual([]);
    }
  });

  it("have each branch among them that is taken", () => {
    const branches = new Set(suite.paths.flatMap(({ taken }) => taken.map(({ branch }) => branch)));
    const usual = explore(system, {
      onEdge: ({ taken }) => {
        for (const { branch } of taken) expect(branches.has(branch)).toBe(true);
      },
    });
    expect(usual.states).toBe(exploration.states);
  });
});

it("a step that does nothing is one, too", () => {
  const { search } = searched(shippedSystem("container"));
  const waits = /^container \{"value":"\w+".*\} \{"type":"[\w.]+".*\}$/;
  expect(search.report().covered.some((name) => waits.test(name))).toBe(true);
  const nothingDone = [...search.names().keys()].filter(({ taken = [] }) => taken.length === 0);
  expect(nothingDone.length).toBeGreaterThan(0);
});
