import { array, assert, constantFrom, integer, nat, property, record } from "fast-check";
import { describe, expect, it } from "vitest";

import { createChoices } from "../../src/choice/choices.ts";
import type { Delivery } from "../../src/system/delivery.ts";
import { System } from "../../src/system/system.ts";
import { composition, type Room, roomSystem, thing, traced } from "../support/room.ts";

/** A message to one of the things in the room. */
const messages = array(
  record({
    to: constantFrom(
      thing("lamp", "hall"),
      thing("lamp", "locked"),
      thing("button", "hall"),
      thing("clock"),
      thing("cat"),
    ),
    event: constantFrom(
      { type: "lamp.on" },
      { type: "lamp.off" },
      { type: "lamp.hit" },
      { type: "button.pressed" },
      { type: "clock.wound" },
      { type: "cat.scared" },
    ),
    delayMs: constantFrom(0, 0, 1, 100, 950),
  }),
  { maxLength: 12 },
);

const untilMs = 3_000;

/** The same system out of a file. */
function reloaded(system: System<Room>): System<Room> {
  return System.load(composition, JSON.parse(JSON.stringify(system.save())));
}

function started(seed: number, sent: readonly Parameters<System<Room>["send"]>[0][]) {
  const room = roomSystem({}, createChoices({ seed, record: true }));
  for (const message of sent) room.system.send(message);
  return room;
}

function toss({ choices }: System<Room>): readonly number[] {
  const sides = { low: 1, high: 6, usual: 1 };
  return Array.from({ length: 20 }, () => choices.amount("die", "", sides));
}

function lines(trace: readonly Delivery[]): readonly string[] {
  return trace.map((delivery) => JSON.stringify(delivery));
}

describe("a system that is saved at any step and loaded", () => {
  it("goes on with the same trace to the same end, byte for byte", () => {
    assert(
      property(messages, integer(), nat({ max: 40 }), (sent, seed, steps) => {
        const { system, trace } = started(seed, sent);
        for (let step = 0; step < steps; step++) system.step();
        const again = traced(reloaded(system));
        trace.length = 0;
        for (const one of [system, again.system]) one.advanceTo(untilMs);
        expect(lines(again.trace)).toEqual(lines(trace));
        expect(JSON.stringify(again.system.save())).toBe(JSON.stringify(system.save()));
      }),
      { numRuns: 300 },
    );
  });

  it("may be saved and loaded after every step", () => {
    assert(
      property(messages, integer(), (sent, seed) => {
        const { system, trace } = started(seed, sent);
        const again: Delivery[] = [];
        let other = reloaded(system);
        while ((system.nextAt() ?? untilMs) < untilMs) {
          system.step();
          other.observer = (delivery) => again.push(delivery);
          other.step();
          other = reloaded(other);
        }
        expect(lines(again)).toEqual(lines(trace));
      }),
      { numRuns: 50 },
    );
  });

  it("still has an ended actor's letters apart from its successor's", () => {
    const lamp = thing("lamp", "hall");
    const { system } = roomSystem();
    system.send({ to: lamp, event: { type: "lamp.on" }, delayMs: 5 });
    system.send({ to: lamp, event: { type: "lamp.hit" } });
    system.step();
    system.send({ to: lamp, event: { type: "lamp.off" } });
    const again = traced(reloaded(system));
    again.system.run(50);
    expect(again.trace.map(({ handled }) => handled)).toEqual(["unknown", "gone"]);
  });

  it("keeps what was asked of chance, and how often", () => {
    const { system } = roomSystem({}, createChoices({ seed: 1, record: true }));
    system.choices.pick("coin", "", ["heads", "tails"]);
    const again = reloaded(system);
    expect(again.choices.records()).toEqual(system.choices.records());
    expect(toss(again)).toEqual(toss(system));
  });
});

describe("what was saved", () => {
  it("is plain JSON", () => {
    const { system } = started(1, [
      { to: thing("button", "hall"), event: { type: "button.pressed" } },
    ]);
    system.step();
    const saved = system.save();
    expect(JSON.parse(JSON.stringify(saved))).toEqual(saved);
  });

  it("lists the actors by address, whichever came first", () => {
    const { system } = roomSystem();
    for (const place of ["hall", "attic", "cellar"]) {
      system.send({ to: thing("lamp", place), event: { type: "lamp.on" } });
    }
    const { actors } = system.save();
    expect(actors.map(({ subject }) => subject.node)).toEqual(["attic", "cellar", "hall"]);
  });

  it("stays as it was when the system goes on", () => {
    const { system } = started(1, [
      { to: thing("clock"), event: { type: "clock.wound" } },
      { to: thing("cat"), event: { type: "cat.called" } },
    ]);
    const saved = system.save();
    const text = JSON.stringify(saved);
    system.advanceTo(untilMs);
    expect(JSON.stringify(saved)).toBe(text);
  });

  it("is loaded only where every state exists", () => {
    const { system } = started(1, [{ to: thing("clock"), event: { type: "clock.wound" } }]);
    system.step();
    const saved = JSON.parse(JSON.stringify(system.save()).replace('"ticking"', '"striking"'));
    expect(() => System.load(composition, saved)).toThrow("striking");
  });
});
