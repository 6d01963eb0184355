import { type IStateMachine, render } from "state-machine-cat";
import { describe, expect, it } from "vitest";
import { createMachine } from "xstate";

import { catalogue } from "../../machines/index.ts";
import { arrowsOf } from "../../src/diagram/arrows.ts";
import { allStates, type Outline, outlineOf } from "../../src/diagram/outline.ts";
import { smcat } from "../../src/diagram/smcat.ts";

const machines = Object.values(catalogue);

describe("a drawing for state-machine-cat", () => {
  it.each(machines)("is read by it as the states and arrows of $id", async (machine) => {
    const outline = outlineOf(machine);
    expect(await readBack(outline)).toEqual(drawn(outline));
  });

  it.each(machines)("is painted by it: $id", async (machine) => {
    const svg = await render(smcat(outlineOf(machine)), { outputType: "svg" });
    expect(svg).toMatch(/<svg [^]*<\/svg>\s*$/);
    const leaves = allStates(outlineOf(machine).root).filter(
      ({ states, type }) => states.length === 0 && type !== "final",
    );
    for (const { key } of leaves) expect(svg).toContain(`>${key}<`);
  });

  it("says inside a state what does not leave it", async () => {
    const machine = createMachine({
      id: "m",
      initial: "a",
      states: {
        a: { description: 'It "waits".', entry: "ask", on: { seen: { actions: "note" } } },
      },
    });
    const { states } = await parsed(outlineOf(machine));
    expect(states[0]?.statemachine?.states.find(({ name }) => name === "m.a")?.actions).toEqual([
      { type: "activity", body: 'It "waits".' },
      { type: "entry", body: "ask" },
      { type: "activity", body: "seen / note" },
    ]);
  });

  it("names delays, and knows parallel states and initial ones", async () => {
    const region = { initial: "x", states: { x: { after: { backOff: "y" } }, y: {} } };
    const machine = createMachine({ id: "m", type: "parallel", states: { a: region, b: region } });
    const { states, arrows } = await readBack(outlineOf(machine));
    expect(states).toContain("m is a parallel m");
    expect(states).toContain("m.a#initial is a initial m.a#initial");
    expect(states).not.toContain("m.#initial is a initial m.#initial");
    expect(arrows).toContain("m.b.x => m.b.y: after backOff");
    expect(arrows).toContain("m.b#initial => m.b.x: ");
  });
});

async function parsed(outline: Outline): Promise<IStateMachine> {
  return JSON.parse(JSON.stringify(await render(smcat(outline), { outputType: "json" })));
}

/** What state-machine-cat understood, one line each. */
async function readBack(outline: Outline) {
  const parts = allParts(await parsed(outline));
  const states = parts.flatMap(({ states: inner }) => inner);
  const arrows = parts.flatMap(({ transitions = [] }) => transitions);
  return {
    states: states
      .map(({ name, type, label = name }) => `${name} is a ${type} ${label}`)
      .toSorted(),
    arrows: arrows.map(({ from, to, label = "" }) => `${from} => ${to}: ${label}`).toSorted(),
  };
}

function allParts(machine: IStateMachine): readonly IStateMachine[] {
  return [
    machine,
    ...machine.states.flatMap(({ statemachine: inner }) => (inner ? allParts(inner) : [])),
  ];
}

/** What it should have understood. */
function drawn({ id, root }: Outline) {
  const nameOf = (path: string) => (path === "" ? id : `${id}.${path}`);
  const states = allStates(root).map(({ path, key, type }) => {
    const kind = type === "parallel" || type === "final" ? type : "regular";
    return `${nameOf(path)} is a ${kind} ${key}`;
  });
  const initials = allStates(root).flatMap(({ path, initial }) =>
    initial === undefined ? [] : [{ dot: nameOf(`${path}#initial`), to: nameOf(initial) }],
  );
  const dots = initials.map(({ dot }) => `${dot} is a initial ${dot}`);
  const arrows = arrowsOf(root).map(({ from, to, label }) => {
    return `${nameOf(from)} => ${nameOf(to)}: ${label}`;
  });
  return {
    states: [...states, ...dots].toSorted(),
    arrows: [...arrows, ...initials.map(({ dot, to }) => `${dot} => ${to}: `)].toSorted(),
  };
}
