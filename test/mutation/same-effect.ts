import type { Look, Question } from "../../src/explore/memo/footprint.ts";
import type { PendingOperation } from "../../src/explore/memo/letters.ts";
import type { Effect } from "../../src/explore/memo/memo-tree.ts";

/** Whether two steps of one state lead to the same state, by the same answers and Events. */
export function isSameEffect(one: Effect, other: Effect): boolean {
  return (
    one.isRestrained === other.isRestrained &&
    areSame(one.picks, other.picks) &&
    areSame(one.events, other.events) &&
    one.operations.length === other.operations.length &&
    one.operations.every((operation, at) => isSameOperation(operation, other.operations[at])) &&
    one.questions.every((question, at) => isSameQuestion(question, other.questions[at])) &&
    areSameWrites(one, other)
  );
}

/** Whether a step that found the same at the second's looks would find the same at the first's. */
export function areWithin(looks: readonly Look[], others: readonly Look[]): boolean {
  const known = new Set(others.map(placeOf));
  return looks.every((look) => {
    if ("question" in look) return true;
    return known.has(placeOf(look)) || known.has(placeOf({ slot: look.slot, value: 0 }));
  });
}

const partNumbers = new WeakMap<object, number>();
let parts = 0;

function placeOf(look: Look): string {
  if ("question" in look) return "";
  const { slot, part } = look;
  if (part === undefined) return String(slot);
  const number = partNumbers.get(part) ?? ++parts;
  partNumbers.set(part, number);
  return `${slot} ${number}`;
}

function areSameWrites(one: Effect, other: Effect): boolean {
  if (one.writes.length !== other.writes.length) return false;
  if (one.parts.length !== other.parts.length) return false;
  const slots = new Map<number, number>();
  for (let at = 0; at < one.writes.length; at += 2) {
    slots.set(one.writes[at] ?? -1, one.writes[at + 1] ?? -1);
  }
  for (let at = 0; at < other.writes.length; at += 2) {
    if (slots.get(other.writes[at] ?? -1) !== other.writes[at + 1]) return false;
  }
  const named = new Map(one.parts.map(({ slot, name, value }) => [`${slot} ${name}`, value]));
  return other.parts.every(({ slot, name, value }) => named.get(`${slot} ${name}`) === value);
}

function isSameOperation(one: PendingOperation, other: PendingOperation | undefined): boolean {
  if (other === undefined) return false;
  if ("push" in one) {
    if (!("push" in other)) return false;
    const { push, delayMs, keepsPending } = one;
    const isSamePush = push === other.push && delayMs === other.delayMs;
    return isSamePush && keepsPending === other.keepsPending;
  }
  if ("cancel" in one) return "cancel" in other && one.cancel === other.cancel;
  return "end" in other && one.end === other.end;
}

function isSameQuestion(one: Question, other: Question | undefined): boolean {
  if (other === undefined || one.name !== other.name || one.about !== other.about) return false;
  return areSame(one.alternatives, other.alternatives);
}

function areSame<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((item, at) => item === other[at]);
}
