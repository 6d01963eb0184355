import type { AnyStateMachine } from "xstate";

import { catalogue } from "../../machines/index.ts";
import { stepNames } from "../../src/explore/local-steps.ts";
import { type Step, Stepper, stepperOf } from "../../src/system/stepper.ts";
import { isBisimilar } from "./bisimulation.ts";

/** All that has happened to machines in any life of any system, for charts with a mistake. */
export class KnownSteps {
  readonly #steppers = new Map<string, Stepper>();
  /** Names of what machines with other gates than the defaults have done, by id. */
  readonly #gated = new Map<string, Set<string>>();

  /** Adds what these machines have done so far. */
  add(machines: Iterable<AnyStateMachine>): void {
    for (const machine of machines) {
      const own = stepperOf(machine);
      if (machine === catalogue[machine.id]) this.#copy(own);
      const names = this.#gated.get(machine.id) ?? new Set<string>();
      if (machine !== catalogue[machine.id]) {
        for (const name of stepNames(own).values()) names.add(name);
        this.#gated.set(machine.id, names);
      }
    }
  }

  /**
   * Names of the steps that a machine with a mistake makes otherwise; none when nobody can ever
   * notice. With other gates it may make any step otherwise.
   */
  differences(mutant: AnyStateMachine): ReadonlySet<string> {
    const gated = this.#gated.get(mutant.id) ?? new Set<string>();
    const known = this.#steppers.get(mutant.id);
    if (known === undefined) return gated;
    const names = differencesOf(known, mutant);
    if (gated.size === 0 && (names.size === 0 || isBisimilar(known, mutant))) return new Set();
    return new Set([...names, ...gated]);
  }

  #copy(own: Stepper): void {
    const known = this.#steppers.get(own.machine.id) ?? new Stepper(own.machine);
    this.#steppers.set(own.machine.id, known);
    for (const [input] of own.begun()) known.initial(input);
    for (const local of own.locals()) {
      const at = known.intern(own.stateOf(local));
      for (const event of own.stepped(local).keys()) known.step(at, event);
    }
  }
}

function differencesOf(known: Stepper, mutant: AnyStateMachine): ReadonlySet<string> {
  const other = new Stepper(mutant);
  const all = stepNames(known);
  const names = new Set<string>();
  const compare = (step: Step, make: () => Step | undefined): void => {
    const made = tried(make);
    const isSame = made !== undefined && toldOf(known, step) === toldOf(other, made);
    if (!isSame) names.add(all.get(step) ?? "");
  };
  for (const [input, step] of known.begun()) compare(step, () => other.initial(input));
  for (const local of known.locals()) {
    const at = tried(() => other.intern(known.stateOf(local)));
    for (const [event, step] of known.stepped(local)) {
      compare(step, () => (at === undefined ? undefined : other.step(at, event)));
    }
  }
  return names;
}

function toldOf(stepper: Stepper, { local, facts, timers, done }: Step): string {
  return JSON.stringify([stepper.stateOf(local), facts, timers, done]);
}

function tried<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
