import type { Slots } from "./slots.ts";
import { Values } from "./values.ts";

/**
 * What may stand in slots: a number for each pair of a slot and a value, so that all that is ever
 * worked out about a value in its slot is found by one number. 0 is nothing.
 */
export class Contents {
  readonly values = new Values();
  readonly #slots: Slots;
  /** By number. */
  readonly #slotOf: number[] = [0];
  readonly #valueOf: number[] = [0];
  /** By slot and value. */
  readonly #numbers: Map<number, number>[] = [];
  readonly #parts = new Map<string, ContentPart>();
  /** By content, value and name. */
  readonly #changed = new Map<string, number>();

  constructor(slots: Slots) {
    this.#slots = slots;
  }

  /** How many there are, 0 included. */
  get size(): number {
    return this.#slotOf.length;
  }

  /** The value; undefined for 0. */
  at(content: number): unknown {
    return this.values.at(this.#valueOf[content] ?? 0);
  }

  /** The number of the value, which is the same in every slot. */
  valueIdAt(content: number): number {
    return this.#valueOf[content] ?? 0;
  }

  slotAt(content: number): number {
    return this.#slotOf[content] ?? 0;
  }

  /** `others`: what a new value must not be taken for. */
  numberOf(slot: number, value: unknown, others?: ReadonlySet<unknown>): number {
    const id = this.values.idOf(value, others);
    if (id === 0) return 0;
    const byValue = (this.#numbers[slot] ??= new Map<number, number>());
    let number = byValue.get(id);
    if (number === undefined) {
      number = this.#slotOf.push(slot) - 1;
      this.#valueOf.push(id);
      byValue.set(id, number);
    }
    return number;
  }

  /** What of contents stands under that name. */
  partNamed(name: string): ContentPart {
    let part = this.#parts.get(name);
    if (part === undefined) {
      part = new ContentPart(this, name);
      this.#parts.set(name, part);
    }
    return part;
  }

  /** The content of the same slot with another value under one name. */
  withPart(slot: number, content: number, name: string, value: number): number {
    const key = `${content} ${value} ${name}`;
    let changed = this.#changed.get(key);
    if (changed === undefined) {
      const before = this.at(content);
      const record = typeof before === "object" && before !== null ? before : {};
      changed = this.numberOf(slot, { ...record, [name]: this.values.at(value) });
      this.#changed.set(key, changed);
    }
    return changed;
  }

  kindAt(content: number): Slots["kinds"][number] | undefined {
    return this.#slots.kinds[this.slotAt(content)];
  }

  labelAt(content: number): string {
    return this.#slots.labels[this.slotAt(content)] ?? "";
  }
}

/** The values that contents have under one name, or with no name the list of their names. */
export class ContentPart {
  readonly #contents: Contents;
  readonly #name: string;
  /** By content. */
  readonly #ids: number[] = [];

  constructor(contents: Contents, name: string) {
    this.#contents = contents;
    this.#name = name;
  }

  /** The number of the value; 0 where there is none. */
  of(content: number): number {
    return this.#ids[content] ?? this.#find(content);
  }

  #find(content: number): number {
    const whole = this.#contents.at(content);
    const { values } = this.#contents;
    let id = 0;
    if (typeof whole === "object" && whole !== null) {
      const part = this.#name === "" ? Object.keys(whole) : Reflect.get(whole, this.#name);
      id = values.idOf(part);
    }
    this.#ids[content] = id;
    return id;
  }
}
