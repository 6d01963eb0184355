import type { AnyStateMachine } from "xstate";

import type { Effects, LocalState } from "../../src/system/effects.ts";
import type { KernelEvent } from "../../src/system/kernel-event.ts";
import { type Step, Stepper } from "../../src/system/stepper.ts";
import { Noted } from "./switch.ts";

/** A step that a right machine makes, and where. */
export interface KnownStep {
  readonly known: KnownMachine;
  readonly step: Step;
  /** It begins with that input, or hears that event in that state. */
  readonly at:
    | { readonly input: unknown }
    | { readonly local: number; readonly event: KernelEvent };
  /** Mutants of functions that would have done otherwise while it was made. */
  readonly seen: readonly number[];
}

/** What a machine with a mistake does; undefined where it is the right one. */
export interface OtherMachines {
  initial(known: KnownMachine, input: unknown): Step;
  step(known: KnownMachine, local: number, event: KernelEvent): Step;
}

/** All that has happened to a right machine in any life, and what was noticed meanwhile. */
export class KnownMachine {
  readonly stepper: Stepper;
  readonly #noted: Noted;
  readonly #begun = new Set<string>();

  constructor(machine: AnyStateMachine, mutants: number) {
    this.stepper = new Stepper(machine);
    this.#noted = new Noted(mutants);
  }

  get machine(): AnyStateMachine {
    return this.stepper.machine;
  }

  initial(input: unknown): Step {
    const key = JSON.stringify(input) ?? "";
    if (this.#begun.has(key)) return this.stepper.initial(input);
    const step = this.#made({ input }, () => this.stepper.initial(input));
    this.#begun.add(key);
    return step;
  }

  step(local: number, event: KernelEvent): Step {
    return (
      this.peek(local, event) ?? this.#made({ local, event }, () => this.stepper.step(local, event))
    );
  }

  /** The step, when it was made before. */
  peek(local: number, event: KernelEvent): Step | undefined {
    return this.stepper.stepped(local).get(event);
  }

  peekInitial(input: unknown): Step | undefined {
    return this.#begun.has(JSON.stringify(input) ?? "") ? this.stepper.initial(input) : undefined;
  }

  #made(at: KnownStep["at"], make: () => Step): Step {
    const [step, seen] = mutation.watch(this.#noted, make);
    knownSteps.set(step, { known: this, step, at, seen });
    return step;
  }
}

const knownSteps = new WeakMap<Effects, KnownStep>();

/** Undefined for a step that only a machine with a mistake makes. */
export function knownStepOf(effects: Effects): KnownStep | undefined {
  return knownSteps.get(effects);
}

/** The right machine, or the one with a mistake while it is on; states have the same numbers. */
class SwitchStepper {
  readonly machine: AnyStateMachine;
  readonly #known: KnownMachine;

  constructor(known: KnownMachine) {
    this.#known = known;
    this.machine = known.machine;
  }

  initial(input: unknown): Step {
    return others === undefined ? this.#known.initial(input) : others.initial(this.#known, input);
  }

  step(local: number, event: KernelEvent): Step {
    if (others === undefined) return this.#known.step(local, event);
    return others.step(this.#known, local, event);
  }

  begun(): ReturnType<Stepper["begun"]> {
    return this.#known.stepper.begun();
  }

  stepped(local: number): ReturnType<Stepper["stepped"]> {
    return this.#known.stepper.stepped(local);
  }

  locals(): ReturnType<Stepper["locals"]> {
    return this.#known.stepper.locals();
  }

  stateOf(local: number): LocalState {
    return this.#known.stepper.stateOf(local);
  }

  intern(state: LocalState): number {
    return this.#known.stepper.intern(state);
  }
}

let others: OtherMachines | undefined;

/** Lets these machines step from now on; undefined: the right ones. */
export function letStep(machines: OtherMachines | undefined): void {
  others = machines;
}

/** After a call that was ended wherever it was. */
export function withoutMistake(): void {
  mutation.on = -1;
  mutation.seen = undefined;
  others = undefined;
  mutation.forget();
}

const machines = new Map<AnyStateMachine, KnownMachine>();
const switches = new WeakMap<object, SwitchStepper>();

/** From now on every machine is stepped by a switch; before any was stepped. */
export function installSwitches(mutants: number): void {
  const get = (machine: object): SwitchStepper => {
    const made = switches.get(machine);
    if (made !== undefined) return made;
    if (!isMachine(machine)) throw new Error("only machines are stepped");
    const known = new KnownMachine(machine, mutants);
    machines.set(machine, known);
    const one = new SwitchStepper(known);
    switches.set(machine, one);
    return one;
  };
  mutation.caches.replace("steppers", { get });
}

/** What has happened so far to machines of that name, one for each set of gates. */
export function knownMachines(id: string): readonly KnownMachine[] {
  return [...machines.values()].filter(({ machine }) => machine.id === id);
}

function isMachine(value: object): value is AnyStateMachine {
  return "getInitialSnapshot" in value && "transition" in value;
}
