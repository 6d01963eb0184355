import type { AnyMachineSnapshot, AnyStateMachine } from "xstate";
import { type EventObject, initialTransition, transition } from "xstate";

import type { Samples } from "../../machines/samples.ts";

/** One transition of a machine that was really taken, and what it sent out. */
export interface WalkedStep {
  readonly event: EventObject;
  readonly before: AnyMachineSnapshot | undefined;
  readonly after: AnyMachineSnapshot;
  readonly emitted: readonly EventObject[];
  /** Of the timers that were set. */
  readonly delaysMs: readonly number[];
}

/**
 * Goes from every sample input through every sample event and every timer, breadth first, until no
 * new state and context appears or `bound` of them are known.
 */
export function walk(
  machine: AnyStateMachine,
  { inputs, events }: Samples<AnyStateMachine>,
  bound: number,
): readonly WalkedStep[] {
  const alphabet: readonly EventObject[] = [...events, ...timersOf(machine)];
  const steps: WalkedStep[] = inputs.map((input) => {
    return stepOf({ type: "created" }, undefined, initialTransition(machine, input));
  });
  const known = new Set<string>();
  for (const { after } of steps) {
    if (known.size >= bound) break;
    const key = JSON.stringify([after.value, after.context]);
    if (known.has(key) || after.status !== "active") continue;
    known.add(key);
    for (const event of alphabet) {
      steps.push(stepOf(event, after, transition(machine, after, event)));
    }
  }
  return steps;
}

function stepOf(
  event: EventObject,
  before: AnyMachineSnapshot | undefined,
  [after, actions]: readonly [AnyMachineSnapshot, readonly Effect[]],
): WalkedStep {
  const effects = (type: string, field: string) =>
    actions
      .filter((one) => one.type === type)
      .map(({ params }) => Reflect.get(Object(params), field));
  return {
    event,
    before,
    after,
    emitted: effects("xstate.emit", "event"),
    delaysMs: effects("xstate.raise", "delay").filter((delay) => delay !== undefined),
  };
}

interface Effect {
  readonly type: string;
  readonly params?: unknown;
}

function timersOf(machine: AnyStateMachine): readonly EventObject[] {
  return machine.events
    .filter((type) => type.startsWith("xstate.after."))
    .map((type) => ({ type }));
}
