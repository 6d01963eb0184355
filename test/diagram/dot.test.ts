import { describe, expect, it } from "vitest";
import { type AnyStateMachine, createMachine } from "xstate";

import { dot } from "../../src/diagram/dot.ts";
import { outlineOf } from "../../src/diagram/outline.ts";

type Config = AnyStateMachine["config"];

/** The lines of a drawing without their indents. */
function draw(states: Config["states"], rest: Config = {}): readonly string[] {
  const machine = createMachine({ id: "m", ...rest, ...(states && { states }) });
  return dot(outlineOf(machine))
    .split("\n")
    .map((line) => line.trim());
}

const circle = '[label="", shape=circle, width=0.12]';

describe("a drawing for Graphviz", () => {
  it("writes event, guard and actions of an arrow below each other", () => {
    const go = [{ guard: "isFit", target: "b", actions: ["answer", "record"] }, "c"];
    const lines = draw({ a: { on: { go } }, b: {}, c: {} }, { initial: "a" });
    expect(lines).toContain(String.raw`"a" -> "b" [label="go\n[isFit]\n/ answer, record"]`);
    expect(lines).toContain(String.raw`"a" -> "c" [label="go\n[else]"]`);
    expect(lines).toContain('"initial " -> "a"');
  });

  it("names delays, and rings what is final", () => {
    const lines = draw({ a: { after: { backOff: "b" } }, b: { type: "final" } }, { initial: "a" });
    expect(lines).toContain('"a" -> "b" [label="after backOff"]');
    expect(lines).toContain('"b" [label="b", tooltip="b", peripheries=2]');
  });

  it("stops arrows at the border of a state that they enter or leave", () => {
    const outer = { initial: "c", states: { c: {} }, on: { back: "a" } };
    const lines = draw({ a: { on: { go: "b" } }, b: outer }, { initial: "b" });
    expect(lines).toContain('"a" -> "b" [label="go", lhead="cluster b"]');
    expect(lines).toContain('"b" -> "a" [label="back", ltail="cluster b"]');
    expect(lines).toContain('"initial " -> "b" [lhead="cluster b"]');
    expect(lines).not.toContain(`"b" ${circle}`);
  });

  it("begins an arrow from a state to its own inside at a circle", () => {
    const inner = { initial: "c", states: { c: { on: { up: "#m.b" } } }, on: { again: ".c" } };
    const lines = draw({ b: inner }, { initial: "b" });
    expect(lines).toContain(`"b" ${circle}`);
    expect(lines).toContain('"b" -> "b.c" [label="again"]');
    expect(lines).toContain('"b.c" -> "b" [label="up"]');
  });

  it("dashes the regions of a parallel state", () => {
    const region = { initial: "x", states: { x: {} } };
    const lines = draw({ a: region, b: region }, { type: "parallel" });
    const styles = lines.filter((line) => line.startsWith("style="));
    expect(styles).toEqual(['style="rounded"', 'style="rounded,dashed"', 'style="rounded,dashed"']);
    expect(lines).not.toContain('"initial " -> "a" [lhead="cluster a"]');
  });

  it("writes quotes, backslashes and ampersands so that they are seen", () => {
    const lines = draw({ a: { description: 'It\nsays "\\N" & goes.' } }, { initial: "a" });
    const text = String.raw`It says \"\\N\" &amp; goes.`;
    expect(lines).toContain(String.raw`"a" [label="a\n${text}", tooltip="${text}"]`);
  });
});
