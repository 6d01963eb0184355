import type { Part } from "./parts.ts";
import type { Print } from "./print.ts";

/**
 * What stands in the slots of the state that was looked at last. States that are looked at one
 * after the other differ in few slots, so only these are reckoned anew; but parts with holes mean
 * something else in each state, and are told anew each time.
 */
export class Standing {
  readonly #partAt: (slot: number, value: number) => Part | null;
  #values = new Int32Array(256);
  /** Of all parts without holes. */
  #first = 0;
  #second = 0;
  /** The slots of those with holes, in order. */
  readonly #slots: number[] = [];
  readonly #parts: Part[] = [];

  /** `partAt`: null for what does not count. */
  constructor(partAt: (slot: number, value: number) => Part | null) {
    this.#partAt = partAt;
  }

  /** Tells what stands in the first so many slots. */
  addTo(print: Print, slots: Int32Array, size: number): void {
    if (size > this.#values.length) this.#grow(size);
    const values = this.#values;
    for (let slot = 0; slot < size; slot++) {
      const [value, before] = [slots[slot] ?? 0, values[slot] ?? 0];
      if (value === before) continue;
      values[slot] = value;
      if (before !== 0) this.#remove(slot, this.#partAt(slot, before));
      if (value !== 0) this.#add(slot, this.#partAt(slot, value));
    }
    print.addSums(this.#first, this.#second);
    for (const part of this.#parts) print.addPart(part);
  }

  #add(slot: number, part: Part | null): void {
    if (part === null) return;
    if (part.from === part.to) {
      this.#first = (this.#first + part.first) | 0;
      this.#second = (this.#second + part.second) | 0;
      return;
    }
    let at = this.#slots.length;
    while (at > 0 && (this.#slots[at - 1] ?? 0) > slot) at--;
    this.#slots.splice(at, 0, slot);
    this.#parts.splice(at, 0, part);
  }

  #remove(slot: number, part: Part | null): void {
    if (part === null) return;
    if (part.from === part.to) {
      this.#first = (this.#first - part.first) | 0;
      this.#second = (this.#second - part.second) | 0;
      return;
    }
    const at = this.#slots.indexOf(slot);
    this.#slots.splice(at, 1);
    this.#parts.splice(at, 1);
  }

  #grow(size: number): void {
    const values = new Int32Array(size * 2);
    values.set(this.#values);
    this.#values = values;
  }
}
