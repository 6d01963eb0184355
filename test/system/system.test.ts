import { describe, expect, it } from "vitest";
import { setup } from "xstate";

import { createChoices } from "../../src/choice/choices.ts";
import type { Delivery } from "../../src/system/delivery.ts";
import { composition, type Room, roomSystem, thing, traced } from "../support/room.ts";
import type { System } from "../../src/system/system.ts";

const on = { type: "lamp.on" };

/** What came to whom, and what became of it. */
function told(trace: readonly Delivery[]): readonly string[] {
  return trace.map(({ at, to, event, handled }) => `${at} ${to} ${event.type} ${handled}`);
}

function windClock(system: System<Room>): void {
  system.send({ to: thing("clock"), event: { type: "clock.wound" } });
}

describe("a delivery", () => {
  it("is in the trace with its cause, its detail, states and facts", () => {
    const { system, trace } = roomSystem();
    const detail = { colour: "red" };
    system.send({ to: thing("lamp", "hall"), event: on, detail });
    system.run(1_000);
    expect(trace).toEqual([
      {
        seq: 1,
        at: 0,
        from: null,
        to: "lamp/hall",
        cause: 0,
        event: on,
        detail,
        before: "dark",
        after: "lit",
        facts: [{ type: "lamp.hung" }, { type: "lamp.shone" }],
        handled: "taken",
      },
      expect.objectContaining({ seq: 2, at: 100, from: "lamp/hall", cause: 1, after: "dark" }),
    ]);
    expect(system.world.notes).toContain("lamp/hall shines at 0, red");
  });

  it("that no state knows or a guard refuses is told, too", () => {
    const { system, trace } = roomSystem();
    system.send({ to: thing("lamp", "hall"), event: { type: "lamp.sold" } });
    system.send({ to: thing("lamp", "hall"), event: { type: "lamp.off" } });
    system.send({ to: thing("lamp", "locked"), event: on });
    system.run(1_000);
    expect(trace.map(({ handled }) => handled)).toEqual(["unknown", "unknown", "refused"]);
  });

  it("to one who may not exist finds it gone, as after its end", () => {
    const { system, trace } = roomSystem();
    system.world.absent = ["attic"];
    system.send({ to: thing("lamp", "attic"), event: on });
    system.send({ to: thing("lamp", "hall"), event: { type: "lamp.hit" } });
    system.send({ to: thing("lamp", "hall"), event: on, delayMs: 5 });
    system.run(1_000);
    expect(told(trace)).toEqual([
      "0 lamp/attic lamp.on gone",
      "0 lamp/hall lamp.hit taken",
      "5 lamp/hall lamp.on gone",
    ]);
    expect(system.actors.size).toBe(0);
  });

  it("does not reach the successor of the one that it was sent to", () => {
    const { system, trace } = roomSystem();
    const lamp = thing("lamp", "hall");
    system.send({ to: lamp, event: on, delayMs: 5 });
    system.send({ to: lamp, event: { type: "lamp.hit" } });
    system.step();
    system.send({ to: lamp, event: { type: "lamp.off" } });
    system.run(1_000);
    expect(told(trace).slice(1)).toEqual([
      "0 lamp/hall lamp.off unknown",
      "5 lamp/hall lamp.on gone",
    ]);
  });
});

describe("an answer", () => {
  it("comes to whoever began the chain", () => {
    const { system, trace } = roomSystem();
    for (const part of ["hall", "cellar"]) {
      system.send({ to: thing("button", part), event: { type: "button.pressed" } });
    }
    system.run(50);
    expect(system.world.notes.filter((note) => note.endsWith("thanks"))).toEqual([
      "button/hall thanks",
      "button/cellar thanks",
    ]);
    expect(told(trace).at(-1)).toBe("0 button/cellar light.came taken");
  });

  it("of the environment comes when the choice says, from the one that was asked", () => {
    const { system, trace } = roomSystem({}, createChoices({ recorded: [played] }));
    system.send({ to: thing("cat"), event: { type: "cat.called" } });
    system.run(1_000);
    expect(told(trace).slice(0, 2)).toEqual([
      "0 cat/ cat.called handler",
      "10 lamp/hall lamp.on taken",
    ]);
    expect(trace[1]).toMatchObject({ from: "cat/", cause: 1 });
  });
});

const played = { name: "cat", about: "", alternatives: [], picked: "plays", by: "seed" } as const;

describe("a view", () => {
  it("builds the receiver's event when it is delivered", () => {
    const { system, trace } = roomSystem();
    system.send({ to: thing("button", "hall"), event: { type: "button.pressed" } });
    system.step();
    system.world.note("power cut in hall");
    system.run(0);
    expect(told(trace)).toEqual([
      "0 button/hall button.pressed taken",
      "0 lamp/hall lamp.cut unknown",
    ]);
  });
});

describe("periodic work", () => {
  it("does not keep a run alive", () => {
    const { system } = roomSystem();
    windClock(system);
    expect(system.run(60_000)).toBe(1);
    expect([system.now, system.isBusy, system.nextAt()]).toEqual([0, false, 1_000]);
  });

  it("goes on beside what is not periodic", () => {
    const { system } = roomSystem();
    windClock(system);
    system.send({ to: thing("lamp", "hall"), event: on, delayMs: 1_950 });
    system.run(60_000);
    expect(system.world.notes).toEqual([
      "tick 1000",
      "cat at 1300",
      "lamp/hall hangs",
      "lamp/hall shines at 1950, white",
      "tick 2000",
      "lamp/hall is dark at 2050",
      "cat at 2300",
    ]);
  });

  it("is done until a given time, to which the clock is moved", () => {
    const { system } = roomSystem();
    windClock(system);
    system.advanceTo(3_250);
    expect(system.world.notes.filter((note) => note.startsWith("tick"))).toHaveLength(3);
    expect(system.now).toBe(3_250);
  });
});

describe("a run", () => {
  it("ends at its time, and at its number of deliveries", () => {
    const { system } = roomSystem();
    for (const delayMs of [1, 2, 3]) system.send({ to: thing("lamp", "hall"), event: on, delayMs });
    expect([system.run(2), system.now]).toEqual([2, 2]);
    expect([system.run(1_000, 1), system.now]).toEqual([1, 3]);
  });

  it("is stopped by an exception, which names actor, state and event", () => {
    const fragile = setup({ guards: { isWhole: () => fail("it is cracked") } }).createMachine({
      initial: "standing",
      states: { standing: { on: { touch: { guard: "isWhole" } } } },
    });
    const row = { machine: fragile, exists: () => true, input: () => ({}) };
    const { system } = roomSystem({ machines: { vase: row } });
    system.send({ to: thing("vase", "hall"), event: { type: "touch" } });
    expect(() => system.run(0)).toThrow(
      /^vase\/hall in state "standing" on {"type":"touch"}: .*it is cracked/s,
    );
  });

  it("is stopped by an exception at an actor's beginning as well", () => {
    const broken = setup({}).createMachine({ context: () => fail("no clay") });
    const row = { machine: broken, exists: () => true, input: () => ({}) };
    const { system } = roomSystem({ machines: { vase: row } });
    system.send({ to: thing("vase", "hall"), event: { type: "touch" } });
    expect(() => system.run(0)).toThrow(
      'vase/hall in its initial state on {"type":"touch"}: no clay',
    );
  });

  it("is stopped by a fact that no route names", () => {
    const { system } = roomSystem({ routes: { lamp: { "lamp.hung": [] } } });
    system.send({ to: thing("lamp", "hall"), event: on });
    expect(() => system.run(0)).toThrow("lamp emits lamp.shone, so the routes name it");
  });
});

function fail(message: string): never {
  throw new Error(message);
}

describe("what follows every delivery", () => {
  it("may send and end; the ended one's timers go with it", () => {
    const { system, trace } = roomSystem({
      settle: ({ seq, send, end }) => {
        if (seq === 1) send({ to: thing("lamp", "cellar"), event: on });
        if (seq === 2) end([thing("lamp", "hall"), thing("lamp", "nowhere")]);
      },
    });
    system.send({ to: thing("lamp", "hall"), event: on });
    system.run(1_000);
    expect(told(trace)).toEqual([
      "0 lamp/hall lamp.on taken",
      "0 lamp/cellar lamp.on taken",
      "100 lamp/cellar xstate.after.glow.lamp.lit taken",
    ]);
    expect(trace[1]).toMatchObject({ from: null, cause: 1 });
  });
});

describe("a fork", () => {
  it("goes its own way, and the original goes on as if there were none", () => {
    const { system, trace } = roomSystem({}, createChoices({ seed: 5 }));
    windClock(system);
    system.send({ to: thing("lamp", "hall"), event: on });
    system.step();
    const fork = traced(system.fork());
    fork.system.send({ to: thing("lamp", "hall"), event: { type: "lamp.hit" } });
    fork.system.advanceTo(5_000);
    expect([system.now, system.seq, system.world.notes, trace.length]).toEqual([0, 1, [], 1]);
    const lone = roomSystem({}, createChoices({ seed: 5 }));
    windClock(lone.system);
    lone.system.send({ to: thing("lamp", "hall"), event: on });
    for (const one of [system, lone.system]) one.advanceTo(5_000);
    expect(trace).toEqual(lone.trace);
  });

  it("may have another composition", () => {
    const { system } = roomSystem();
    system.send({ to: thing("cat"), event: { type: "cat.called" } });
    const fork = system.fork({
      ...composition,
      handlers: { cat: ({ world }) => world.note("a dog") },
    });
    for (const one of [system, fork]) one.run(0);
    expect([system.world.notes, fork.world.notes]).toEqual([["cat at 0"], ["a dog"]]);
  });
});
