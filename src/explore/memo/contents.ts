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

  kindAt(content: number): Slots["kinds"][number] | undefined {
    return this.#slots.kinds[this.slotAt(content)];
  }

  labelAt(content: number): string {
    return this.#slots.labels[this.slotAt(content)] ?? "";
  }
}
