import type { AnyStateMachine } from "xstate";

import type { ActorTable } from "./actor-table.ts";
import { type Actor, addressOf } from "./composition.ts";
import type { Effects, LocalState } from "./effects.ts";
import type { KernelEvent } from "./kernel-event.ts";
import type { Mailboxes } from "./mailbox.ts";

/**
 * Who makes the steps of a system's machines: a memo of pure steps, or live XState actors. All else
 * (mailboxes, routes, choices, clock and timers) is the system's own.
 */
export interface Executor {
  isBegun(actor: Actor): boolean;
  /** The first state of an actor, which begins to exist for an event. */
  begin(actor: Actor, machine: AnyStateMachine, input: unknown, event: KernelEvent): Effects;
  step(actor: Actor, machine: AnyStateMachine, event: KernelEvent): Effects;
  /** Undefined for an actor that has not begun. */
  stateOf(actor: Actor, machine: AnyStateMachine): LocalState | undefined;
  /** Called when an actor has ended, by itself or not. */
  end(actor: Actor): void;
  /** For a copy of the system. */
  fork(actors: ActorTable): Executor;
}

/** Instead of a system's own: who makes its steps, and where what it sends goes. */
export interface Hosts {
  readonly executor?: Executor | undefined;
  readonly mailboxes?: Mailboxes;
}

/** What stops the run when a machine throws; without a state it was about to begin. */
export function failure(
  error: unknown,
  actor: Actor,
  value: LocalState["value"] | undefined,
  event: KernelEvent,
): Error {
  const state = value === undefined ? "its initial state" : `state ${JSON.stringify(value)}`;
  const said = error instanceof Error ? error.message : String(error);
  const text = `${addressOf(actor)} in ${state} on ${JSON.stringify(event)}: ${said}`;
  return new Error(text, { cause: error });
}
