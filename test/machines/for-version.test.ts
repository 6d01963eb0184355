import * as fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { type AnyStateMachine, createActor, setup } from "xstate";

import { gateIsOn, gates, isWithin, minors } from "../../machines/feature-gates.ts";
import { forVersion } from "../../machines/for-version.ts";

const everything = setup({
  types: {} as { events: { type: "exited" } | { type: "aged" } | { type: "resized" } },
  guards: { isRuled: () => true },
  delays: { decay: 10 },
}).createMachine({
  id: "example",
  initial: "running",
  states: {
    running: {
      on: {
        exited: [
          { guard: "isRuled", target: "ruled", meta: { gate: "ContainerRestartRules" } },
          { target: "stopped" },
        ],
        aged: { target: "stopped", meta: { since: "1.36" } },
        resized: { target: "ruled", meta: { until: "1.33" } },
      },
      after: {
        decay: { target: "stopped", meta: { gate: "RestartAllContainersOnContainerExits" } },
      },
    },
    ruled: {},
    stopped: { always: [{ target: "ruled", meta: { gate: "ContainerStopSignals" } }] },
  },
});

const machine = forVersion(everything);

describe("a machine for a version", () => {
  it("is 1.35 with default gates when nothing is asked for", () => {
    expect(eventsOf(machine)).toEqual(["exited"]);
    expect(valueAfter(machine, "exited")).toBe("ruled");
  });

  it("has the transitions of another minor, kept by the machine of the default version", () => {
    expect(eventsOf(forVersion(machine, { version: "1.33" }))).toEqual(["exited", "resized"]);
    expect(valueAfter(forVersion(machine, { version: "1.33" }), "exited")).toBe("stopped");
    expect(eventsOf(forVersion(machine, { version: "1.36" }))).toEqual([
      "aged",
      "exited",
      "xstate.after.decay.example.running",
    ]);
  });

  it("has the transitions of a gate that is switched on, and not of one that is switched off", () => {
    const featureGates = { ContainerRestartRules: false, ContainerStopSignals: true };
    const asked = forVersion(machine, { featureGates });
    expect(valueAfter(asked, "exited")).toBe("ruled");
    expect(valueAfter(forVersion(asked), "exited")).toBe("ruled");
    expect(forVersion(asked).config.states?.["stopped"]?.always).toBeUndefined();
    expect(asked.config.states?.["stopped"]?.always).toHaveLength(1);
  });

  it("has no state that only a transition of a gate that is off leads to", () => {
    const door = setup({}).createMachine({
      id: "door",
      type: "parallel",
      states: {
        leaf: {
          initial: "shut",
          states: {
            shut: { on: { push: { target: "ajar.creaking", meta: { gate: "NodeSwap" } } } },
            ajar: {
              initial: "quiet",
              states: { quiet: {}, creaking: { on: { push: "quiet" } } },
            },
          },
        },
        lock: {
          initial: "off",
          states: {
            off: { on: { turn: { target: "#on", meta: { since: "1.36" } } } },
            on: { id: "on" },
          },
        },
      },
    });
    const statesIn = (asked: Parameters<typeof forVersion>[1]) => {
      const { leaf, lock } = forVersion(door, asked).config.states ?? {};
      return [leaf, lock].map((region) => Object.keys(region?.states ?? {}));
    };
    expect(statesIn({})).toEqual([["shut", "ajar"], ["off"]]);
    expect(statesIn({ featureGates: { NodeSwap: false } })).toEqual([["shut"], ["off"]]);
    expect(statesIn({ version: "1.36" })).toEqual([
      ["shut", "ajar"],
      ["off", "on"],
    ]);
  });

  it("keeps implementations and types", () => {
    expect(machine.implementations).toEqual(everything.implementations);
    expectTypeOf(machine).toEqualTypeOf(everything);
  });
});

describe("feature gates", () => {
  it("have the default of the minor unless they are set", () => {
    expect(gateIsOn("ContainerRestartRules", "1.34")).toBe(false);
    expect(gateIsOn("ContainerRestartRules", "1.34", { ContainerRestartRules: true })).toBe(true);
    expect(gateIsOn("ContainerRestartRules", "1.35")).toBe(true);
    expect(gateIsOn("ContainerRestartRules", "1.35", { ContainerRestartRules: false })).toBe(false);
  });

  it("are off in a minor that does not know them", () => {
    const gate = "RestartAllContainersOnContainerExits";
    expect(gateIsOn(gate, "1.34", { [gate]: true })).toBe(false);
    expect(gateIsOn("Unheard", "1.35", { Unheard: true })).toBe(false);
  });

  it("are listed once each, in order", () => {
    const names = gates.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)].toSorted());
  });
});

it("a range of minors holds both its ends", () => {
  const minor = fc.constantFrom(...minors);
  fc.assert(
    fc.property(minor, minor, minor, (at, since, until) => {
      expect(isWithin(at, since, until)).toBe(
        place(since) <= place(at) && place(at) <= place(until),
      );
    }),
  );
  expect(isWithin("1.9", "1.10")).toBe(false);
});

function place(minor: string): number {
  return minors.findIndex((candidate) => candidate === minor);
}

function eventsOf(one: AnyStateMachine): readonly string[] {
  return one.events.toSorted();
}

function valueAfter(one: AnyStateMachine, type: string): unknown {
  const actor = createActor(one).start();
  actor.send({ type });
  const { value } = actor.getSnapshot();
  actor.stop();
  return value;
}
