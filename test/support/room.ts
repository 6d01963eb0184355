import { emit, setup } from "xstate";

import { type Choices, createChoices } from "../../src/choice/choices.ts";
import {
  addressOf,
  type Composition,
  type Receiver,
  type Routes,
  type Subject,
  type World,
} from "../../src/system/composition.ts";
import type { Delivery } from "../../src/system/delivery.ts";
import type { Executor } from "../../src/system/executor.ts";
import { System } from "../../src/system/system.ts";

/** What has been seen in a room, and which of its things are not there. */
export class Room implements World<Room> {
  notes: readonly string[];
  absent: readonly string[];

  constructor(notes: readonly string[] = [], absent: readonly string[] = []) {
    this.notes = notes;
    this.absent = absent;
  }

  note(text: string): void {
    this.notes = [...this.notes, text];
  }

  fork(): Room {
    return new Room(this.notes, this.absent);
  }

  save(): unknown {
    return { notes: this.notes, absent: this.absent };
  }

  static load(saved: unknown): Room {
    if (!isRoom(saved)) throw new Error("a room is loaded from a room");
    return new Room(saved.notes, saved.absent);
  }
}

function isRoom(saved: unknown): saved is Pick<Room, "notes" | "absent"> {
  return typeof saved === "object" && saved !== null && "notes" in saved && "absent" in saved;
}

/** A lamp that goes out by itself after 100 ms, unless its switch is locked or it breaks. */
export const lampMachine = setup({
  types: {} as {
    input: { isLocked: boolean };
    context: { isLocked: boolean };
    events:
      | { type: "lamp.on" }
      | { type: "lamp.off" }
      | { type: "lamp.hit" }
      | { type: "lamp.cut" };
    emitted: { type: "lamp.hung" } | { type: "lamp.shone" } | { type: "lamp.darkened" };
  },
  guards: { isFree: ({ context }) => !context.isLocked },
  actions: {
    hang: emit({ type: "lamp.hung" }),
    shine: emit({ type: "lamp.shone" }),
    darken: emit({ type: "lamp.darkened" }),
  },
  delays: { glow: 100 },
}).createMachine({
  id: "lamp",
  initial: "dark",
  context: ({ input }) => input,
  entry: "hang",
  on: { "lamp.hit": ".broken" },
  states: {
    dark: { on: { "lamp.on": { guard: "isFree", target: "lit" } } },
    lit: {
      entry: "shine",
      exit: "darken",
      after: { glow: "dark" },
      on: { "lamp.off": "dark", "lamp.on": { target: "lit", reenter: true } },
    },
    broken: { type: "final" },
  },
});

/** A button asks for light and hears when it is there. */
export const buttonMachine = setup({
  types: {} as {
    events: { type: "button.pressed" } | { type: "light.came" };
    emitted: { type: "light.wanted" } | { type: "button.thanked" };
  },
  actions: { ask: emit({ type: "light.wanted" }), thank: emit({ type: "button.thanked" }) },
}).createMachine({
  id: "button",
  initial: "idle",
  states: {
    idle: { on: { "button.pressed": { target: "asking", actions: "ask" } } },
    asking: { on: { "light.came": { target: "idle", actions: "thank" } } },
  },
});

/** A clock ticks every second for ever. */
export const clockMachine = setup({
  types: {} as { events: { type: "clock.wound" }; emitted: { type: "clock.ticked" } },
  actions: { tick: emit({ type: "clock.ticked" }) },
  delays: { second: 1_000 },
}).createMachine({
  id: "clock",
  initial: "still",
  states: {
    still: { on: { "clock.wound": "ticking" } },
    ticking: { after: { second: { target: "ticking", reenter: true, actions: "tick" } } },
  },
});

const exists = (room: Room, { node = "" }: Subject): boolean => !room.absent.includes(node);

const routes: Routes<Room> = {
  lamp: {
    "lamp.hung": [{ project: (room, { from }) => room.note(`${addressOf(from)} hangs`) }],
    "lamp.shone": [
      {
        project: (room, { from, now, detail }) =>
          room.note(
            `${addressOf(from)} shines at ${now}, ${String(detail?.["colour"] ?? "white")}`,
          ),
      },
      { to: (_, { origin }) => origin, event: { type: "light.came" } },
    ],
    "lamp.darkened": [
      { project: (room, { from, now }) => room.note(`${addressOf(from)} is dark at ${now}`) },
    ],
  },
  button: {
    "light.wanted": [
      {
        to: (_, { from }) => ({ machine: "lamp", subject: from.subject }),
        view: "switching",
        asOrigin: true,
      },
    ],
    "button.thanked": [{ project: (room, { from }) => room.note(`${addressOf(from)} thanks`) }],
  },
  clock: {
    "clock.ticked": [
      { project: (room, { now }) => room.note(`tick ${now}`) },
      { to: () => ({ machine: "cat", subject: {} }), supersedes: "noise", latencyMs: () => 300 },
    ],
  },
};

/** Lamps, buttons, a clock and a cat, which is no machine. */
export const composition: Composition<Room> = {
  machines: {
    lamp: {
      machine: lampMachine,
      exists,
      input: (_, { node = "" }) => ({ isLocked: node.startsWith("locked") }),
    },
    button: { machine: buttonMachine, exists, input: () => ({}) },
    clock: { machine: clockMachine, exists, input: () => ({}), periodicDelays: ["second"] },
  },
  routes,
  views: {
    switching: (room, { to }) => ({
      type: room.notes.includes(`power cut in ${to.node}`) ? "lamp.cut" : "lamp.on",
    }),
  },
  handlers: {
    cat: ({ choices, event, now, world, send }) => {
      world.note(`cat at ${now}`);
      if (choices.pick("cat", "", ["sleeps", "plays"]) === "sleeps") return;
      const delayMs = choices.amount("cat's jump", "", { low: 1, high: 250, usual: 10 });
      send({ to: { machine: "lamp", subject: { node: "hall" } }, event: nudged(event), delayMs });
    },
  },
  loadWorld: Room.load,
};

function nudged({ type }: { readonly type: string }): { readonly type: string } {
  return { type: type === "cat.scared" ? "lamp.hit" : "lamp.on" };
}

/** A system of one room that keeps its trace; its steps are memoised unless there is a host. */
export function roomSystem(
  changes: Partial<Composition<Room>> = {},
  choices: Choices = createChoices(),
  host?: Executor,
): { readonly system: System<Room>; readonly trace: Delivery[] } {
  return traced(System.create({ ...composition, ...changes }, new Room(), choices, host));
}

/** The same system, and what it delivers from now on. */
export function traced(system: System<Room>): {
  readonly system: System<Room>;
  readonly trace: Delivery[];
} {
  const trace: Delivery[] = [];
  system.observer = (delivery) => trace.push(delivery);
  return { system, trace };
}

/** A thing of the room, by the place where it is. */
export function thing(machine: string, place?: string): Receiver {
  return { machine, subject: place === undefined ? {} : { node: place } };
}
