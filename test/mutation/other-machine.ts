import type { AnyStateMachine } from "xstate";

import type { KernelEvent } from "../../src/system/kernel-event.ts";
import { type Step, Stepper } from "../../src/system/stepper.ts";
import { type KnownMachine, type KnownStep, knownStepOf } from "./machine-steps.ts";

/**
 * A machine with a mistake in it or in a function that it asks. Its states have the numbers of the
 * right one's, and where it does the same, its step is the right one's.
 */
export class OtherMachine {
  readonly #known: KnownMachine;
  readonly #own: Stepper;
  /** The mutant of a function, which most steps do not ask. */
  readonly #id: number | undefined;
  readonly #translated = new WeakMap<Step, Step>();

  constructor(known: KnownMachine, machine: AnyStateMachine, id?: number) {
    this.#known = known;
    this.#own = new Stepper(machine);
    this.#id = id;
  }

  /** `right`: what the right machine does, where that is known. */
  initial(input: unknown, right: Step | undefined): Step {
    if (right !== undefined && this.#isUntouched(right)) return right;
    return this.#sameAs(right, this.at({ input }));
  }

  step(local: number, event: KernelEvent, right: Step | undefined): Step {
    if (right !== undefined && this.#isUntouched(right)) return right;
    return this.#sameAs(right, this.at({ local, event }));
  }

  /** What it does there. */
  at(place: KnownStep["at"]): Step {
    if ("input" in place) return this.#translate(this.#own.initial(place.input));
    const { local, event } = place;
    const at = this.#own.intern(this.#known.stepper.stateOf(local));
    return this.#translate(this.#own.step(at, event));
  }

  #isUntouched(right: Step): boolean {
    return this.#id !== undefined && knownStepOf(right)?.seen.includes(this.#id) === false;
  }

  #sameAs(right: Step | undefined, other: Step): Step {
    return right !== undefined && toldOf(right) === toldOf(other) ? right : other;
  }

  #translate(step: Step): Step {
    let translated = this.#translated.get(step);
    if (translated === undefined) {
      const local = this.#known.stepper.intern(this.#own.stateOf(step.local));
      translated = { ...step, local };
      this.#translated.set(step, translated);
    }
    return translated;
  }
}

/** Whether the other one leads elsewhere or does something else; or breaks. */
export function isOtherStep(step: Step, other: () => Step): boolean {
  try {
    return toldOf(step) !== toldOf(other());
  } catch {
    return true;
  }
}

function toldOf({ local, facts, timers, done }: Step): string {
  return JSON.stringify([local, facts, timers, done]);
}
