import { describe, expect, it } from "vitest";
import { type AnyStateMachine, createMachine } from "xstate";

import { outlineOf } from "../../src/diagram/outline.ts";
import { smcat } from "../../src/diagram/smcat.ts";

/** The lines of a drawing without their indents. */
function draw(config: AnyStateMachine["config"]): readonly string[] {
  return smcat(outlineOf(createMachine({ id: "m", ...config })))
    .split("\n")
    .map((line) => line.trim());
}

describe("a drawing for state-machine-cat", () => {
  it("has states inside the machine, and its arrows at the end", () => {
    const go = [{ guard: "isFit", target: "b", actions: ["answer", "record"] }, "c"];
    const b = { after: { backOff: "c" } };
    expect(draw({ initial: "a", states: { a: { on: { go } }, b, c: { type: "final" } } })).toEqual([
      '"m" [label="m" type=regular] {',
      '"m.#initial" [type=initial],',
      '"m.a" [label="a" type=regular],',
      '"m.b" [label="b" type=regular],',
      '"m.c" [label="c" type=final];',
      '"m.#initial" => "m.a";',
      "};",
      '"m.a" => "m.b": "go [isFit] / answer, record";',
      '"m.a" => "m.c": "go [else]";',
      '"m.b" => "m.c": "after backOff";',
      "",
    ]);
  });

  it("begins in no region of a parallel state, but in the first state of each", () => {
    const region = { initial: "x", states: { x: {} } };
    const lines = draw({ type: "parallel", states: { a: region, b: region } });
    expect(lines[0]).toBe('"m" [label="m" type=parallel] {');
    expect(lines.filter((line) => line.includes("#initial"))).toEqual([
      '"m.a#initial" [type=initial],',
      '"m.a#initial" => "m.a.x";',
      '"m.b#initial" [type=initial],',
      '"m.b#initial" => "m.b.x";',
    ]);
  });

  it("says inside a state what does not leave it, one a line", () => {
    const a = { description: 'It "waits".', entry: "ask", on: { seen: { actions: "note" } } };
    expect(draw({ initial: "a", states: { a } }).slice(2, 5)).toEqual([
      String.raw`"m.a" [label="a" type=regular]: "It \"waits\".`,
      "entry / ask",
      'seen / note";',
    ]);
  });
});
