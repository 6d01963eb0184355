/** A weak map or set that can be emptied. */
class WeakCache {
  #values = new WeakMap<object, unknown>();
  #isEmpty = true;

  get(key: object): unknown {
    return this.#values.get(key);
  }

  has(key: object): boolean {
    return this.#values.has(key);
  }

  set(key: object, value: unknown): this {
    this.#isEmpty = false;
    this.#values.set(key, value);
    return this;
  }

  add(key: object): this {
    return this.set(key, true);
  }

  clear(): void {
    if (!this.#isEmpty) this.#values = new WeakMap();
    this.#isEmpty = true;
  }
}

export type CacheKind = "Map" | "Set" | "WeakMap" | "WeakSet";

/** What modules remember of each other's answers, so that it can be forgotten. */
export class Caches {
  readonly #all: { clear: () => void }[] = [];
  readonly #kept = new Map<string, object>();

  make(kind: CacheKind, name: string): object {
    if (lasting.has(name)) {
      const own = this.#kept.get(name) ?? new WeakCache();
      this.#kept.set(name, own);
      return own;
    }
    const cache = makers[kind]();
    this.#all.push(cache);
    return cache;
  }

  /** Who answers in the place of a cache that lasts. */
  replace(name: string, by: { get: (key: object) => unknown }): void {
    Object.assign(this.#kept.get(name) ?? {}, by);
  }

  /** Under which of its keys a lasting cache of maps has a value for an object. */
  keyOf(name: string, object: object, value: unknown): string | undefined {
    const cache = this.#kept.get(name);
    const map: unknown = cache instanceof WeakCache ? cache.get(object) : undefined;
    if (!(map instanceof Map)) return undefined;
    const found = [...map].find(([, one]) => one === value);
    return found === undefined ? undefined : String(found[0]);
  }

  clear(): void {
    for (const cache of this.#all) if (!("size" in cache) || cache.size !== 0) cache.clear();
  }
}

/** They hold what machines are stepped by, not answers of functions. */
const lasting: ReadonlySet<string> = new Set(["steppers", "variants"]);

const makers = {
  Map: () => new Map<unknown, unknown>(),
  Set: () => new Set<unknown>(),
  WeakMap: () => new WeakCache(),
  WeakSet: () => new WeakCache(),
};
