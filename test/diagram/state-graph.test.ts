import { describe, expect, it } from "vitest";
import { createMachine } from "xstate";

import { dot } from "../../src/diagram/dot.ts";
import { mermaid } from "../../src/diagram/mermaid.ts";
import { outlineOf } from "../../src/diagram/outline.ts";
import { plantuml } from "../../src/diagram/plantuml.ts";
import { scxml } from "../../src/diagram/scxml.ts";
import { graphOutline } from "../../src/diagram/state-graph.ts";
import { xstateJson } from "../../src/diagram/xstate-json.ts";

const [pending, running, gone] = ["web Pending, app ErrImagePull", "web Running (1)", "no pod ~2"];
const outline = graphOutline(
  { id: "small", description: "A pod." },
  {
    states: [
      { name: pending, isEnd: false },
      { name: running, isEnd: false },
      { name: gone, isEnd: true },
    ],
    edges: [
      { from: 0, to: 1, event: "PullImage", picks: ["image pull outcome: pulled"] },
      { from: 0, to: 0, event: "PullImage", picks: ["image pull outcome: not found"] },
      { from: 1, to: 2, event: "kubectl delete pod web", picks: [] },
    ],
  },
);

describe("a graph of states as an outline", () => {
  it("begins at its first state, ends where nothing leads on, and tells what was picked", () => {
    const { initial, states } = outline.root;
    expect([initial, states.map(({ type }) => type)]).toEqual([
      pending,
      ["atomic", "atomic", "final"],
    ]);
    const [first] = states;
    expect(first?.transitions.map(({ guard, branch }) => [guard?.name, branch])).toEqual([
      ["image pull outcome: pulled", 0],
      ["image pull outcome: not found", 1],
    ]);
  });

  it("is the same machine to XState", () => {
    const machine = createMachine(JSON.parse(xstateJson(outline)));
    const again = outlineOf(machine);
    expect(again.root.states.map(({ path, transitions }) => [path, transitions])).toEqual(
      outline.root.states.map(({ path, transitions }) => [path, transitions]),
    );
    expect(again.root.initial).toBe(pending);
  });

  it("has names that each form can read, whatever a state shows", () => {
    expect(mermaid(outline)).toContain('state "web Running (1)" as state2');
    expect(mermaid(outline)).toMatch(/state2 --> state3 : kubectl delete pod web/);
    expect(dot(outline)).toContain('"web Running (1)" -> "no pod ~2"');
    expect(plantuml(outline)).toMatch(
      /state "web Running \(1\)" as small_web_20_Running_20__28_1_29_$/m,
    );
    const ids = [...scxml(outline).matchAll(/ (?:id|target|initial|event)="([^"]*)"/g)];
    expect(ids.length).toBeGreaterThan(6);
    for (const [, id] of ids) expect(id).toMatch(/^[\w.-]+$/);
    expect(new Set([pending, running, gone]).size).toBe(3);
  });
});
