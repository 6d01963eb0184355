import { assert } from "../../machines/assert.ts";
import { DueQueue } from "../clock/due-queue.ts";
import { VirtualClock } from "../clock/virtual-clock.ts";
import type { ActorTable } from "./actor-table.ts";
import type { Actor, Message, Receiver } from "./composition.ts";
import type { Pending } from "./delivery.ts";
import { internEvent } from "./kernel-event.ts";

/** What a copy or a file needs of the mailboxes. */
export interface MailboxParts {
  readonly due: DueQueue<Pending>;
  /** Messages without latency, oldest first. */
  readonly ready: readonly Pending[];
  readonly now: number;
  /** How many entries were ever made; gives each its place among equals. */
  readonly order: number;
  /** Entries that are not periodic: a run ends when there are none. */
  readonly work: number;
}

/** A message without its receiver, with its sender and what it answers. */
export interface Letter extends Omit<Message, "to" | "origin"> {
  readonly from: Actor | undefined;
  readonly origin: Actor | undefined;
  readonly cause: number;
}

/** A message's letter, with the event that stands for all equal ones. */
export function letterIn(
  message: Message,
  from: Actor | undefined,
  origin: Actor | undefined,
  cause: number,
): Letter {
  const { view, detail, delayMs, key, keepsPending, periodic } = message;
  const event = internEvent(message.event);
  return { event, view, detail, delayMs, key, keepsPending, periodic, from, origin, cause };
}

/** What waits to be delivered, for whoever chooses what comes next. */
export interface Ahead {
  /**
   * Each of these may be the next delivery if nothing but time and every link keeps its order: the
   * oldest of each link, and timers, of what is due now or else first.
   */
  heads(): readonly Pending[];
  /** All of it, in the order of `step`. */
  waiting(): readonly Pending[];
  /** How much of it is not periodic. */
  readonly work: number;
}

const compactAfter = 1024;

/**
 * All that waits to be delivered: messages without latency in order of sending, and timers and late
 * messages in order of (due, sending). A link's messages have one latency, so a link is FIFO.
 */
export class Mailboxes implements Ahead {
  readonly #actors: ActorTable;
  readonly #clock: VirtualClock;
  readonly #due: DueQueue<Pending>;
  #ready: Pending[];
  #readyAt = 0;
  #order: number;
  #work: number;

  constructor(actors: ActorTable, parts: MailboxParts = emptyParts()) {
    this.#actors = actors;
    this.#clock = new VirtualClock(parts.now);
    this.#due = parts.due;
    this.#ready = [...parts.ready];
    this.#order = parts.order;
    this.#work = parts.work;
  }

  get now(): number {
    return this.#clock.now();
  }

  get work(): number {
    return this.#work;
  }

  /** When the next delivery happens; undefined when nothing is pending. */
  nextAt(): number | undefined {
    if (this.#readyAt < this.#ready.length) return this.now;
    this.#dropDead();
    return this.#due.peek()?.due;
  }

  /** The next delivery; the clock jumps to its due time. */
  take(): Pending | undefined {
    const pending = this.#takeReady() ?? this.#takeDue();
    if (pending !== undefined && !pending.periodic) this.#work--;
    return pending;
  }

  heads(): readonly Pending[] {
    this.#dropDead();
    const ready = this.#ready.slice(this.#readyAt);
    const atMs = ready.length > 0 ? this.now : this.#due.peek()?.due;
    const due = atMs === undefined ? [] : this.#due.dueAt(atMs);
    return headsOf([...ready, ...due.filter((one) => this.#actors.isLive(one))]);
  }

  /** Takes one of the heads. */
  takeHead(head: Pending): void {
    const at = this.#ready.indexOf(head, this.#readyAt);
    if (at >= 0) this.#ready.splice(at, 1);
    else {
      this.#due.remove(head);
      this.#actors.forget(head);
      this.#clock.jumpTo(head.due);
    }
    if (!head.periodic) this.#work--;
  }

  waiting(): readonly Pending[] {
    const live = this.#due.inOrder().filter((one) => this.#actors.isLive(one));
    return [...this.#ready.slice(this.#readyAt), ...live];
  }

  /** Sends to whom machine and subject name; a place is made for the receiver if it has none. */
  post(to: Receiver, letter: Letter): void {
    this.push(this.#actors.placeOf(to), letter);
  }

  /** Takes what has just been sent, before everything else. */
  takeNewest(): Pending {
    const newest = this.#ready.at(-1);
    assert(newest !== undefined, "what has been sent at once is ready");
    this.takeHead(newest);
    return newest;
  }

  push(to: Actor, letter: Letter): void {
    const { event, view, detail, delayMs = 0, key, periodic = false, from, origin, cause } = letter;
    if (key !== undefined && !this.#makeRoom(to, key, letter.keepsPending === true)) return;
    const seq = ++this.#order;
    const due = this.now + delayMs;
    const pending: Pending = {
      due,
      seq,
      to,
      from,
      origin,
      cause,
      event,
      view,
      detail,
      key,
      periodic,
    };
    if (!periodic) this.#work++;
    if (key !== undefined) this.#actors.remember(pending);
    if (delayMs === 0 && key === undefined) this.#ready.push(pending);
    else this.#due.push(pending);
  }

  cancel(actor: Actor, key: string): void {
    const pending = this.#actors.pendingOf(actor, key);
    if (pending !== undefined) this.#drop(pending);
  }

  /** Ends an actor with its timers; what is on its way to it finds it gone. */
  end(actor: Actor): void {
    for (const pending of this.#actors.end(actor)) if (!pending.periodic) this.#work--;
  }

  skipTo(untilMs: number): void {
    if (untilMs > this.now) this.#clock.jumpTo(untilMs);
  }

  parts(): MailboxParts {
    return {
      due: this.#due.fork(),
      ready: this.#ready.slice(this.#readyAt),
      now: this.now,
      order: this.#order,
      work: this.#work,
    };
  }

  #takeReady(): Pending | undefined {
    const ready = this.#ready[this.#readyAt];
    if (ready === undefined) return undefined;
    this.#readyAt++;
    if (this.#readyAt > compactAfter && this.#readyAt * 2 > this.#ready.length) {
      this.#ready = this.#ready.slice(this.#readyAt);
      this.#readyAt = 0;
    }
    return ready;
  }

  #takeDue(): Pending | undefined {
    this.#dropDead();
    const pending = this.#due.pop();
    if (pending === undefined) return undefined;
    this.#actors.forget(pending);
    this.#clock.jumpTo(pending.due);
    return pending;
  }

  #dropDead(): void {
    for (let next = this.#due.peek(); next !== undefined; next = this.#due.peek()) {
      if (this.#actors.isLive(next)) return;
      this.#due.pop();
    }
  }

  /** Takes the pending entry of that key away; false when it is to stay. */
  #makeRoom(to: Actor, key: string, keepsPending: boolean): boolean {
    const old = this.#actors.pendingOf(to, key);
    if (old === undefined) return true;
    if (!keepsPending) this.#drop(old);
    return !keepsPending;
  }

  #drop(pending: Pending): void {
    this.#actors.forget(pending);
    if (!pending.periodic) this.#work--;
  }
}

/** The oldest of each link; what has a key is a link of its own. */
function headsOf(waiting: readonly Pending[]): readonly Pending[] {
  return waiting.filter((one, index) => {
    if (one.key !== undefined) return true;
    const isSameLink = ({ from, to, key }: Pending) =>
      from === one.from && to === one.to && key === undefined;
    return waiting.findIndex(isSameLink) === index;
  });
}

function emptyParts(): MailboxParts {
  return { due: new DueQueue(), ready: [], now: 0, order: 0, work: 0 };
}
