import type { AnyStateMachine } from "xstate";

import { type Step, Stepper } from "../../src/system/stepper.ts";

/**
 * Whether a mutant does what its original did at everything that has happened to it so far: the
 * same facts and timers at every event of every life. Then nobody else ever notices, and so
 * nothing else has happened that could.
 */
export function isBisimilar(known: Stepper, mutant: AnyStateMachine): boolean {
  try {
    return arePaired(known, new Stepper(mutant));
  } catch {
    return false;
  }
}

/** A mistake may let something grow without end; then others decide. */
const mostPairs = 20_000;

function arePaired(known: Stepper, other: Stepper): boolean {
  const paired = new Set<string>();
  const waiting: (readonly [number, number])[] = [];
  const isPaired = (one: Step, two: Step): boolean => {
    if (toldOf(one) !== toldOf(two)) return false;
    const pair = `${one.local} ${two.local}`;
    if (!paired.has(pair)) waiting.push([one.local, two.local]);
    paired.add(pair);
    return true;
  };
  for (const [input, step] of known.begun()) {
    if (!isPaired(step, other.initial(input))) return false;
  }
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    if (paired.size > mostPairs) return false;
    const [local, otherLocal] = pair;
    for (const [event, step] of known.stepped(local)) {
      if (!isPaired(step, other.step(otherLocal, event))) return false;
    }
  }
  return true;
}

/** What others hear of a step, and when the machine will go on by itself. */
function toldOf({ facts, timers, done }: Step): string {
  return JSON.stringify([facts, timers, done]);
}
