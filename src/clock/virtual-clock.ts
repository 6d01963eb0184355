import { assert } from "../../machines/assert.ts";

/** The only time there is: milliseconds since the start, moved from due time to due time. */
export class VirtualClock {
  #now: number;

  constructor(nowMs = 0) {
    this.#now = nowMs;
  }

  now(): number {
    return this.#now;
  }

  jumpTo(dueMs: number): void {
    assert(dueMs >= this.#now, "time never runs backwards");
    this.#now = dueMs;
  }
}
