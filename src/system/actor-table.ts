import { type Actor, addressOf, type Subject } from "./composition.ts";
import type { Pending } from "./delivery.ts";

/** The local state of an actor before its first delivery. */
export const notStarted = -1;
const none: readonly Pending[] = [];

/**
 * Every actor's address, local state and keyed pending deliveries (timers, superseding messages).
 * A copy shares the address book until one of the two writes to it.
 */
export class ActorTable {
  #rows: (Actor | undefined)[];
  #indexes: Map<string, number>;
  #locals: Int32Array;
  readonly #keyed: (readonly Pending[])[];
  #free: number[];
  #bookIsShared = false;

  constructor(
    rows: (Actor | undefined)[] = [],
    indexes: Map<string, number> = new Map(),
    locals: Int32Array = new Int32Array(64),
    keyed: (readonly Pending[])[] = [],
    free: number[] = [],
  ) {
    this.#rows = rows;
    this.#indexes = indexes;
    this.#locals = locals;
    this.#keyed = keyed;
    this.#free = free;
  }

  /** The actor of that machine for that subject; a place is made for it if it has none. */
  at(machine: string, subject: Subject): Actor {
    const address = addressOf(machine, subject);
    const index = this.#indexes.get(address);
    const known = index === undefined ? undefined : this.#rows[index];
    return known ?? this.#add(address, machine, subject);
  }

  find(machine: string, subject: Subject): Actor | undefined {
    const index = this.#indexes.get(addressOf(machine, subject));
    return index === undefined ? undefined : this.#rows[index];
  }

  *[Symbol.iterator](): Iterator<Actor> {
    for (const actor of this.#rows) if (actor !== undefined) yield actor;
  }

  get size(): number {
    return this.#indexes.size;
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
    return this.#keyed[actor.index]?.find((pending) => pending.key === key);
  }

  remember(pending: Pending): void {
    this.#keyed[pending.to.index] = [...(this.#keyed[pending.to.index] ?? none), pending];
  }

  forget(pending: Pending): void {
    if (pending.key === undefined) return;
    const kept = this.#keyed[pending.to.index]?.filter((one) => one !== pending) ?? none;
    this.#keyed[pending.to.index] = kept.length === 0 ? none : kept;
  }

  /** Whether a pending delivery has been neither superseded nor cancelled. */
  isLive(pending: Pending): boolean {
    if (pending.key === undefined) return true;
    return this.isActor(pending.to) && (this.#keyed[pending.to.index]?.includes(pending) ?? false);
  }

  /** Ends an actor; returns the keyed deliveries that go with it. */
  end(actor: Actor): readonly Pending[] {
    const pending = this.#keyed[actor.index] ?? none;
    this.#ownBook();
    this.#rows[actor.index] = undefined;
    this.#indexes.delete(actor.address);
    this.#keyed[actor.index] = none;
    this.#locals[actor.index] = notStarted;
    this.#free.push(actor.index);
    return pending;
  }

  fork(): ActorTable {
    this.#bookIsShared = true;
    const copy = new ActorTable(
      this.#rows,
      this.#indexes,
      this.#locals.slice(),
      this.#keyed.slice(),
      this.#free,
    );
    copy.#bookIsShared = true;
    return copy;
  }

  #add(address: string, machine: string, subject: Subject): Actor {
    this.#ownBook();
    const index = this.#free.pop() ?? this.#rows.length;
    const actor: Actor = { index, address, machine, subject };
    this.#rows[index] = actor;
    this.#indexes.set(address, index);
    this.#keyed[index] = none;
    if (index >= this.#locals.length) {
      const larger = new Int32Array(this.#locals.length * 2);
      larger.set(this.#locals);
      this.#locals = larger;
    }
    this.#locals[index] = notStarted;
    return actor;
  }

  #ownBook(): void {
    if (!this.#bookIsShared) return;
    this.#rows = this.#rows.slice();
    this.#indexes = new Map(this.#indexes);
    this.#free = this.#free.slice();
    this.#bookIsShared = false;
  }
}
