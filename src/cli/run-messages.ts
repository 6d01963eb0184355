import { outside, type SequenceMessage } from "../diagram/sequence.ts";
import type { Delivery } from "../system/delivery.ts";
import { timeText } from "../trace/timeline-text.ts";
import { type PlannedRun, runToEnd } from "./planned-run.ts";

/** Who delivered what to whom in a run, without what changed nothing and led to nothing. */
export function runMessages(run: PlannedRun): readonly SequenceMessage[] {
  const messages: SequenceMessage[] = [];
  run.cluster.observe((delivery) => {
    if (matters(delivery)) messages.push(messageOf(delivery));
  });
  runToEnd(run);
  return messages;
}

function matters({ before, after, facts, handled }: Delivery): boolean {
  if (handled === "handler") return true;
  return facts.length > 0 || JSON.stringify(before) !== JSON.stringify(after);
}

function messageOf({ at, from, to, event, before, after }: Delivery): SequenceMessage {
  const [, delay] = /^xstate\.after\.([^.]+)/.exec(event.type) ?? [];
  const sender = from ?? (delay === undefined ? outside : to);
  const word = delay === undefined ? event.type : `after ${delay}`;
  const isMoved = after !== null && JSON.stringify(before) !== JSON.stringify(after);
  return {
    from: nameOf(sender),
    to: nameOf(to),
    text: `${timeText(at)} ${word}`,
    notes: isMoved ? [stateText(after)] : [],
  };
}

/** `apiserver` of `apiserver/`, which has no subject. */
function nameOf(address: string): string {
  return address.replace(/\/$/, "");
}

/** `Waiting.created`; regions have commas between them. */
function stateText(value: NonNullable<Delivery["after"]>): string {
  if (typeof value === "string") return value;
  return Object.entries(value)
    .map(([key, inner = {}]) => {
      const below = stateText(inner);
      return below === "" ? key : `${key}.${below}`;
    })
    .join(", ");
}
