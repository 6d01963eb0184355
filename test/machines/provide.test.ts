import { describe, expect, expectTypeOf, it } from "vitest";
import {
  and,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  enqueueActions,
  type EventObject,
  initialTransition,
  type InputFrom,
  SimulatedClock,
  type stateIn,
  transition,
} from "xstate";

import { everyVersionOf, forVersion } from "../../machines/for-version.ts";
import * as index from "../../machines/index.ts";
import type { Samples } from "../../machines/samples.ts";
import { walk } from "../support/walk.ts";

const { catalogue, containerMachine, podWorkerMachine, restartBackOffMachine, samples } = index;

/** Of events at random; a life has so many. */
const [mostSteps, stepsOfLife] = [30_000, 300];

/** Enough to meet each delay. */
const walkBound = 120;

describe.each(Object.entries(catalogue))("%s", (id, machine) => {
  const { guards, actions, delays } = machine.implementations;
  const alphabet = samples[id] ?? { inputs: [], events: [] };

  it("asks each guard, does each action and waits for each delay that replaces its own", () => {
    const used = new Set<string>();
    const noting = everyVersionOf(machine).provide({
      guards: Object.fromEntries(Object.entries(guards).map(notedGuard(used))),
      actions: Object.fromEntries(Object.entries(actions).flatMap(notedAction(used))),
      delays: Object.fromEntries(Object.entries(delays).map(notedDelay(used))),
    });
    const names = [
      ...Object.keys(guards).map((name) => `guard ${name}`),
      ...Object.keys(actions).map((name) => `action ${name}`),
      ...Object.keys(delays).map((name) => `delay ${name}`),
    ];
    live(noting, alphabet, () => used.size === names.length);
    expect([...used].toSorted()).toEqual(names.toSorted());
  });

  it("sets its timers for as long as a replaced delay says", () => {
    const names = Object.keys(delays);
    const other = Object.fromEntries(names.map((name, nth) => [name, 7_001 + nth]));
    const quick = everyVersionOf(machine).provide({ delays: other });
    const steps = names.length === 0 ? [] : walk(quick, alphabet, walkBound);
    const setMs = new Set(steps.flatMap(({ delaysMs }) => delaysMs));
    expect([...setMs].toSorted((a, b) => a - b)).toEqual(Object.values(other));
  });
});

describe("a faster back-off", () => {
  const input = { initialBackOffMs: 10_000, maximumBackOffMs: 300_000, forgettingMs: 600_000 };
  const fast = restartBackOffMachine.provide({ delays: { nextStep: 200 } });

  it("lets a container start again as soon as it says", () => {
    expect(allowedAfterMs(fast, input)).toBe(200);
    expect(allowedAfterMs(restartBackOffMachine, input)).toBe(10_000);
  });

  it("stays when the machine is asked for another version", () => {
    expect(allowedAfterMs(forVersion(fast, { version: "1.34" }), input)).toBe(200);
  });
});

type MachineName = Extract<keyof typeof index, `${string}Machine`>;
type Part = "guards" | "actions" | "delays";
type Replaceable<M> = M extends { provide(implementations: infer I): unknown } ? I : never;
type NameOf<M, P extends Part> = P extends keyof Replaceable<M>
  ? keyof NonNullable<Replaceable<M>[P]>
  : never;
/** The machines that would let any name pass. */
type LaxMachine<P extends Part> = {
  [N in MachineName]: string extends NameOf<(typeof index)[N], P> ? N : never;
}[MachineName];

describe("the types of what can be replaced", () => {
  it("know the names of each machine", () => {
    expectTypeOf<LaxMachine<"guards">>().toBeNever();
    expectTypeOf<LaxMachine<"actions">>().toBeNever();
    expectTypeOf<LaxMachine<"delays">>().toBeNever();
    expectTypeOf<NameOf<typeof restartBackOffMachine, "delays">>().toEqualTypeOf<
      "startForgetting" | "nextStep"
    >();
    expectTypeOf<"hasPending">().toExtend<NameOf<typeof podWorkerMachine, "guards">>();
    expectTypeOf<"isPending">().not.toExtend<NameOf<typeof podWorkerMachine, "guards">>();
  });

  it("refuse a name that a machine does not have", () => {
    // @ts-expect-error it is called nextStep
    restartBackOffMachine.provide({ delays: { nextSteps: 200 } });
    // @ts-expect-error it is called hasPending
    podWorkerMachine.provide({ guards: { isPending: () => true } });
    // @ts-expect-error it is called requestSync
    podWorkerMachine.provide({ actions: { askForSync: () => {} } });
  });

  it("refuse what cannot stand behind a name", () => {
    // @ts-expect-error a delay is a number of milliseconds
    restartBackOffMachine.provide({ delays: { nextStep: () => "soon" } });
    // @ts-expect-error the context has no such field
    restartBackOffMachine.provide({ delays: { nextStep: ({ context }) => context.restarts } });
    // @ts-expect-error a guard answers with true or false
    podWorkerMachine.provide({ guards: { hasPending: () => "yes" } });
    // @ts-expect-error the chart says a cause, such as "oomKilled"
    containerMachine.provide({ guards: { endedBy: (_, { cause }: { cause: 137 }) => cause > 0 } });
    // @ts-expect-error the chart says a reason of the queue, such as "backOff"
    podWorkerMachine.provide({ actions: { enqueue: (_, { after }: { after: 1 }) => void after } });
  });
});

/** The same guard, which notes that it was asked. */
function notedGuard(used: Set<string>) {
  return ([name, own]: readonly [string, unknown]) => {
    const note = () => used.add(`guard ${name}`).size > 0;
    const asked = (...args: readonly unknown[]) => note() && Boolean(valueOf(own, args));
    return [name, isStateIn(own) ? and([note, own]) : asked] as const;
  };
}

/** The same delay, which notes that it was waited for. */
function notedDelay(used: Set<string>) {
  return ([name, own]: readonly [string, unknown]) => {
    const asked = (...args: readonly unknown[]) => {
      used.add(`delay ${name}`);
      return Number(valueOf(own, args));
    };
    return [name, asked] as const;
  };
}

function valueOf(own: unknown, args: readonly unknown[]): unknown {
  return typeof own === "function" ? own(...args) : own;
}

/** A guard that XState itself answers: `stateIn({ backOff: "closed" })`. */
function isStateIn(own: unknown): own is ReturnType<typeof stateIn> {
  return typeof own === "function" && "check" in own;
}

/** The same action under another name, behind one that notes that it was done. */
function notedAction(used: Set<string>) {
  return <T>([name, own]: readonly [string, T]) => {
    const noting = enqueueActions(({ enqueue }, params) => {
      used.add(`action ${name}`);
      enqueue({ type: `own ${name}`, params });
    });
    return [[name, noting] as const, [`own ${name}`, own] as const];
  };
}

/** Sends it samples and its timers as they come, life after life, until nothing more is wanted. */
function live(
  machine: AnyStateMachine,
  { inputs, events }: Samples<AnyStateMachine>,
  isEnough: () => boolean,
): void {
  const timers = machine.events.filter((type) => type.startsWith("xstate.after."));
  const alphabet: readonly EventObject[] = [...events, ...timers.map((type) => ({ type }))];
  const pick = picker();
  let snapshot: AnyMachineSnapshot | undefined;
  for (let nth = 0; nth < mostSteps && !isEnough(); nth++) {
    if (snapshot?.status !== "active" || nth % stepsOfLife === 0) {
      [snapshot] = initialTransition(machine, pick(inputs));
    }
    [snapshot] = transition(machine, snapshot, pick(alphabet) ?? { type: "nothing" });
  }
}

/** The same choices in every run. */
function picker() {
  let seed = 1;
  return <T>(all: readonly T[]): T | undefined => {
    seed = (seed * 48_271) % 2_147_483_647;
    return all[seed % all.length];
  };
}

/** How long the second restart of a container that has failed twice is refused. */
function allowedAfterMs(
  machine: typeof restartBackOffMachine,
  input: InputFrom<typeof restartBackOffMachine>,
): number {
  const clock = new SimulatedClock();
  const backOff = createActor(machine, { input, clock }).start();
  const ask = () => {
    backOff.send({ type: "restart.requested", hasExited: true, isSameKey: true });
  };
  let allowed = 0;
  backOff.on("restart.allowed", () => allowed++);
  backOff.send({ type: "container.exited" });
  ask();
  backOff.send({ type: "container.exited" });
  for (let ms = 0; ms <= input.maximumBackOffMs; ms += 100) {
    ask();
    if (allowed === 2) return ms;
    clock.increment(100);
  }
  return Infinity;
}
