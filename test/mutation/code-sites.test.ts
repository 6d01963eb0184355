import { describe, expect, it } from "vitest";

import { schemataOf } from "./code-sites.ts";
import type { Operator } from "./operators.ts";
import { MutationSwitch, Noted } from "./switch.ts";

const code = `
const heard = [];
const note = (word) => heard.push(word);
export function phaseOf(waiting, running) {
  note("asked");
  if (waiting > 0) return "Pending";
  if (running > 0 && waiting >= 0) return "Running";
  return running === 0 ? "Unknown" : "Failed";
}
export const isBusy = (one) => one.waiting > 0 || (one.running > 0 /* || not */);
export function kindOf(word) {
  switch (word) {
    case "po":
      return "Pod";
    default:
      return word;
  }
}
export function sumTo(most) {
  let sum = 0;
  for (let nth = 1; nth <= most; nth++) sum += nth;
  return sum;
}
`;

const { code: schemata, mutants } = schemataOf(code, 100);
const own = new MutationSwitch();
const exported = schemata.replaceAll("export ", "");
const make = new Function(
  "mutation",
  `${exported}; return { phaseOf, isBusy, kindOf, sumTo, heard };`,
);
const module = make(own);

/** What an expression comes to with a mutant on. */
function answer(operator: Operator, site: string, ask: () => unknown): unknown {
  const found = mutants.filter((one) => one.operator === operator && one.site === site);
  if (found.length !== 1) throw new Error(`${found.length} mutants are ${operator} ${site}`);
  own.on = found[0]?.id ?? -1;
  try {
    return ask();
  } finally {
    own.on = -1;
  }
}

const phase = (waiting: number, running: number) => () => module.phaseOf(waiting, running);

describe("a module that holds all of its mutants", () => {
  it("does what it did while none is on", () => {
    expect([phase(1, 1)(), phase(0, 1)(), phase(0, 0)(), phase(-1, 1)()]).toEqual([
      "Pending",
      "Running",
      "Unknown",
      "Failed",
    ]);
    expect([module.isBusy({ waiting: 0, running: 1 }), module.kindOf("po")]).toEqual([true, "Pod"]);
    expect(module.sumTo(4)).toBe(10);
  });

  it.each([
    ["flip guard", "phaseOf: waiting > 0", phase(0, 1), "Pending"],
    ["drop guard", "phaseOf: waiting > 0", phase(0, 1), "Pending"],
    ["drop transition", "phaseOf: waiting > 0", phase(1, 1), "Running"],
    ["off by one", "phaseOf: waiting > 0", phase(0, 1), "Pending"],
    ["off by one", "phaseOf: 0 in waiting > 0", phase(1, 1), "Running"],
    ["drop guard", "phaseOf: without waiting >= 0", phase(-1, 1), "Running"],
    ["drop guard", "phaseOf: without running > 0", phase(0, 0), "Running"],
    [
      "swap branches",
      "phaseOf: waiting > 0 after running > 0 && waiting >= 0",
      phase(1, 1),
      "Running",
    ],
    ["flip guard", "phaseOf: running === 0", phase(0, 0), "Failed"],
    ["drop transition", 'kindOf: "po"', () => module.kindOf("po"), "po"],
    ["drop transition", "sumTo: nth <= most", () => module.sumTo(4), 0],
    ["off by one", "sumTo: nth <= most", () => module.sumTo(4), 6],
    ["drop action", "sumTo: sum += nth;", () => module.sumTo(4), 0],
    [
      "flip guard",
      "isBusy: one.waiting > 0 || (one.running > 0 /* || not */)",
      () => module.isBusy({ waiting: 0, running: 0 }),
      true,
    ],
  ] as const)("%s at %s", (operator, site, ask, expected) => {
    expect(answer(operator, site, ask)).toEqual(expected);
  });

  it("leaves out a call whose result nobody wants", () => {
    module.heard.length = 0;
    answer("drop action", 'phaseOf: note("asked");', phase(1, 1));
    expect(module.heard).toEqual([]);
    phase(1, 1)();
    expect(module.heard).toEqual(["asked"]);
  });

  it("numbers its mutants one after the other", () => {
    expect(mutants.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(
      mutants.map((_, nth) => 100 + nth),
    );
  });

  it("tells which of them would do otherwise", () => {
    const [, ids] = own.watch(new Noted(100 + mutants.length), phase(1, 1));
    const seen = mutants.filter(({ id }) => ids.includes(id));
    expect(seen.map(({ operator, site }) => `${operator} ${site}`).toSorted()).toEqual([
      'drop action phaseOf: note("asked");',
      "drop transition phaseOf: waiting > 0",
      "flip guard phaseOf: waiting > 0",
      "off by one phaseOf: 0 in waiting > 0",
      "swap branches phaseOf: waiting > 0 after running > 0 && waiting >= 0",
    ]);
  });
});
