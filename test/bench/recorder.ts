import { type Actor as ActorRef, type AnyStateMachine, createActor } from "xstate";

import { assert } from "../../machines/assert.ts";
import type { Actor } from "../../src/system/composition.ts";
import type { Effects, LocalState } from "../../src/system/effects.ts";
import type { Executor } from "../../src/system/executor.ts";
import type { KernelEvent } from "../../src/system/kernel-event.ts";
import { stepperOf } from "../../src/system/stepper.ts";

/** What happened to one actor: it began with an input, or got an event. */
type Entry =
  | { readonly actor: Actor; readonly machine: AnyStateMachine; readonly input: unknown }
  | { readonly actor: Actor; readonly event: KernelEvent };

/** Makes a system's steps and writes down what its machines begin with and get, in order. */
export class Recorder implements Executor {
  readonly #locals = new Map<Actor, number>();
  readonly entries: Entry[] = [];

  isBegun(actor: Actor): boolean {
    return this.#locals.has(actor);
  }

  begin(actor: Actor, machine: AnyStateMachine, input: unknown): Effects {
    this.entries.push({ actor, machine, input });
    const step = stepperOf(machine).initial(input);
    this.#locals.set(actor, step.local);
    return step;
  }

  step(actor: Actor, machine: AnyStateMachine, event: KernelEvent): Effects {
    this.entries.push({ actor, event });
    const step = stepperOf(machine).step(this.#localOf(actor), event);
    this.#locals.set(actor, step.local);
    return step;
  }

  stateOf(actor: Actor, machine: AnyStateMachine): LocalState {
    return stepperOf(machine).stateOf(this.#localOf(actor));
  }

  end(actor: Actor): void {
    this.#locals.delete(actor);
  }

  fork(): never {
    throw new Error("a recorded system is not forked");
  }

  #localOf(actor: Actor): number {
    const local = this.#locals.get(actor);
    assert(local !== undefined, "an actor begins before it steps");
    return local;
  }
}

/** The same machines as bare XState actors, which begin with the same and get the same. */
export function replay(entries: readonly Entry[]): void {
  const actors = new Map<Actor, ActorRef<AnyStateMachine>>();
  for (const entry of entries) {
    if ("event" in entry) actors.get(entry.actor)?.send(entry.event);
    else {
      const { machine, input } = entry;
      actors.set(entry.actor, createActor(machine, { input, clock: stoppedClock }).start());
    }
  }
}

/** The events of timers are among those that were written down. */
const stoppedClock = { setTimeout: () => undefined, clearTimeout: () => {} };
