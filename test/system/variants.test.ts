import { describe, expect, it } from "vitest";
import { emit, setup } from "xstate";

import { forVersion } from "../../machines/for-version.ts";
import { createChoices } from "../../src/choice/choices.ts";
import { System } from "../../src/system/system.ts";
import { composition, type Room, roomSystem, thing } from "../support/room.ts";

const bell = setup({ actions: { ring: emit({ type: "lamp.shone" }) } }).createMachine({
  id: "lamp",
  initial: "still",
  states: {
    still: {
      on: {
        "lamp.on": [
          { target: "ringing", meta: { gate: "ContainerStopSignals" } },
          { target: "broken" },
        ],
      },
    },
    ringing: {},
    broken: {},
  },
});
const row = {
  machine: forVersion(bell),
  exists: () => true,
  input: () => ({}),
  gates: (_: Room, { node }: { readonly node?: string }) =>
    node === "hall" ? { ContainerStopSignals: true } : undefined,
};
const machines = { ...composition.machines, lamp: row };
const on = { type: "lamp.on" };

function lit() {
  const { system } = roomSystem({ machines }, createChoices());
  for (const place of ["hall", "cellar"]) system.send({ to: thing("lamp", place), event: on });
  return system;
}

/** The state of each lamp. */
function states(system: System<Room>): readonly unknown[] {
  return system.save().actors.map(({ local }) => local?.value);
}

describe("an actor", () => {
  it("runs its machine with the gates of its place", () => {
    const system = lit();
    system.run(1_000);
    expect(states(system)).toEqual(["broken", "ringing"]);
  });

  it("keeps them when it is saved and resumed, or forked", () => {
    const system = lit();
    system.step();
    const saved = JSON.parse(JSON.stringify(system.save()));
    const resumed = System.load({ ...composition, machines }, saved);
    const fork = system.fork();
    for (const one of [resumed, fork, system]) one.run(1_000);
    expect([resumed, fork].map(states)).toEqual([states(system), states(system)]);
  });
});
