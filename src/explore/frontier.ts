/** A state that waits to be gone on from. */
export interface Waiting {
  readonly state: number;
  readonly packed: Int32Array;
  /** How many steps ago something in it was new. */
  readonly staleFor: number;
}

/** The states that wait, the oldest or the newest of them next. */
export class Frontier {
  readonly #isDepthFirst: boolean;
  #waiting: (Waiting | undefined)[] = [];
  /** Those before it have been gone on from. */
  #first = 0;

  constructor(isDepthFirst: boolean) {
    this.#isDepthFirst = isDepthFirst;
  }

  get size(): number {
    return this.#waiting.length - this.#first;
  }

  add(waiting: Waiting): void {
    this.#waiting.push(waiting);
  }

  take(): Waiting | undefined {
    if (this.#isDepthFirst) return this.#waiting.pop();
    const next = this.#waiting[this.#first];
    if (next === undefined) return undefined;
    this.#waiting[this.#first] = undefined;
    this.#first++;
    if (this.#first > 4096 && this.#first * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#first);
      this.#first = 0;
    }
    return next;
  }

  states(): readonly number[] {
    return this.#waiting.slice(this.#first).flatMap((one) => one?.state ?? []);
  }
}
