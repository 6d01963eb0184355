import { describe, expect, it } from "vitest";
import { createActor, setup } from "xstate";

import { catalogue, samples, timed } from "../../machines/index.ts";
import { backOffMs } from "../../machines/kubelet/back-off-ladder.ts";
import { outlineOf } from "../../src/diagram/outline.ts";
import { walk } from "../support/walk.ts";

/** Enough to meet each delay with several contexts. */
const walkBound = 120;

describe("a delay of a drawing", () => {
  const machine = setup({
    types: {} as { context: { step: number }; events: { type: "asked" } },
    delays: {
      retry: 180_000,
      backOff: timed("(7 * step) ms", ({ context }) => context.step * 7),
      odd: ({ context }) => context.step,
    },
  }).createMachine({ id: "m", context: { step: 1 }, after: { retry: {}, backOff: {}, odd: {} } });

  it("has its time, or the formula that it says of itself", () => {
    expect(outlineOf(machine).delays).toEqual([
      { name: "retry", ms: 180_000, formula: "3m0s" },
      { name: "backOff", ms: undefined, formula: "(7 * step) ms" },
      { name: "odd", ms: undefined, formula: undefined },
    ]);
  });

  it("is told as what replaces it", () => {
    const faster = machine.provide({ delays: { retry: timed("step s", () => 1_000), backOff: 5 } });
    const formulas = outlineOf(faster).delays.map(({ formula }) => formula);
    expect(formulas).toEqual(["step s", "5ms", undefined]);
    expect(createActor(faster).start().getSnapshot().status).toBe("active");
  });
});

const timers = Object.entries(catalogue).flatMap(([id, machine]) =>
  outlineOf(machine).delays.flatMap(({ name, ms, formula }) =>
    ms === undefined ? [{ id, machine, name, formula: formula ?? "none" }] : [],
  ),
);

describe.each(timers)("$id after $name", ({ id, machine, name, formula }) => {
  it(`is ${formula}`, () => {
    const own: unknown = machine.implementations.delays[name];
    const times: [context: object, ms: number][] = [];
    const noted = (args: { readonly context: object }): number => {
      const ms = typeof own === "function" ? Number(own(args)) : Number.NaN;
      times.push([args.context, ms]);
      return ms;
    };
    const alphabet = samples[id] ?? { inputs: [], events: [] };
    walk(machine.provide({ delays: { [name]: noted } }), alphabet, walkBound);
    expect(times.length).toBeGreaterThan(0);
    expect(times.map(([context]) => msOf(formula, context))).toEqual(times.map(([, ms]) => ms));
  });
});

/** The value of a formula, read as arithmetic over the fields of a context. */
function msOf(formula: string, context: object): number {
  const [, term = "", unit] = /^(.*) (ms|s)$/.exec(formula) ?? [];
  const known = {
    min: Math.min,
    max: Math.max,
    floor: Math.floor,
    backOff: (step: number) => backOffMs({ ...limitsOf(context) }, step),
    ...context,
  };
  const value = new Function(...Object.keys(known), `return ${term.replaceAll("^", "**")};`);
  return Number(value(...Object.values(known))) * (unit === "s" ? 1_000 : 1);
}

function limitsOf(context: object) {
  const [initialBackOffMs, maximumBackOffMs] = ["initialBackOffMs", "maximumBackOffMs"].map((key) =>
    Number(Reflect.get(context, key)),
  );
  return { initialBackOffMs: initialBackOffMs ?? 0, maximumBackOffMs: maximumBackOffMs ?? 0 };
}
