import { describe, expect, it } from "vitest";
import { type AnyStateMachine, createMachine } from "xstate";

import { outlineOf } from "../../src/diagram/outline.ts";
import { scxml, type ScxmlOptions } from "../../src/diagram/scxml.ts";

function draw(config: AnyStateMachine["config"], options: ScxmlOptions = {}): readonly string[] {
  const text = scxml(outlineOf(createMachine({ id: "m", ...config })), options);
  return text.split("\n").map((line) => line.trim());
}

describe("a State Chart XML document", () => {
  it("has states, transitions with their guards, and actions as lines of a log", () => {
    const go = { guard: { type: "isFit", params: { age: 3 } }, target: "b", actions: "note" };
    const states = {
      a: { entry: "ask", on: { go: [go, { target: "b" }] } },
      b: { type: "final" },
    } as const;
    const lines = draw({ initial: "a", states });
    const from = lines.indexOf('<state id="m" initial="m.a">');
    expect(lines.slice(from)).toEqual([
      '<state id="m" initial="m.a">',
      '<state id="m.a">',
      "<onentry>",
      `<log label="action" expr="'ask'"/>`,
      "</onentry>",
      `<transition event="go" cond="holds(_event, 'isFit(age=3)')" target="m.b">`,
      `<log label="action" expr="'note'"/>`,
      "</transition>",
      '<transition event="go" target="m.b"/>',
      "</state>",
      '<final id="m.b">',
      "</final>",
      "</state>",
      "</scxml>",
      "",
    ]);
  });

  it("sets a timer on entry, and forgets it on exit", () => {
    const lines = draw({ initial: "a", states: { a: { after: { wait: "b" } }, b: {} } });
    expect(lines).toContain('<data id="delays" expr="{&quot;wait&quot;:&quot;1s&quot;}"/>');
    expect(lines).toContain(
      `<send id="after.wait.m.a" event="after.wait.m.a" delayexpr="delays['wait']"/>`,
    );
    expect(lines).toContain('<cancel sendid="after.wait.m.a"/>');
    expect(lines).toContain('<transition event="after.wait.m.a" target="m.b"/>');
  });

  it("leaves a state only where XState does", () => {
    const on = {
      inner: ".b",
      anew: { target: ".b", reenter: true },
      same: "a",
      stay: { actions: "x" },
    };
    const inner = { on: { again: "b", anew: { target: "b", reenter: true } } };
    const lines = draw({ initial: "a", states: { a: { initial: "b", on, states: { b: inner } } } });
    const targets = lines.filter((line) => line.startsWith("<transition"));
    expect(targets).toEqual([
      '<transition event="inner" target="m.a.b" type="internal"/>',
      '<transition event="anew" target="m.a.b"/>',
      '<transition event="same" target="m.a.b" type="internal"/>',
      '<transition event="stay">',
      '<transition event="again"/>',
      '<transition event="anew" target="m.a.b"/>',
    ]);
  });

  it("says which guards hold before the first event", () => {
    const lines = draw({ initial: "a", states: { a: {} } }, { holds: ["isFit"] });
    expect(lines).toContain('<data id="before" expr="[&quot;isFit&quot;]"/>');
  });

  it("tells descriptions in comments that end where XML ends them", () => {
    const lines = draw({ description: "a -- b -", initial: "a", states: { a: {} } });
    expect(lines).toContain("<!-- a - - b -  -->");
  });
});
