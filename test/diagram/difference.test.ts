import { describe, expect, it } from "vitest";
import { type AnyStateMachine, createMachine } from "xstate";

import { gates, minors } from "../../machines/feature-gates.ts";
import { everyVersionOf, forVersion } from "../../machines/for-version.ts";
import { catalogue } from "../../machines/index.ts";
import { difference } from "../../src/diagram/difference.ts";
import { allStates, outlineOf, type OutlineState } from "../../src/diagram/outline.ts";

function chart(states: AnyStateMachine["config"]["states"]) {
  return outlineOf(createMachine({ id: "m", initial: "a", ...(states && { states }) }));
}

describe("the difference of two outlines", () => {
  it("has all of both, and marks what only one of them has", () => {
    const before = chart({ a: { on: { go: "b", stop: "a" } }, b: {}, old: { on: { go: "a" } } });
    const on = { go: [{ guard: "isFit", target: "b" }, "b"], stop: "a" };
    const { root } = difference(before, chart({ a: { on }, b: {}, fresh: {} }));
    const states = allStates(root).map(({ path, mark }) => [path, mark?.kind]);
    expect(states).toEqual([
      ["", undefined],
      ["a", undefined],
      ["b", undefined],
      ["fresh", "added"],
      ["old", "removed"],
    ]);
    const branches = allStates(root).flatMap(({ transitions }) =>
      transitions.map(({ trigger, guard, mark }) => [trigger, guard?.name, mark?.kind]),
    );
    const go = { kind: "on", event: "go" };
    expect(branches).toEqual([
      [go, "isFit", "added"],
      [go, undefined, "added"],
      [{ kind: "on", event: "stop" }, undefined, undefined],
      [go, undefined, "removed"],
      [go, undefined, "removed"],
    ]);
  });

  it.each(Object.values(catalogue))("of $id and itself is nothing", (machine) => {
    const outline = outlineOf(machine);
    expect(difference(outline, outline)).toEqual(outline);
  });

  const gated = Object.values(catalogue).filter((one) => everyVersionOf(one) !== one);
  it.each(gated)("of two versions of $id is the whole chart, where one is", (machine) => {
    const [bare, whole] = [forVersion(machine, { version: "1.32" }), everyVersionOf(machine)];
    const { root } = difference(outlineOf(bare), outlineOf(whole));
    const own = new Set([...pathsOf(outlineOf(bare).root), ...pathsOf(outlineOf(whole).root)]);
    expect(pathsOf(root).toSorted()).toEqual([...own].toSorted());
  });

  const versions = minors.map((version) => ({ version }));
  const changes = [
    ...versions.slice(1).map((to, nth) => [versions.slice(nth, nth + 1), [to]] as const),
    ...gates.map(({ name }) => {
      const [off, on] = [false, true].map((isOn) => ({ featureGates: { [name]: isOn } }));
      return [[off ?? {}], [on ?? {}]] as const;
    }),
  ];
  it.each(gated)("of every two versions of $id, and of each gate off and on, is marked", (one) => {
    for (const [from, to] of changes) {
      const [before, after] = [...from, ...to].map((which) => outlineOf(forVersion(one, which)));
      if (before === undefined || after === undefined) throw new Error("no outline");
      const { root } = difference(before, after);
      const branches = allStates(root).flatMap(({ transitions }) => transitions);
      const kept = (gone: string) => branches.filter(({ mark }) => mark?.kind !== gone).length;
      expect(kept("removed")).toBe(countOf(after.root));
      expect(kept("added")).toBe(countOf(before.root));
    }
  });
});

function countOf(root: OutlineState): number {
  return allStates(root).flatMap(({ transitions }) => transitions).length;
}

function pathsOf(root: OutlineState): readonly string[] {
  return allStates(root).map(({ path }) => path);
}
