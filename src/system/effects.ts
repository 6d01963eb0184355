import { type AnyMachineSnapshot, type AnyTransitionDefinition, getNextTransitions } from "xstate";

import { internEvent, type KernelEvent } from "./kernel-event.ts";

/** What one event did to one actor, and what the actor wants done. */
export interface Effects {
  readonly facts: readonly KernelEvent[];
  readonly timers: readonly TimerEffect[];
  readonly done: boolean;
  readonly handled: Handled;
  /** The chart's branches that were taken, in their order; live actors do not tell them. */
  readonly taken?: readonly AnyTransitionDefinition[];
}

/** A timer that a step set or cancelled. */
export type TimerEffect = SetTimer | { readonly cancel: string };

export interface SetTimer {
  /** The one live timer of that key. */
  readonly set: string;
  readonly fires: KernelEvent;
  /** The delay's name in the chart, or its milliseconds. */
  readonly delay: string;
  readonly delayMs: number;
}

/** Whether a transition ran, a guard said no, or no active state knows the event. */
export type Handled = "taken" | "refused" | "unknown";

/** A local state as JSON. */
export interface LocalState {
  readonly value: AnyMachineSnapshot["value"];
  readonly context: unknown;
  readonly status: AnyMachineSnapshot["status"];
}

/** What the snapshot will make of the event. */
export function handling(before: AnyMachineSnapshot, event: KernelEvent): Handled {
  if (before.can(event)) return "taken";
  const known = getNextTransitions(before).some((one) => matches(one.eventType, event.type));
  return known ? "refused" : "unknown";
}

/** The timer behind an `after`, whose event XState names `xstate.after.<delay>.<state>`. */
export function timerOf(event: KernelEvent, delayMs: number): SetTimer {
  const fires = internEvent(event);
  return { set: event.type, fires, delay: event.type.split(".")[2] ?? "", delayMs };
}

/** An action's params when it is a `raise`, which sets a timer if it has a delay. */
export function isRaise(
  params: unknown,
): params is { readonly event: KernelEvent; readonly delay?: number } {
  return typeof params === "object" && params !== null && "event" in params;
}

function matches(descriptor: string, type: string): boolean {
  if (descriptor === type || descriptor === "*") return true;
  return descriptor.endsWith(".*") && type.startsWith(descriptor.slice(0, -1));
}
