import { AddressBook, hashOf } from "./address-book.ts";
import type { Actor, Receiver, Subject } from "./composition.ts";
import type { Pending } from "./delivery.ts";

/** The local state of an actor before its first delivery. */
export const notStarted = -1;

/** An actor's keyed deliveries; the one that most actors have stands alone. */
type Keyed = Pending | readonly Pending[] | undefined;

/**
 * Every actor's place, local state and keyed pending deliveries (timers, superseding messages). A
 * copy shares the rows and the address book until one of the two writes to them.
 */
export class ActorTable {
  #rows: (Actor | undefined)[];
  #book: AddressBook;
  #locals: Int32Array;
  readonly #keyed: Keyed[];
  #free: number[];
  #isShared = false;

  constructor(
    rows: (Actor | undefined)[] = [],
    book: AddressBook = new AddressBook(),
    locals: Int32Array = new Int32Array(64),
    keyed: Keyed[] = [],
    free: number[] = [],
  ) {
    this.#rows = rows;
    this.#book = book;
    this.#locals = locals;
    this.#keyed = keyed;
    this.#free = free;
  }

  /** The actor of that machine for that subject; a place is made for it if it has none. */
  at(machine: string, subject: Subject): Actor {
    const hash = hashOf(machine, subject);
    return this.#book.find(this.#rows, machine, subject, hash) ?? this.#add(machine, subject, hash);
  }

  /** The same for a receiver, which may be the actor itself. */
  placeOf(receiver: Receiver | Actor): Actor {
    if ("index" in receiver && this.isActor(receiver)) return receiver;
    return this.at(receiver.machine, receiver.subject);
  }

  find(machine: string, subject: Subject): Actor | undefined {
    return this.#book.find(this.#rows, machine, subject, hashOf(machine, subject));
  }

  *[Symbol.iterator](): Iterator<Actor> {
    for (const actor of this.#rows) if (actor !== undefined) yield actor;
  }

  get size(): number {
    return this.#rows.length - this.#free.length;
  }

  isActor(actor: Actor): boolean {
    return this.#rows[actor.index] === actor;
  }

  /** The interned local state; −1 before the first delivery. */
  localOf(actor: Actor): number {
    return this.#locals[actor.index] ?? notStarted;
  }

  setLocal(actor: Actor, local: number): void {
    this.#locals[actor.index] = local;
  }

  pendingOf(actor: Actor, key: string): Pending | undefined {
    const keyed = this.#keyed[actor.index];
    if (keyed === undefined) return undefined;
    if (!isSeveral(keyed)) return keyed.key === key ? keyed : undefined;
    return keyed.find((pending) => pending.key === key);
  }

  remember(pending: Pending): void {
    const { index } = pending.to;
    const keyed = this.#keyed[index];
    this.#keyed[index] = keyed === undefined ? pending : [...listOf(keyed), pending];
  }

  forget(pending: Pending): void {
    if (pending.key === undefined) return;
    const { index } = pending.to;
    const keyed = this.#keyed[index];
    if (keyed === pending) this.#keyed[index] = undefined;
    else if (keyed !== undefined && isSeveral(keyed)) {
      const kept = keyed.filter((one) => one !== pending);
      this.#keyed[index] = kept.length === 1 ? kept[0] : kept;
    }
  }

  /** Whether a pending delivery has been neither superseded nor cancelled. */
  isLive(pending: Pending): boolean {
    if (pending.key === undefined) return true;
    const keyed = this.#keyed[pending.to.index];
    return keyed === pending || (keyed !== undefined && listOf(keyed).includes(pending));
  }

  /** Ends an actor; returns the keyed deliveries that go with it. */
  end(actor: Actor): readonly Pending[] {
    const pending = listOf(this.#keyed[actor.index]);
    this.#ownRows();
    this.#rows[actor.index] = undefined;
    this.#book.remove(actor.index);
    this.#keyed[actor.index] = undefined;
    this.#locals[actor.index] = notStarted;
    this.#free.push(actor.index);
    return pending;
  }

  fork(): ActorTable {
    const [rows, book, free] = [this.#rows, this.#book, this.#free];
    const copy = new ActorTable(rows, book, this.#locals.slice(), this.#keyed.slice(), free);
    for (const one of [this, copy]) one.#isShared = true;
    return copy;
  }

  #add(machine: string, subject: Subject, hash: number): Actor {
    this.#ownRows();
    const index = this.#free.pop() ?? this.#rows.length;
    const actor: Actor = { index, machine, subject };
    this.#rows[index] = actor;
    this.#book.add(index, hash);
    this.#keyed[index] = undefined;
    if (index >= this.#locals.length) {
      const larger = new Int32Array(this.#locals.length * 2);
      larger.set(this.#locals);
      this.#locals = larger;
    }
    this.#locals[index] = notStarted;
    return actor;
  }

  #ownRows(): void {
    if (!this.#isShared) return;
    this.#rows = this.#rows.slice();
    this.#free = this.#free.slice();
    this.#book = this.#book.fork();
    this.#isShared = false;
  }
}

function isSeveral(keyed: Pending | readonly Pending[]): keyed is readonly Pending[] {
  return Array.isArray(keyed);
}

function listOf(keyed: Keyed): readonly Pending[] {
  if (keyed === undefined) return [];
  return isSeveral(keyed) ? keyed : [keyed];
}
