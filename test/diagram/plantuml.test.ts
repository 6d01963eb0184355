import { describe, expect, it } from "vitest";
import { type AnyStateMachine, createMachine } from "xstate";

import { outlineOf } from "../../src/diagram/outline.ts";
import { plantuml } from "../../src/diagram/plantuml.ts";

/** The lines of a drawing without their indents, and without its frame. */
function draw(config: AnyStateMachine["config"]): readonly string[] {
  const lines = plantuml(outlineOf(createMachine({ id: "m", ...config })))
    .split("\n")
    .map((line) => line.trim());
  expect(lines[0]).toBe("@startuml");
  expect(lines.slice(-2)).toEqual(["@enduml", ""]);
  return lines.slice(2, -2);
}

describe("a drawing for PlantUML", () => {
  it("has states inside the machine, and its arrows at the end", () => {
    const go = [{ guard: "isFit", target: "b", actions: ["answer", "record"] }, "c"];
    const b = { after: { backOff: "c" } };
    expect(draw({ initial: "a", states: { a: { on: { go } }, b, c: { type: "final" } } })).toEqual([
      'state "m" as m {',
      "[*] --> m_a",
      'state "a" as m_a',
      'state "b" as m_b',
      'state "c" as m_c',
      "m_c --> [*]",
      "}",
      String.raw`m_a --> m_b : go\n[isFit]\n/ answer, record`,
      String.raw`m_a --> m_c : go\n[else]`,
      "m_b --> m_c : after backOff",
    ]);
  });

  it("dashes regions, so that arrows may join them", () => {
    const region = { initial: "x", states: { x: { on: { go: "#m.b" } } } };
    const lines = draw({ type: "parallel", states: { a: region, b: {} } });
    expect(lines).toContain('state "a" as m_a ##[dashed] {');
    expect(lines).toContain('state "b" as m_b ##[dashed]');
    expect(lines).toContain("m_a_x --> m_b : go");
  });

  it("says inside a state what does not leave it", () => {
    const a = { description: "It waits.", entry: "ask", on: { seen: { actions: "note" } } };
    expect(draw({ initial: "a", states: { a } })).toEqual(
      expect.arrayContaining(["m_a : It waits.", "m_a : entry / ask", "m_a : seen / note"]),
    );
  });

  it("tells signs that PlantUML reads as its own by their number, and keeps names apart", () => {
    const lines = draw({ initial: "a_b", states: { a_b: { description: '"\\n" <b> a--b' } } });
    expect(lines).toContain('state "a_b" as m_a_5f_b');
    const text = "<U+0022><U+005C>n<U+0022> <U+003C>b<U+003E> a<U+002D>-b";
    expect(lines).toContain(`m_a_5f_b : ${text}`);
  });
});
