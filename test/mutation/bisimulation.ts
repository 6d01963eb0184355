import type { AnyStateMachine } from "xstate";

import { type Step, Stepper, stepperOf } from "../../src/system/stepper.ts";
import type { KernelEvent } from "../../src/system/kernel-event.ts";

/**
 * Whether a mutant does what its original did at everything that has happened to it so far: the
 * same facts and timers at every event of every life. Then nobody else ever notices, and so
 * nothing else has happened that could.
 */
export function doesTheSame(original: AnyStateMachine, mutant: AnyStateMachine): boolean {
  if (chartText(original) === chartText(mutant)) return false;
  const known = stepperOf(original);
  const other = new Stepper(mutant);
  try {
    return isBisimilar(known, other);
  } catch {
    return false;
  }
}

/** A mistake behind a gate that is off is in other versions of the machine only. */
function chartText({ config }: AnyStateMachine): string {
  return JSON.stringify(config, (key, value: unknown) => (key === "everyVersion" ? "" : value));
}

function isBisimilar(known: Stepper, other: Stepper): boolean {
  const paired = new Set<string>();
  const waiting: (readonly [number, number])[] = [];
  const isPaired = (one: Step, two: Step): boolean => {
    if (!hasSameEffects(one, two)) return false;
    const pair = `${one.local} ${two.local}`;
    if (!paired.has(pair)) waiting.push([one.local, two.local]);
    paired.add(pair);
    return true;
  };
  for (const [input, step] of known.begun()) {
    if (!isPaired(step, other.initial(input))) return false;
  }
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const [local, otherLocal] = pair;
    const steps: Iterable<readonly [KernelEvent, Step]> = known.stepped(local);
    for (const [event, step] of steps) {
      if (!isPaired(step, other.step(otherLocal, event))) return false;
    }
  }
  return true;
}

/** What others hear of a step, and when the machine will go on by itself. */
function hasSameEffects(one: Step, two: Step): boolean {
  return toldOf(one) === toldOf(two);
}

function toldOf({ facts, timers, done }: Step): string {
  return JSON.stringify([facts, timers, done]);
}
