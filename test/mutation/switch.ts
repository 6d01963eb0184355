/** What schemata ask: which of their mutants is on. It stands in `globalThis.mutation`. */
export class MutationSwitch {
  /** The number of the mutant; -1: none. */
  on = -1;
  /** Gets a 1 for each mutant that would have done otherwise. */
  seen: Uint8Array | undefined;
  readonly #caches: { clear: () => void }[] = [];

  /** Whether a mutant that is not told by what it makes is on. */
  at(id: number): boolean {
    this.#see(id, true);
    return this.on === id;
  }

  /** A condition, turned round, always true, or never. */
  is(id: number, test: unknown): unknown {
    if (this.seen !== undefined) {
      this.seen[id] = 1;
      this.seen[test ? id + 2 : id + 1] = 1;
    }
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
    if (this.seen !== undefined && isSeen) this.seen[id] = 1;
  }

  /** What modules remember of each other's answers: to be forgotten with another mutant. */
  remember(kind: "Map" | "Set" | "WeakMap" | "WeakSet"): object {
    const cache = makers[kind]();
    this.#caches.push(cache);
    return cache;
  }

  /** Whatever any module has remembered. */
  forget(): void {
    for (const cache of this.#caches) cache.clear();
  }
}

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

/** A weak map or set that can be emptied. */
class WeakCache {
  #values = new WeakMap<object, unknown>();

  get(key: object): unknown {
    return this.#values.get(key);
  }

  has(key: object): boolean {
    return this.#values.has(key);
  }

  set(key: object, value: unknown): this {
    this.#values.set(key, value);
    return this;
  }

  add(key: object): this {
    return this.set(key, true);
  }

  clear(): void {
    this.#values = new WeakMap();
  }
}

const makers = {
  Map: () => new Map<unknown, unknown>(),
  Set: () => new Set<unknown>(),
  WeakMap: () => new WeakCache(),
  WeakSet: () => new WeakCache(),
};
