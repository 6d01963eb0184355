import { describe, expect, it } from "vitest";

import { catalogue } from "../../machines/index.ts";
import { everyVersionOf } from "../../machines/for-version.ts";
import { allStates, outlineOf } from "../../src/diagram/outline.ts";
import { branchesOfMachine } from "../../src/explore/universe.ts";
import { markedBySuites } from "../../src/testgen/suite-marks.ts";

describe.each(Object.values(catalogue))("the outline of $id", (machine) => {
  const names = branchesOfMachine(machine).map(({ name }) => name);
  const outline = outlineOf(machine);

  it("has a mark for each branch of the suite's universe", () => {
    const [first = ""] = names;
    const paths = [{ covers: names.slice(0, 2) }, { covers: [first] }];
    const { root } = markedBySuites(outline, machine, [{ universe: names, paths }]);
    const marks = allStates(root).flatMap(({ transitions }) => transitions.map(({ mark }) => mark));
    const count = (kind: string) => marks.filter((mark) => mark?.kind === kind).length;
    expect(marks).toHaveLength(names.length);
    expect(count("taken")).toBe(Math.min(2, names.length));
    expect(count("missed")).toBe(names.length - count("taken"));
    expect(marks).toContainEqual({ kind: "taken", times: 2 });
  });

  it("has no mark of a suite that does not know the machine", () => {
    expect(markedBySuites(outline, machine, [{ universe: [], paths: [] }])).toEqual(outline);
  });

  it("finds a branch again whatever gates are on", () => {
    const whole = everyVersionOf(machine);
    for (const name of names) {
      const suite = { universe: [name], paths: [{ covers: [name] }] };
      const taken = [machine, whole].map((one) =>
        takenIn(markedBySuites(outlineOf(one), one, [suite])),
      );
      expect(taken[0]).toHaveLength(1);
      expect(taken[1]).toEqual(taken[0]);
    }
  });
});

/** What the marked branch is, without its place among the others. */
function takenIn({ root }: ReturnType<typeof markedBySuites>): readonly object[] {
  return allStates(root).flatMap(({ path, transitions }) =>
    transitions
      .filter(({ mark }) => mark?.kind === "taken")
      .map(({ trigger, guard, targets, actions }) => ({ path, trigger, guard, targets, actions })),
  );
}
