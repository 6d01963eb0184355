import { describe, expect, it } from "vitest";
import { type AnyStateMachine, createMachine } from "xstate";

import { mermaid } from "../../src/diagram/mermaid.ts";
import { outlineOf } from "../../src/diagram/outline.ts";

type Config = AnyStateMachine["config"];

/** The lines of a drawing without their indents. */
function draw(states: Config["states"], rest: Config = {}): readonly string[] {
  const machine = createMachine({ id: "m", ...rest, ...(states && { states }) });
  return mermaid(outlineOf(machine))
    .split("\n")
    .map((line) => line.trim());
}

describe("a Mermaid diagram", () => {
  it("draws arrows with event, guard and actions", () => {
    const actions = ["answer", { type: "record", params: { reason: "Pulled", times: 2 } }];
    const lines = draw(
      { a: { on: { go: [{ guard: "isFit", target: "b", actions }, "c"] } }, b: {}, c: {} },
      { initial: "a" },
    );
    expect(lines).toEqual([
      "stateDiagram-v2",
      "[*] --> a",
      "a",
      "b",
      "c",
      "a --> b : go [isFit] / answer, record(Pulled, times=2)",
      "a --> c : go [else]",
      "",
    ]);
  });

  it("names delays, always, gates and versions", () => {
    const meta = { gate: "NodeSwap", since: "1.34", until: "1.35" };
    const lines = draw(
      {
        a: { after: { backOff: "b" } },
        b: { always: { target: "a", guard: { type: "isDue", params: { now: true } }, meta } },
      },
      { initial: "a" },
    );
    expect(lines).toContain("a --> b : after backOff");
    expect(lines).toContain(
      "b --> a : always [isDue(now=true)] (NodeSwap, since 1.34, until 1.35)",
    );
  });

  it("writes what leaves no state inside it, with a short description", () => {
    const on = { seen: { actions: "note" } };
    const lines = draw(
      {
        a: { description: "It waits.", entry: "ask", exit: ["stop"], on },
        b: { entry: "ask", on, initial: "c", states: { c: { description: "x".repeat(61) } } },
      },
      { initial: "a" },
    );
    expect(lines.slice(2, 8)).toEqual([
      'state "a" as a',
      "a : It waits.",
      "a : entry / ask",
      "a : exit / stop",
      "a : seen / note",
      'state "b<br/>entry / ask<br/>seen / note" as b {',
    ]);
    expect(lines).toContain("c");
  });

  it("nests states, and keeps arrows that cross a border outside of it", () => {
    const outer = { initial: "inner", states: { inner: { on: { go: "#m.b" } } } };
    expect(draw({ a: outer, b: { type: "final" } }, { initial: "a" })).toEqual([
      "stateDiagram-v2",
      "[*] --> a",
      'state "a" as a {',
      "[*] --> inner",
      "inner",
      "}",
      "b",
      "b --> [*]",
      "inner --> b : go",
      "",
    ]);
  });

  it("separates parallel regions, in a frame for the machine", () => {
    expect(
      draw(
        { a: { initial: "x", states: { x: {} } }, b: { initial: "y", states: { y: {} } } },
        { type: "parallel" },
      ),
    ).toEqual([
      "stateDiagram-v2",
      "[*] --> m",
      'state "m" as m {',
      'state "a" as a {',
      "[*] --> x",
      "x",
      "}",
      "--",
      'state "b" as b {',
      "[*] --> y",
      "y",
      "}",
      "}",
      "",
    ]);
  });

  it("frames a machine that has transitions of its own", () => {
    const lines = draw({ a: {} }, { initial: "a", on: { stop: ".a" } });
    expect(lines).toContain('state "m" as m {');
    expect(lines).toContain("m --> a : stop");
  });

  it("gives states of one key, and reserved words, names of their own", () => {
    const states = { idle: {}, end: {} };
    const lines = draw(
      { a: { initial: "idle", states }, b: { initial: "idle", states: { idle: {} } } },
      { initial: "a" },
    );
    expect(lines).toContain('state "idle" as a_idle');
    expect(lines).toContain('state "idle" as b_idle');
    expect(lines).toContain('state "end" as a_end');
  });

  it("writes signs that end a label as codes", () => {
    const lines = draw({ a: { description: 'It says: "a; #b"\n<c>.' } }, { initial: "a" });
    expect(lines).toContain("a : It says#58; #34;a#59; #35;b#34; #60;c#62;.");
  });
});
