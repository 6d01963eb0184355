import { type Actor, addressOf } from "./composition.ts";
import type { KernelEvent } from "./kernel-event.ts";
import type { Step, Stepper } from "./stepper.ts";

/** One step; what a machine throws stops the run and names actor, state and event. */
export function stepOf(stepper: Stepper, actor: Actor, before: number, event: KernelEvent): Step {
  try {
    return stepper.step(before, event);
  } catch (error) {
    const state = JSON.stringify(stepper.stateOf(before).value);
    throw failure(error, `${addressOf(actor)} in state ${state}`, event);
  }
}

/** The first state of an actor, which begins to exist for an event. */
export function initialOf(
  stepper: Stepper,
  actor: Actor,
  input: unknown,
  event: KernelEvent,
): Step {
  try {
    return stepper.initial(input);
  } catch (error) {
    throw failure(error, `${addressOf(actor)} in its initial state`, event);
  }
}

function failure(error: unknown, where: string, event: KernelEvent): Error {
  const said = error instanceof Error ? error.message : String(error);
  return new Error(`${where} on ${JSON.stringify(event)}: ${said}`, { cause: error });
}
