/**
 * The states that were seen, by 64 bits of their rows, in a table with open addressing. Two rows of
 * one million share a fingerprint with a chance of 1 to 37 000 000.
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

  /** The number of the state with that row of so many numbers; a new row gets the next number. */
  numberOf(row: Int32Array, length = row.length): number {
    if (this.#size * 2 > this.#states.length) this.#grow();
    const high = hashOf(row, length, 0x9747b28c);
    const low = hashOf(row, length, 0x3c6ef372);
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

/** Murmur3's mixing of 32-bit words. */
function hashOf(row: Int32Array, length: number, seed: number): number {
  let hash = seed;
  for (let at = 0; at < length; at++) {
    let word = Math.imul(row[at] ?? 0, 0xcc9e2d51);
    word = (word << 15) | (word >>> 17);
    hash ^= Math.imul(word, 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  hash ^= length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
