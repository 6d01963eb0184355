import { mixed } from "./mixing.ts";

/**
 * Which places of a state hold the same name or time, whatever that is: a sum of the places' hashes
 * for each of them. Emptied at once, because all that is from before counts as nothing.
 */
export class Groups {
  /** By number: both halves of the sum, and when it was begun. */
  #firsts = new Int32Array(1024);
  #seconds = new Int32Array(1024);
  #begun = new Int32Array(1024);
  #round = 1;
  /** The numbers that there are, and a time of each; what is behind them is of before. */
  readonly #numbers: number[] = [];
  readonly #times: number[] = [];
  #count = 0;

  forget(): void {
    this.#round++;
    this.#count = 0;
  }

  /** `time`: for what is asked in order. */
  add(number: number, first: number, second: number, time = 0): void {
    if (number >= this.#begun.length) this.#grow(number);
    if (this.#begun[number] !== this.#round) {
      this.#begun[number] = this.#round;
      this.#firsts[number] = 0;
      this.#seconds[number] = 0;
      this.#insert(number, time);
    }
    this.#firsts[number] = (this.#firsts[number] ?? 0) + first;
    this.#seconds[number] = (this.#seconds[number] ?? 0) + second;
  }

  addTo(halves: Int32Array): void {
    for (let at = 0; at < this.#count; at++) {
      const number = this.#numbers[at] ?? 0;
      halves[0] = (halves[0] ?? 0) + mixed(this.#firsts[number] ?? 0);
      halves[1] = (halves[1] ?? 0) + mixed(this.#seconds[number] ?? 0);
    }
  }

  /** The same with the order of their times. */
  addInOrderTo(halves: Int32Array): void {
    let [first, second] = [0, 0];
    for (let at = 0; at < this.#count; at++) {
      const number = this.#numbers[at] ?? 0;
      first = mixed(Math.imul(first, 31) + (this.#firsts[number] ?? 0));
      second = mixed(Math.imul(second, 37) + (this.#seconds[number] ?? 0));
    }
    halves[0] = (halves[0] ?? 0) + first;
    halves[1] = (halves[1] ?? 0) + second;
  }

  /** Before all that are later. */
  #insert(number: number, time: number): void {
    const [numbers, times] = [this.#numbers, this.#times];
    let at = this.#count++;
    for (; at > 0 && (times[at - 1] ?? 0) > time; at--) {
      numbers[at] = numbers[at - 1] ?? 0;
      times[at] = times[at - 1] ?? 0;
    }
    numbers[at] = number;
    times[at] = time;
  }

  #grow(number: number): void {
    const size = Math.max(this.#begun.length * 2, number + 1);
    const [firsts, seconds, begun] = [this.#firsts, this.#seconds, this.#begun];
    this.#firsts = new Int32Array(size);
    this.#seconds = new Int32Array(size);
    this.#begun = new Int32Array(size);
    this.#firsts.set(firsts);
    this.#seconds.set(seconds);
    this.#begun.set(begun);
  }
}
