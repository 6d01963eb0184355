/** What one copy of a map has changed since another copy was made; undefined is gone. */
interface Layer<V> {
  readonly values: Map<string, V | undefined>;
  /** Keys that were away in between: they come last, whatever is below. */
  readonly returned: Set<string>;
}

/**
 * A map in order of insertion that is copied in constant time. Copies share layers that nobody
 * writes any more, each half as large as the one below it at most; on top each has its own.
 */
export class LayeredMap<V extends object> {
  /** Shared, the lowest first. */
  #below: readonly Layer<V>[];
  #top: Layer<V>;
  #size: number;

  constructor() {
    this.#below = nothingBelow;
    this.#top = newLayer();
    this.#size = 0;
  }

  get size(): number {
    return this.#size;
  }

  get(key: string): V | undefined {
    const { values } = this.#top;
    const value = values.get(key);
    if (value !== undefined || this.#below.length === 0 || values.has(key)) return value;
    return this.#getBelow(key);
  }

  set(key: string, value: V): void {
    const { values, returned } = this.#top;
    if (this.get(key) === undefined) {
      this.#size++;
      if (this.#below.length > 0) {
        values.delete(key);
        returned.add(key);
      }
    }
    values.set(key, value);
  }

  delete(key: string): boolean {
    if (this.get(key) === undefined) return false;
    this.#size--;
    const { values, returned } = this.#top;
    returned.delete(key);
    if (this.#below.length === 0) values.delete(key);
    else values.set(key, undefined);
    return true;
  }

  /** In order of insertion. */
  *entries(): IterableIterator<readonly [string, V]> {
    for (const [key, value] of this.#whole()) if (value !== undefined) yield [key, value];
  }

  /** In order of insertion. */
  values(): V[] {
    const values: V[] = [];
    for (const value of this.#whole().values()) if (value !== undefined) values.push(value);
    return values;
  }

  /** A copy that goes its own way. */
  fork(): LayeredMap<V> {
    if (this.#top.values.size > 0) this.#below = stacked([...this.#below, this.#top]);
    this.#top = newLayer();
    const copy = new LayeredMap<V>();
    copy.#below = this.#below;
    copy.#size = this.#size;
    return copy;
  }

  #getBelow(key: string): V | undefined {
    for (let at = this.#below.length - 1; at >= 0; at--) {
      const values = this.#below[at]?.values;
      const value = values?.get(key);
      if (value !== undefined || values?.has(key) === true) return value;
    }
    return undefined;
  }

  /** Who has to see all of it has a map of its own afterwards. */
  #whole(): Map<string, V | undefined> {
    if (this.#below.length > 0) {
      const values = new Map<string, V | undefined>();
      for (const layer of [...this.#below, this.#top]) lay(layer, values);
      for (const [key, value] of values) if (value === undefined) values.delete(key);
      this.#top = { values, returned: new Set() };
      this.#below = nothingBelow;
    }
    return this.#top.values;
  }
}

function newLayer<V>(): Layer<V> {
  return { values: new Map(), returned: new Set() };
}

/** Layers of like size become one, so that there are few. */
function stacked<V>(layers: readonly Layer<V>[]): readonly Layer<V>[] {
  const kept = [...layers];
  for (;;) {
    const [lower, upper] = kept.slice(-2);
    if (lower === undefined || upper === undefined) return kept;
    if (upper.values.size * 2 < lower.values.size) return kept;
    const isLowest = kept.length === 2;
    kept.splice(-2, 2, merged(lower, upper, isLowest));
  }
}

function merged<V>(lower: Layer<V>, upper: Layer<V>, isLowest: boolean): Layer<V> {
  const values = new Map(lower.values);
  lay(upper, values);
  if (!isLowest) return { values, returned: new Set([...lower.returned, ...upper.returned]) };
  for (const [key, value] of values) if (value === undefined) values.delete(key);
  return { values, returned: new Set() };
}

function lay<V>({ values, returned }: Layer<V>, onto: Map<string, V | undefined>): void {
  for (const [key, value] of values) {
    if (returned.has(key)) onto.delete(key);
    onto.set(key, value);
  }
}

const nothingBelow: readonly never[] = [];
