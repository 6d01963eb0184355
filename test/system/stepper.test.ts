import { describe, expect, it } from "vitest";
import { setup, spawnChild } from "xstate";

import { internEvent, type KernelEvent } from "../../src/system/kernel-event.ts";
import { Stepper, stepperOf } from "../../src/system/stepper.ts";
import { lampMachine } from "../support/room.ts";

const on = internEvent({ type: "lamp.on" });
const off = internEvent({ type: "lamp.off" });
const hit = internEvent({ type: "lamp.hit" });
const free = { isLocked: false };

/** The local state of a free lamp after these events. */
function after(stepper: Stepper, ...events: readonly KernelEvent[]): number {
  return events.reduce((at, one) => stepper.step(at, one).local, stepper.initial(free).local);
}

describe("a step", () => {
  const key = "xstate.after.glow.lamp.lit";
  const timer = { set: key, fires: { type: key }, delay: "glow", delayMs: 100 };

  it("tells facts and timers in the order in which the machine made them", () => {
    const lamp = new Stepper(lampMachine);
    const lit = lamp.step(after(lamp), on);
    expect(lit).toMatchObject({ facts: [{ type: "lamp.shone" }], timers: [timer] });
    const again = lamp.step(after(lamp, on), on);
    expect(again.facts.map(({ type }) => type)).toEqual(["lamp.darkened", "lamp.shone"]);
    expect(again.timers).toEqual([{ cancel: key }, timer]);
  });

  it("is made by a timer as by any other event", () => {
    const lamp = new Stepper(lampMachine);
    const fired = lamp.step(after(lamp, on), internEvent(timer.fires));
    expect(lamp.stateOf(fired.local).value).toBe("dark");
    expect(fired.timers).toEqual([{ cancel: key }]);
  });

  it.each([
    { handled: "taken", because: "a transition runs", isLocked: false, event: on },
    { handled: "refused", because: "a guard says no", isLocked: true, event: on },
    { handled: "unknown", because: "only another state knows it", isLocked: false, event: off },
  ])("is $handled when $because", ({ handled, isLocked, event }) => {
    const lamp = new Stepper(lampMachine);
    expect(lamp.step(lamp.initial({ isLocked }).local, event).handled).toBe(handled);
  });

  it("says when the machine is done", () => {
    const lamp = new Stepper(lampMachine);
    const [lit, broken] = [on, hit].map((event) => lamp.step(after(lamp), event).done);
    expect([lit, broken]).toEqual([false, true]);
  });

  it("may only assign, emit and raise", () => {
    const spawns = setup({ actors: { lampMachine } }).createMachine({
      entry: spawnChild("lampMachine", { input: free }),
    });
    expect(() => new Stepper(spawns).initial({})).toThrow("may only assign, emit and raise");
    const acts = setup({ actions: { act: () => {} } }).createMachine({ entry: "act" });
    expect(() => new Stepper(acts).initial({})).toThrow("it did act");
  });
});

/** A guard that knows how often it was asked. */
function counted() {
  let asked = 0;
  const guards = { isAsked: () => ++asked > 0 };
  const machine = setup({ guards }).createMachine({ on: { ask: { guard: "isAsked" } } });
  return { stepper: new Stepper(machine), calls: () => asked };
}

describe("the memo", () => {
  it("asks XState once for each local state and event", () => {
    const { stepper, calls } = counted();
    const { local } = stepper.initial({});
    const first = stepper.step(local, internEvent({ type: "ask" }));
    const once = calls();
    expect(stepper.step(local, internEvent({ type: "ask" }))).toBe(first);
    expect(calls()).toBe(once);
  });

  it("is one for all actors of a machine", () => {
    expect(stepperOf(lampMachine)).toBe(stepperOf(lampMachine));
  });

  it("knows equal events as one, wherever they come from", () => {
    const event = { type: "lamp.seen", colour: "red" };
    expect(internEvent({ ...event })).toBe(internEvent({ ...event }));
    expect(internEvent({ ...event, colour: "blue" })).not.toBe(internEvent(event));
  });
});

describe("a local state", () => {
  it("is the same number whichever way leads to it", () => {
    const lamp = new Stepper(lampMachine);
    expect(after(lamp, on, off)).toBe(after(lamp));
    expect(after(lamp, on, on)).toBe(after(lamp, on));
    expect(lamp.initial({ isLocked: true }).local).not.toBe(after(lamp));
  });

  it("is found again by its JSON, also by another process", () => {
    const lamp = new Stepper(lampMachine);
    const saved = JSON.stringify(lamp.stateOf(after(lamp, on)));
    const other = new Stepper(lampMachine);
    const local = other.intern(JSON.parse(saved));
    expect(lamp.intern(JSON.parse(saved))).toBe(after(lamp, on));
    expect(other.step(local, off).facts).toEqual([{ type: "lamp.darkened" }]);
  });

  it("is refused when the machine has no such state", () => {
    const state = { value: "dim", context: free, status: "active" } as const;
    expect(() => new Stepper(lampMachine).intern(state)).toThrow("dim");
  });
});
