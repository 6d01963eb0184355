/**
 * The states that were seen, by 64 bits, in a table with open addressing. Two of
 * one million share them with a chance of 1 to 37 000 000.
 */
export class Fingerprints {
  #highs = new Int32Array(initialSlots);
  #lows = new Int32Array(initialSlots);
  /** The state's number plus 1; 0 is free. */
  #states = new Int32Array(initialSlots);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The number of the state with these halves; a new one gets the next number. */
  numberOf(halves: Int32Array): number {
    const high = halves[0] ?? 0;
    const low = halves[1] ?? 0;
    if (this.#size * 2 > this.#states.length) this.#grow();
    const at = this.#find(high, low);
    const known = this.#states[at] ?? 0;
    if (known > 0) return known - 1;
    this.#highs[at] = high;
    this.#lows[at] = low;
    this.#states[at] = ++this.#size;
    return this.#size - 1;
  }

  #find(high: number, low: number): number {
    const mask = this.#states.length - 1;
    let at = low & mask;
    while (this.#states[at] !== 0 && (this.#highs[at] !== high || this.#lows[at] !== low)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  #grow(): void {
    const [highs, lows, states] = [this.#highs, this.#lows, this.#states];
    this.#highs = new Int32Array(highs.length * 2);
    this.#lows = new Int32Array(highs.length * 2);
    this.#states = new Int32Array(highs.length * 2);
    for (let old = 0; old < states.length; old++) {
      const state = states[old] ?? 0;
      if (state === 0) continue;
      const [high, low] = [highs[old] ?? 0, lows[old] ?? 0];
      const at = this.#find(high, low);
      this.#highs[at] = high;
      this.#lows[at] = low;
      this.#states[at] = state;
    }
  }
}

const initialSlots = 1 << 12;
