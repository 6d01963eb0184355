/**
 * Immutable values, each once: equal ones get one number and are one object, part for part. So a
 * state may hold numbers instead of values, and what was compared by identity still is.
 */
export class Values {
  readonly #values: unknown[] = [undefined];
  readonly #byText = new Map<string, number>();
  /** Of the objects that stand for their equals. */
  readonly #ids = new WeakMap<object, number>();
  /** Of objects that something else stands for. */
  readonly #standIns = new WeakMap<object, number>();

  at(id: number): unknown {
    return this.#values[id];
  }

  /** Whether an object was met before, or is none. */
  isKnown(value: unknown): boolean {
    if (typeof value !== "object" || value === null) return true;
    return this.#ids.has(value) || this.#standIns.has(value);
  }

  /**
   * The number of a value; 0 is nothing. A new object that equals one of `others`, as whole or in
   * a part, is another one all the same.
   */
  idOf(value: unknown, others: ReadonlySet<unknown> = nobody): number {
    if (value === undefined) return 0;
    if (typeof value !== "object" || value === null) return this.#idOfText(plainText(value), value);
    const known = this.#ids.get(value) ?? this.#standIns.get(value);
    if (known !== undefined) return known;
    const id = Array.isArray(value)
      ? this.#idOfList(value, others)
      : this.#idOfRecord(value, others);
    if (this.#values[id] !== value) this.#standIns.set(value, id);
    return id;
  }

  /** The object that stands for a value and all that equal it. */
  standing<T>(value: T, others?: ReadonlySet<unknown>): T;
  standing(value: unknown, others?: ReadonlySet<unknown>): unknown {
    return this.#values[this.idOf(value, others)];
  }

  #idOfList(items: readonly unknown[], others: ReadonlySet<unknown>): number {
    const ids = items.map((item) => this.idOf(item, others));
    const isOwn = ids.every((id, at) => this.#values[id] === items[at]);
    const copy = () => ids.map((id) => this.#values[id]);
    return this.#idOfObject(`[${ids.join(",")}`, items, isOwn, copy, others);
  }

  #idOfRecord(value: object, others: ReadonlySet<unknown>): number {
    let text = "{";
    let isOwn = true;
    const entries = Object.entries(value);
    const ids: number[] = [];
    for (const [field, part] of entries) {
      const id = this.idOf(part, others);
      if (this.#values[id] !== part) isOwn = false;
      ids.push(id);
      text += `${field}:${id},`;
    }
    const copy = () => {
      return Object.fromEntries(entries.map(([field], at) => [field, this.#values[ids[at] ?? 0]]));
    };
    return this.#idOfObject(text, value, isOwn, copy, others);
  }

  #idOfObject(
    text: string,
    value: object,
    isOwn: boolean,
    copy: () => object,
    others: ReadonlySet<unknown>,
  ): number {
    let own = text;
    for (;;) {
      const known = this.#byText.get(own);
      if (known === undefined) break;
      if (!others.has(this.#values[known])) return known;
      own = `${own}'`;
    }
    const standing = isOwn ? value : copy();
    const id = this.#idOfText(own, standing);
    this.#ids.set(standing, id);
    return id;
  }

  #idOfText(text: string, value: unknown): number {
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const id = this.#values.length;
    this.#values.push(value);
    this.#byText.set(text, id);
    return id;
  }
}

const nobody: ReadonlySet<unknown> = new Set();

function plainText(value: unknown): string {
  if (typeof value === "string") return `"${value}`;
  // Of the numbers, text does not tell -0 from 0; both are the same to whoever reads them.
  return String(value);
}
