/**
 * Of how many states somebody else's functions are asked at once: of one at first, of more as long
 * as that is quick, and of fewer when it is not, so that one that takes its time is not ended for
 * all of them together.
 */
export class Pace {
  #states = 1;

  get states(): number {
    return this.#states;
  }

  /** How long it took for as many. */
  took(elapsedMs: number): void {
    if (elapsedMs < quickMs) this.#states = Math.min(this.#states * 2, mostStates);
    else if (elapsedMs > slowMs) this.#states = Math.max(Math.floor(this.#states / 4), 1);
  }
}

const mostStates = 64;
const quickMs = 100;
const slowMs = 500;
