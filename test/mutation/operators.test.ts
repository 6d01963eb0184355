import { describe, expect, it } from "vitest";
import { type AnyStateMachine, emit, setup } from "xstate";

import { catalogue } from "../../machines/index.ts";
import { Stepper, stepperOf } from "../../src/system/stepper.ts";
import { isBisimilar } from "./bisimulation.ts";
import { mutantsOf, type Operator } from "./operators.ts";
import { sampleOf } from "./sample.ts";

const door = setup({
  guards: { isLocked: ({ event }) => event["isLocked"] === true },
  actions: { ring: emit({ type: "rang" }), squeak: emit({ type: "squeaked" }) },
}).createMachine({
  id: "door",
  initial: "shut",
  states: {
    shut: {
      on: {
        push: [
          { guard: "isLocked", actions: "ring" },
          { target: "open", actions: "squeak" },
        ],
      },
    },
    open: { on: { pull: "shut" } },
    gone: {},
  },
});

function mutant(operator: Operator, site: string): AnyStateMachine {
  const found = mutantsOf(door).find((one) => one.operator === operator && one.site === site);
  if (found === undefined) throw new Error(`there is no ${operator} ${site}`);
  return found.make();
}

/** Where the door is after a push. */
function pushed(machine: AnyStateMachine, isLocked: boolean): unknown {
  const stepper = new Stepper(machine);
  const { local } = stepper.initial(undefined);
  return stepper.stateOf(stepper.step(local, { type: "push", isLocked }).local).value;
}

describe("a mutant of a chart", () => {
  it.each([
    ["drop transition", "shut push#0", "open", "open"],
    ["drop transition", "shut push#1", "shut", "shut"],
    ["retarget", "shut push#1", "shut", "gone"],
    ["drop guard", "shut push#0", "shut", "shut"],
    ["flip guard", "shut push#0", "open", "shut"],
    ["swap branches", "shut push#0", "open", "open"],
    ["drop action", "shut push#1 squeak", "shut", "open"],
  ] as const)("%s at %s: locked it is %s after a push, else %s", (operator, site, locked, free) => {
    const machine = mutant(operator, site);
    expect([pushed(machine, true), pushed(machine, false)]).toEqual([locked, free]);
  });

  it("is made by every operator at every site", () => {
    const sites = mutantsOf(door).map(({ operator, site }) => `${operator} ${site}`);
    expect(sites.toSorted()).toEqual([
      "drop action shut push#0 ring",
      "drop action shut push#1 squeak",
      "drop guard shut push#0",
      "drop transition open pull#0",
      "drop transition shut push#0",
      "drop transition shut push#1",
      "flip guard shut push#0",
      "retarget open pull#0",
      "retarget shut push#1",
      "swap branches shut push#0",
    ]);
  });

  it.each(Object.entries(catalogue))("is a machine that XState takes: %s", (_, machine) => {
    const mutants = mutantsOf(machine);
    expect(mutants.length).toBeGreaterThan(0);
    for (const one of mutants) expect(one.make().id).toBe(machine.id);
  });
});

describe("a sample", () => {
  const all = Array.from({ length: 1_000 }, (_, nth) => nth);

  it("has as many as are asked for, in their order, the same for the same seed", () => {
    const sample = sampleOf(all, 50, 7, String);
    expect(sample).toHaveLength(50);
    expect(sample).toEqual(sample.toSorted((a, b) => a - b));
    expect(sampleOf(all, 50, 7, String)).toEqual(sample);
    expect(sampleOf(all, 50, 8, String)).not.toEqual(sample);
  });

  it("stays when others come", () => {
    const more = [...all, 1_000, 1_001, 1_002];
    const [before, after] = [all, more].map((list) => sampleOf(list, 50, 7, String));
    expect(before?.filter((one) => !after?.includes(one)).length).toBeLessThanOrEqual(3);
  });

  it("is everything when there is no more", () => {
    expect(sampleOf(all, 2_000, 1, String)).toEqual(all);
  });
});

describe("a mutant is equivalent", () => {
  it.each([
    ["retarget", "shut push#1", true],
    ["drop transition", "open pull#0", true],
    ["drop guard", "shut push#0", false],
    ["drop action", "shut push#0 ring", false],
    ["swap branches", "shut push#0", false],
  ] as const)("when it does the same wherever a machine has been: %s %s: %s", (...one) => {
    const [operator, site, isSame] = one;
    expect(isBisimilar(pushedDoor(), mutant(operator, site))).toBe(isSame);
  });
});

/** What has happened to the door so far: two pushes. */
function pushedDoor(): Stepper {
  const stepper = stepperOf(door);
  const { local } = stepper.initial(undefined);
  for (const isLocked of [true, false]) stepper.step(local, { type: "push", isLocked });
  return stepper;
}
