import { describe, expect, it } from "vitest";
import { createMachine, setup } from "xstate";

import { allStates, outlineOf } from "../../src/diagram/outline.ts";

const machine = setup({
  types: {} as { events: { type: "go" } | { type: "stop" } },
  guards: { isFit: () => true, isOld: (_, { age }: { age: number }) => age > 2 },
  actions: { note: () => {}, record: (_, { reason }: { reason: string }) => void reason },
  delays: { closer: 10 },
}).createMachine({
  id: "door",
  description: "A door.",
  initial: "closed",
  states: {
    closed: {
      description: "Nobody can pass.",
      tags: ["safe"],
      meta: { source: ["KEP-1", "KEP-2"] },
      entry: "note",
      on: {
        go: [
          {
            description: "It opens.",
            guard: { type: "isOld", params: { age: 3 } },
            target: "open.wide",
            actions: [{ type: "record", params: { reason: "Old" } }],
            meta: { source: "KEP-3", gate: "NodeSwap", since: "1.33", until: "1.35" },
          },
          { actions: "note" },
        ],
      },
    },
    open: {
      initial: "ajar",
      after: {
        closer: [
          { guard: "isFit", target: "closed" },
          { target: ".ajar", reenter: true },
        ],
      },
      states: { ajar: { always: "wide" }, wide: { type: "final" } },
    },
  },
});

describe("an outline", () => {
  const { id, description, root } = outlineOf(machine);
  const [, closed, open] = allStates(root);

  it("has every state with its path, from the top down", () => {
    expect({ id, description }).toEqual({ id: "door", description: "A door." });
    expect(allStates(root).map(({ path, type, initial }) => [path, type, initial])).toEqual([
      ["", "compound", "closed"],
      ["closed", "atomic", undefined],
      ["open", "compound", "open.ajar"],
      ["open.ajar", "atomic", undefined],
      ["open.wide", "final", undefined],
    ]);
  });

  it("has what a chart says about a state", () => {
    expect(closed).toMatchObject({
      description: "Nobody can pass.",
      sources: ["KEP-1", "KEP-2"],
      tags: ["safe"],
      entry: [{ name: "note" }],
      exit: [],
    });
  });

  it("has every branch of an event in the order in which they are tried", () => {
    expect(closed?.transitions).toEqual([
      {
        trigger: { kind: "on", event: "go" },
        branch: 0,
        targets: ["open.wide"],
        reenter: false,
        guard: { name: "isOld", params: { age: 3 } },
        actions: [{ name: "record", params: { reason: "Old" } }],
        description: "It opens.",
        sources: ["KEP-3"],
        gate: "NodeSwap",
        since: "1.33",
        until: "1.35",
      },
      expect.objectContaining({ branch: 1, targets: [], actions: [{ name: "note" }] }),
    ]);
  });

  it("has delays by name, and nothing of how XState keeps them", () => {
    expect(open).toMatchObject({
      entry: [],
      exit: [],
      transitions: [
        { trigger: { kind: "after", delay: "closer" }, branch: 0, targets: ["closed"] },
        { trigger: { kind: "after", delay: "closer" }, branch: 1, reenter: true },
      ],
    });
    expect(open?.states[0]?.transitions).toMatchObject([
      { trigger: { kind: "always" }, targets: ["open.wide"] },
    ]);
  });

  it("says where somebody else's machine has a function without a name", () => {
    const inline = createMachine({ id: "x", on: { go: { guard: () => true, actions: () => {} } } });
    expect(outlineOf(inline).root.transitions).toMatchObject([
      { guard: { name: "guard" }, actions: [{ name: "actions" }] },
    ]);
    expect(outlineOf(createMachine({ entry: [() => {}] })).root.entry).toEqual([
      { name: "(inline)" },
    ]);
  });
});
