import type { AnyStateMachine } from "xstate";

import { forVersion } from "../../machines/for-version.ts";
import { catalogue } from "../../machines/index.ts";
import { type KnownMachine, type KnownStep, letStep, type OtherMachines } from "./machine-steps.ts";
import type { FunctionMutant } from "./mutated-modules.ts";
import type { Mutant } from "./operators.ts";
import { isOtherStep, OtherMachine } from "./other-machine.ts";
import type { Tried } from "./scores.ts";

/** A mistake that may be on. */
export interface Mistake extends Tried {
  /** Of a function: the number that the schemata know. */
  readonly id?: number;
  /** Of a chart. */
  readonly mutant?: Mutant;
  /** Whether a machine does otherwise in that step. */
  readonly isOther: (step: KnownStep) => boolean;
  /** With the mistake on. */
  readonly during: <T>(make: () => T) => T;
}

/** A chart with a mistake, for each of the machines that are made of it with some gates. */
export function chartMistake(mutant: Mutant): Mistake {
  const { machine: subject, operator, site } = mutant;
  const machines = new Map<KnownMachine, OtherMachine>();
  const otherOf = (known: KnownMachine): OtherMachine => {
    const own = machines.get(known) ?? new OtherMachine(known, variantLike(known, mutant.make()));
    machines.set(known, own);
    return own;
  };
  const others: OtherMachines = {
    initial: (known, input) => {
      if (known.machine.id !== subject) return known.initial(input);
      return otherOf(known).initial(input, known.peekInitial(input));
    },
    step: (known, local, event) => {
      if (known.machine.id !== subject) return known.step(local, event);
      return otherOf(known).step(local, event, known.peek(local, event));
    },
  };
  return {
    subject,
    operator,
    site,
    mutant,
    isOther: ({ known, step, at }) => {
      return known.machine.id === subject && isOtherStep(step, () => otherOf(known).at(at));
    },
    during: (make) => withMachines(others, make),
  };
}

/** A function with a mistake; machines that ask it are made to step anew. */
export function functionMistake({ module: subject, operator, site, id }: FunctionMutant): Mistake {
  const machines = new Map<KnownMachine, OtherMachine>();
  const otherOf = (known: KnownMachine): OtherMachine => {
    const own = machines.get(known) ?? new OtherMachine(known, known.machine, id);
    machines.set(known, own);
    return own;
  };
  const others: OtherMachines = {
    initial: (known, input) => otherOf(known).initial(input, known.peekInitial(input)),
    step: (known, local, event) => otherOf(known).step(local, event, known.peek(local, event)),
  };
  const during = <T>(make: () => T): T => {
    mutation.forget();
    mutation.on = id;
    try {
      return withMachines(others, make);
    } finally {
      mutation.on = -1;
      mutation.forget();
    }
  };
  return {
    subject,
    operator,
    site,
    id,
    isOther: ({ known, step, at, seen }) => {
      if (!seen.includes(id)) return false;
      return isOtherStep(step, () => during(() => otherOf(known).at(at)));
    },
    during,
  };
}

function withMachines<T>(others: OtherMachines, make: () => T): T {
  letStep(others);
  try {
    return make();
  } finally {
    letStep(undefined);
  }
}

/** With the gates of the machine that it stands for. */
export function variantLike({ machine }: KnownMachine, mutant: AnyStateMachine): AnyStateMachine {
  const own = catalogue[machine.id];
  if (own === machine || own === undefined) return mutant;
  const featureGates = mutation.caches.keyOf("variants", own, machine);
  return forVersion(mutant, {
    featureGates: featureGates === undefined ? {} : gatesIn(featureGates),
  });
}

function gatesIn(text: string): Readonly<Record<string, boolean>> {
  const gates: unknown = JSON.parse(text);
  if (typeof gates !== "object" || gates === null) return {};
  return Object.fromEntries(Object.entries(gates).map(([name, isOn]) => [name, isOn === true]));
}
