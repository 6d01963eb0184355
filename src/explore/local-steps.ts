import type { AnyStateMachine } from "xstate";

import type { Effects } from "../system/effects.ts";
import { type Stepper, stepperOf } from "../system/stepper.ts";
import type { CoverageReport } from "./coverage.ts";
import type { Edge } from "./explorer.ts";
import type { LocalStep, Move } from "./life.ts";
import type { Effect } from "./memo/memo-tree.ts";

interface FirstMade {
  readonly from: number;
  readonly move: Move;
}

/** Keeps the first way to each step that some machine can make. */
export class StepSearch {
  readonly #seen = new WeakSet<Effect>();
  readonly #first = new Map<Effects, { readonly step: LocalStep; readonly at: FirstMade }>();

  add(effect: Effect, { from, move }: Pick<Edge, "from" | "move">): void {
    if (this.#seen.has(effect)) return;
    this.#seen.add(effect);
    for (const step of effect.steps) {
      if (!this.#first.has(step.effects))
        this.#first.set(step.effects, { step, at: { from, move } });
    }
  }

  /** Every step that was made, and where first. */
  found(): readonly FirstMade[] {
    return [...this.#first.values()].map(({ at }) => at);
  }

  /** Two steps of machines with other gates may have one name. */
  names(): ReadonlyMap<Effects, string> {
    const named = [...this.#first.values()].map(
      ({ step }) => [step.effects, stepName(step)] as const,
    );
    return new Map(named);
  }

  /** All of them, by machine. */
  report(): CoverageReport {
    const all = [...this.#first.values()].map(({ step }) => ({
      machine: step.machine.id,
      name: stepName(step),
    }));
    const names = [...new Set(all.map(({ name }) => name))].toSorted();
    const machines = [...new Set(all.map(({ machine }) => machine))].toSorted();
    return {
      cover: "steps",
      machines: machines.map((machine) => {
        const own = all.filter((one) => one.machine === machine).map(({ name }) => name);
        const count = new Set(own).size;
        return { machine, covered: count, all: count };
      }),
      universe: names,
      covered: names,
      missing: [],
    };
  }
}

/** `container {"value":"Waiting","context":{…}} {"type":"container.started"}`. */
export function stepName({ machine, effects }: LocalStep): string {
  let names = known.get(machine);
  if (names?.has(effects) !== true) {
    names = stepNames(stepperOf(machine));
    known.set(machine, names);
  }
  return names.get(effects) ?? machine.id;
}

const known = new WeakMap<AnyStateMachine, ReadonlyMap<Effects, string>>();

/** Of all steps that were made so far. */
export function stepNames(stepper: Stepper): ReadonlyMap<Effects, string> {
  const { machine } = stepper;
  const names = new Map<Effects, string>();
  for (const [input, step] of stepper.begun()) {
    names.set(step, `${machine.id} ${JSON.stringify(input) ?? "begins"}`);
  }
  for (const local of stepper.locals()) {
    const { value, context } = stepper.stateOf(local);
    const state = JSON.stringify({ value, context });
    for (const [event, step] of stepper.stepped(local)) {
      names.set(step, `${machine.id} ${state} ${JSON.stringify(event)}`);
    }
  }
  return names;
}
