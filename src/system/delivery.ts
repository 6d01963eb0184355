import type { Due } from "../clock/due-queue.ts";
import { type Actor, addressOf } from "./composition.ts";
import type { Handled, LocalState } from "./effects.ts";
import type { Detail, KernelEvent } from "./kernel-event.ts";

/** A message or timer that waits for its moment. */
export interface Pending extends Due {
  readonly to: Actor;
  readonly from: Actor | undefined;
  readonly origin: Actor | undefined;
  readonly cause: number;
  readonly event: KernelEvent;
  readonly view: string | undefined;
  readonly detail: Detail | undefined;
  /** Timers and superseding messages: the one live entry of that key for the receiver. */
  readonly key: string | undefined;
  readonly periodic: boolean;
}

/** One line of a trace; keys in this order. */
export interface Delivery {
  readonly seq: number;
  /** Virtual milliseconds. */
  readonly at: number;
  readonly from: string | null;
  readonly to: string;
  /** `seq` of the delivery that led to this one; 0 for what came from outside. */
  readonly cause: number;
  readonly event: KernelEvent;
  readonly detail: Detail | null;
  readonly before: LocalState["value"] | null;
  readonly after: LocalState["value"] | null;
  readonly facts: readonly KernelEvent[];
  /** `gone`: the receiver does not exist any more; `handler`: the environment or the API server. */
  readonly handled: Handled | "gone" | "handler";
}

/** What came of a delivery. */
export type Outcome = Pick<Delivery, "before" | "after" | "facts" | "handled">;

/** The line of a delivery that was made then. */
export function deliveryOf(
  { from, to, cause, detail }: Pending,
  event: KernelEvent,
  seq: number,
  at: number,
  { before, after, facts, handled }: Outcome,
): Delivery {
  return {
    seq,
    at,
    from: from === undefined ? null : addressOf(from),
    to: addressOf(to),
    cause,
    event,
    detail: detail ?? null,
    before,
    after,
    facts,
    handled,
  };
}
