/** How many names were generated of each base: the next one follows from that. */
export class NameNumbers {
  #counts: Map<string, number>;
  #isShared = false;

  constructor(counts: Iterable<readonly [string, number]> = []) {
    this.#counts = new Map(counts);
  }

  of(base: string): number {
    return this.#counts.get(base) ?? 0;
  }

  set(base: string, count: number): void {
    if (this.#isShared) this.#counts = new Map(this.#counts);
    this.#isShared = false;
    this.#counts.set(base, count);
  }

  fork(): NameNumbers {
    const copy = new NameNumbers();
    copy.#counts = this.#counts;
    copy.#isShared = true;
    this.#isShared = true;
    return copy;
  }

  save(): readonly (readonly [string, number])[] {
    return [...this.#counts];
  }
}
