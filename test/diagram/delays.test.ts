import { expect, it } from "vitest";
import { setup } from "xstate";

import { outlineOf } from "../../src/diagram/outline.ts";

it("a delay has its time, or the expression that says it", () => {
  const machine = setup({
    types: {} as { context: { step: number } },
    delays: {
      retry: 180_000,
      backOff: ({ context }) => context.step * 7,
      odd: () => {
        return 5;
      },
    },
  }).createMachine({ id: "m", context: { step: 1 }, after: { retry: {}, backOff: {}, odd: {} } });
  expect(outlineOf(machine).delays).toEqual([
    { name: "retry", ms: 180_000, formula: "3m0s" },
    { name: "backOff", ms: undefined, formula: "step * 7 ms" },
    { name: "odd", ms: undefined, formula: undefined },
  ]);
});
