import { type CacheKind, Caches } from "./caches.ts";

/** Hears of the mutants that would have done otherwise; each once until it begins again. */
export class Noted {
  readonly #at: Uint32Array;
  #turn = 1;
  #ids: number[] = [];

  constructor(mutants: number) {
    this.#at = new Uint32Array(mutants);
  }

  note(id: number): void {
    if (this.#at[id] === this.#turn) return;
    this.#at[id] = this.#turn;
    this.#ids.push(id);
  }

  /** The numbers of those that were noted; begins again. */
  take(): readonly number[] {
    const ids = this.#ids;
    this.#ids = [];
    this.#turn++;
    return ids;
  }
}

/** A function goes round without end. */
export class GoesRound extends Error {}

/** What schemata ask: which of their mutants is on. It stands in `globalThis.mutation`. */
export class MutationSwitch {
  /** The number of the mutant; -1: none. */
  on = -1;
  /** Gets the mutants that would have done otherwise. */
  seen: Noted | undefined;
  readonly caches = new Caches();
  #rounds = 0;

  /** Whether a mutant that is not told by what it makes is on. */
  at(id: number): boolean {
    this.#see(id, true);
    return this.on === id;
  }

  /** A condition, turned round, always true, or never. */
  is(id: number, test: unknown): unknown {
    this.seen?.note(id);
    this.seen?.note(test ? id + 2 : id + 1);
    if (this.on < id || this.on > id + 2) return test;
    return this.on === id ? !test : this.on === id + 1;
  }

  /** A condition, turned round. */
  not(id: number, test: unknown): unknown {
    return this.at(id) ? !test : test;
  }

  /** The condition of a loop, which may be left out. */
  loop(id: number, test: unknown): unknown {
    this.#see(id, test);
    if (this.on >= 0 && ++this.#rounds > mostRounds) throw new GoesRound();
    return this.on === id ? false : test;
  }

  /** `left && right()`, only the left, or only the right. */
  and(id: number, left: unknown, right: () => unknown): unknown {
    if (this.on === id) return left;
    if (this.on === id + 1) return right();
    if (this.seen === undefined) return left && right();
    const value = left && right();
    this.#see(id, value !== left);
    this.#see(id + 1, !left && isOther(value, right));
    return value;
  }

  or(id: number, left: unknown, right: () => unknown): unknown {
    if (this.on === id) return left;
    if (this.on === id + 1) return right();
    if (this.seen === undefined) return left || right();
    const value = left || right();
    this.#see(id, value !== left);
    this.#see(id + 1, left && isOther(value, right));
    return value;
  }

  /** The first of two conditions of which the second comes first instead. */
  swap(id: number, test: unknown, next: () => unknown): unknown {
    if (this.on === id) return test && !next();
    if (this.seen !== undefined && test) this.#see(id, isOther(false, next));
    return test;
  }

  /** A comparison that leaves out the bound where it has it, or has it where it leaves it out. */
  compare(id: number, operator: string, left: number, right: number): boolean {
    this.#see(id, left === right || left >= right === left <= right);
    if (this.on === id) return compared[opposite[operator] ?? operator]?.(left, right) ?? false;
    return compared[operator]?.(left, right) ?? false;
  }

  /** One more. */
  number(id: number, value: number): number {
    return this.at(id) ? value + 1 : value;
  }

  /** A case of a switch that never comes. */
  case(id: number, value: unknown): unknown {
    return this.at(id) ? nothing : value;
  }

  #see(id: number, isSeen: unknown): void {
    if (isSeen) this.seen?.note(id);
  }

  /** A cache of a module. */
  remember(kind: CacheKind, name: string): object {
    return this.caches.make(kind, name);
  }

  /** Forgets whatever any module has remembered. */
  forget(): void {
    this.#rounds = 0;
    this.caches.clear();
  }

  /** What it makes, and the mutants that would have done otherwise meanwhile. */
  watch<T>(by: Noted, make: () => T): readonly [T, readonly number[]] {
    const before = this.seen;
    this.forget();
    by.take();
    this.seen = by;
    try {
      return [make(), by.take()];
    } finally {
      this.seen = before;
      this.forget();
    }
  }
}

/** No function of any system goes round that often in one step. */
const mostRounds = 1_000_000;

declare global {
  var mutation: MutationSwitch;
}

function isOther(value: unknown, other: () => unknown): boolean {
  try {
    return !Object.is(value, other());
  } catch {
    return true;
  }
}

type Compare = (left: number, right: number) => boolean;

const compared: Readonly<Record<string, Compare>> = {
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
};

const opposite: Readonly<Record<string, string>> = { "<": "<=", "<=": "<", ">": ">=", ">=": ">" };

const nothing = Symbol("a case that never comes");
