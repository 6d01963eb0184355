import { bundled, compositionOutline, type Telling } from "../diagram/composition.ts";
import { mermaid } from "../diagram/mermaid.ts";
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

/** Every machine that told another something, as a diagram, in the order of the first time. */
export function runComposition(run: PlannedRun): string {
  const tellings: Telling[] = [];
  run.cluster.observe((delivery) => tellings.push(tellingOf(delivery)));
  runToEnd(run);
  return mermaid(bundled(compositionOutline(tellings, { id: "run" })));
}

/** A timer is told by whoever has set it. */
function tellingOf({ from, to, event }: Delivery): Telling {
  const [, delay] = /^xstate\.after\.([^.]+)/.exec(event.type) ?? [];
  if (delay === undefined) return { from: from ?? outside, to, event: event.type };
  return { from: from ?? to, to, event: `after ${delay}` };
}

function messageOf(delivery: Delivery): SequenceMessage {
  const { at, before, after } = delivery;
  const { from, to, event } = tellingOf(delivery);
  const isMoved = after !== null && JSON.stringify(before) !== JSON.stringify(after);
  return {
    from: nameOf(from),
    to: nameOf(to),
    text: `${timeText(at)} ${event}`,
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
