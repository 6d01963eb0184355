import { describe, expect, it } from "vitest";
import { createMachine } from "xstate";

import { catalogue } from "../../machines/index.ts";
import { arrowsOf } from "../../src/diagram/arrows.ts";
import { insideOf } from "../../src/diagram/label.ts";
import { allStates, type Outline, outlineOf } from "../../src/diagram/outline.ts";
import { type View, viewOf } from "../../src/diagram/view.ts";

const outline = outlineOf(
  createMachine({
    id: "m",
    initial: "a",
    on: { reset: ".a" },
    states: {
      a: {
        initial: "b",
        on: { skip: "d", poke: { actions: "note" } },
        states: {
          b: { entry: "ask", on: { go: [{ guard: "isFit", target: "c" }, "#m.d"] } },
          c: { on: { back: "b", out: { target: "#m.d", actions: "record" } } },
        },
      },
      d: { on: { again: "d", on: "e" } },
      e: { initial: "b", states: { b: {} } },
    },
  }),
);

describe("a view", () => {
  it("of everything is the outline", () => {
    expect(viewOf(outline, {})).toEqual(outline);
  });

  it("folds what lies deeper, and ends its arrows at the border", () => {
    const view = viewOf(outline, { depth: 1 });
    expect(statesOf(view)).toEqual(["", "a", "d", "e"]);
    expect(arrows(view)).toEqual([
      "m → a : reset",
      "a → d : skip",
      "a → d : go [else]",
      "a → d : out / record",
      "d → d : again",
      "d → e : on",
    ]);
  });

  it("keeps a focused state with its inside, and what leads to it and from it", () => {
    const view = viewOf(outline, { focus: "c" });
    expect(statesOf(view)).toEqual(["", "a", "a.b", "a.c", "d"]);
    expect(arrows(view)).toEqual([
      "a.b → a.c : go [isFit]",
      "a.c → a.b : back",
      "a.c → d : out / record",
    ]);
  });

  it("hides guards, actions, and what leads back to the same state", () => {
    expect(arrows(viewOf(outline, { hide: ["guards"] }))).toContain("a.b → d : go");
    const bare = viewOf(outline, { hide: ["actions", "self"] });
    expect(arrows(bare)).toContain("a.c → d : out");
    expect(arrows(bare)).not.toContain("d → d : again");
    expect(allStates(bare.root).flatMap(insideOf)).toEqual([]);
    expect(allStates(outline.root).flatMap(insideOf)).toEqual(["poke / note", "entry / ask"]);
  });

  it.each([
    ["zebra", "m has no state zebra; its states are a, a.b, a.c, d, e, e.b"],
    ["b", "m has several states b; name one of a.b, e.b"],
    ["a.bb", 'm has no state a.bb; did you mean "a.b"?'],
  ])("of state %s says what it could be instead", (focus, message) => {
    expect(() => viewOf(outline, { focus })).toThrow(message);
  });

  describe.each(Object.values(catalogue))("of $id", (machine) => {
    const whole = outlineOf(machine);
    const views: readonly View[] = [
      { depth: 1 },
      { depth: 2, hide: ["guards", "actions", "self"] },
      ...allStates(whole.root)
        .slice(1)
        .map(({ path }) => ({ focus: path })),
    ];

    it.each(views)("%j has arrows between its own states only", (view) => {
      const part = viewOf(whole, view);
      const paths = statesOf(part);
      const ends = arrowsOf(part.root).flatMap(({ from, to }) => [from, to]);
      expect(ends.filter((end) => !paths.includes(end))).toEqual([]);
      expect(branchesOf(part)).toBeLessThanOrEqual(branchesOf(whole));
    });
  });
});

function statesOf({ root }: Outline): readonly string[] {
  return allStates(root).map(({ path }) => path);
}

function arrows({ id, root }: Outline): readonly string[] {
  return arrowsOf(root).map(({ from, to, label }) => `${from || id} → ${to} : ${label}`);
}

function branchesOf({ root }: Outline): number {
  return allStates(root).flatMap(({ transitions }) => transitions).length;
}
