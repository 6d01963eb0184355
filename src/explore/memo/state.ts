import type { KubeObject } from "../../../machines/api/meta.ts";
import type { Contents } from "./contents.ts";
import type { Letters, PendingOperation, Place, Template } from "./letters.ts";
import type { Effect } from "./memo-tree.ts";

/** A cluster somewhere in its life as numbers, written over from one state to the next. */
export class State {
  /** Virtual milliseconds. */
  now = 0;
  slots = new Int32Array(256);
  /** Messages without latency, oldest first. */
  ready: Template[] = [];
  /** Timers and late messages, by what is due first, then by which was set first. */
  due: Template[] = [];
  dueAt: number[] = [];

  copyFrom(other: State): void {
    this.now = other.now;
    if (this.slots.length < other.slots.length) this.slots = other.slots.slice();
    else {
      this.slots.set(other.slots);
      this.slots.fill(0, other.slots.length);
    }
    copyList(other.ready, this.ready);
    copyList(other.due, this.due);
    copyList(other.dueAt, this.dueAt);
  }

  /** How much of what waits is not periodic. */
  get work(): number {
    let work = 0;
    for (const { periodic } of this.ready) if (!periodic) work++;
    for (const { periodic } of this.due) if (!periodic) work++;
    return work;
  }

  /** When the next delivery happens; undefined when nothing is pending. */
  get nextAt(): number | undefined {
    return this.ready.length > 0 ? this.now : this.dueAt[0];
  }

  /** What waits there: messages first, then what is due. */
  at(place: number): Template | undefined {
    const { ready } = this;
    return place < ready.length ? ready[place] : this.due[place - ready.length];
  }

  /** When that is delivered. */
  dueOf(place: number): number {
    const { ready, now } = this;
    return place < ready.length ? now : (this.dueAt[place - ready.length] ?? now);
  }

  /** Takes it away to be delivered; the clock moves there. */
  take(place: number): void {
    const { ready } = this;
    if (place < ready.length) return removeAt(ready, place);
    this.now = this.dueOf(place);
    removeAt(this.due, place - ready.length);
    removeAt(this.dueAt, place - ready.length);
  }

  apply({ writes, parts, operations }: Effect, letters: Letters, contents: Contents): void {
    for (let at = 0; at < writes.length; at += 2) this.set(writes[at] ?? 0, writes[at + 1] ?? 0);
    for (const { slot, name, value } of parts) {
      this.set(slot, contents.withPart(slot, this.slots[slot] ?? 0, name, value));
    }
    for (const one of operations) this.#operate(one, letters);
  }

  set(slot: number, value: number): void {
    if (slot >= this.slots.length) {
      const longer = new Int32Array(Math.max(this.slots.length * 2, slot + 1));
      longer.set(this.slots);
      this.slots = longer;
    }
    this.slots[slot] = value;
  }

  /** All of it in as little room as possible; the first so many slots are all that are used. */
  packed(slots: number): Int32Array {
    const { ready, due, dueAt } = this;
    const used = Math.min(slots, this.slots.length);
    const packed = new Int32Array(3 + used + ready.length + 2 * due.length);
    packed[0] = this.now;
    packed[1] = used;
    packed[2] = ready.length;
    packed.set(this.slots.subarray(0, used), 3);
    let at = 3 + used;
    for (const { id } of ready) packed[at++] = id;
    for (const { id } of due) packed[at++] = id;
    for (const one of dueAt) packed[at++] = one;
    return packed;
  }

  unpack(packed: Int32Array, letters: Letters): void {
    const [now = 0, used = 0, messages = 0] = packed;
    this.now = now;
    if (this.slots.length < used) this.slots = new Int32Array(used * 2);
    this.slots.fill(0, used);
    this.slots.set(packed.subarray(3, 3 + used));
    const first = 3 + used;
    const timers = (packed.length - first - messages) / 2;
    cutTo(this.ready, messages);
    cutTo(this.due, timers);
    cutTo(this.dueAt, timers);
    const templateAt = (at: number) => letters.template(packed[first + at] ?? 0);
    for (let nth = 0; nth < messages; nth++) this.ready[nth] = templateAt(nth);
    for (let nth = 0; nth < timers; nth++) {
      this.due[nth] = templateAt(messages + nth);
      this.dueAt[nth] = packed[first + messages + timers + nth] ?? 0;
    }
  }

  #operate(operation: PendingOperation, letters: Letters): void {
    if ("push" in operation) this.#push(operation.push, operation.delayMs, operation.keepsPending);
    else if ("cancel" in operation) this.#cancel(operation.cancel);
    else this.#end(operation.end, letters);
  }

  #push(template: Template, delayMs: number, keepsPending: boolean): void {
    const { keyId } = template;
    if (keyId !== 0) {
      if (keepsPending && this.due.some((one) => one.keyId === keyId)) return;
      this.#cancel(keyId);
    } else if (delayMs === 0) return void this.ready.push(template);
    const due = this.now + delayMs;
    let at = this.due.length;
    while (at > 0 && (this.dueAt[at - 1] ?? 0) > due) at--;
    this.due.splice(at, 0, template);
    this.dueAt.splice(at, 0, due);
  }

  #cancel(keyId: number): void {
    for (let at = this.due.length - 1; at >= 0; at--) {
      if (this.due[at]?.keyId !== keyId) continue;
      removeAt(this.due, at);
      removeAt(this.dueAt, at);
      return;
    }
  }

  /** Its timers end with it; what is on its way to it will find it gone. */
  #end(place: Place, letters: Letters): void {
    for (let at = this.due.length - 1; at >= 0; at--) {
      const one = this.due[at];
      if (one === undefined || one.to !== place || one.isGone) continue;
      if (one.keyId === 0) this.due[at] = letters.goneOf(one);
      else {
        removeAt(this.due, at);
        removeAt(this.dueAt, at);
      }
    }
    for (const [at, one] of this.ready.entries()) {
      if (one.to === place) this.ready[at] = letters.goneOf(one);
    }
  }
}

/** A state as somebody from outside may look at it, before the search goes on. */
export interface SeenState {
  /** Virtual milliseconds. */
  readonly now: number;
  /** All API objects, kind by kind; Events are left out. */
  objects(): readonly KubeObject[];
}

function copyList<T>(from: readonly T[], to: T[]): void {
  cutTo(to, from.length);
  for (let at = 0; at < from.length; at++) {
    const one = from[at];
    if (one !== undefined) to[at] = one;
  }
}

/** Setting a length costs more, and most lists are hardly longer. */
function cutTo(list: unknown[], length: number): void {
  while (list.length > length) list.pop();
}

function removeAt<T>(list: T[], at: number): void {
  for (let next = at + 1; next < list.length; next++) {
    const one = list[next];
    if (one !== undefined) list[next - 1] = one;
  }
  list.pop();
}
