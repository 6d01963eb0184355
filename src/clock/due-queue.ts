/** What a queue orders: by due time, then by the order of setting. */
export interface Due {
  /** Virtual milliseconds. */
  readonly due: number;
  readonly seq: number;
}

/**
 * A heap of immutable entries in which each node has four children: half as deep as a binary one,
 * and the times it compares lie beside each other. Copying it is a few array copies.
 */
export class DueQueue<T extends Due> {
  readonly #dues: number[];
  readonly #entries: T[];

  constructor(dues: number[] = [], entries: T[] = []) {
    this.#dues = dues;
    this.#entries = entries;
  }

  get size(): number {
    return this.#entries.length;
  }

  peek(): T | undefined {
    return this.#entries[0];
  }

  push(entry: T): void {
    this.#entries.push(entry);
    this.#dues.push(entry.due);
    this.#raise(entry, this.#entries.length - 1);
  }

  pop(): T | undefined {
    const first = this.#entries[0];
    const last = this.#entries.pop();
    this.#dues.pop();
    if (last !== undefined && this.#entries.length > 0) this.#sink(last, 0);
    return first;
  }

  /** Takes an entry out, wherever it stands; nothing happens when it is not there. */
  remove(entry: T): void {
    const at = this.#entries.indexOf(entry);
    if (at < 0) return;
    const last = this.#entries.pop();
    this.#dues.pop();
    if (last === undefined || last === entry) return;
    if (at > 0 && this.#isBefore(last, (at - 1) >> 2)) this.#raise(last, at);
    else this.#sink(last, at);
  }

  /** All that is due then, in order of setting. */
  dueAt(dueMs: number): T[] {
    const due = this.#entries.filter((_, at) => this.#dues[at] === dueMs);
    return due.toSorted((a, b) => a.seq - b.seq);
  }

  fork(): DueQueue<T> {
    return new DueQueue(this.#dues.slice(), this.#entries.slice());
  }

  /** All entries in order of delivery. */
  inOrder(): T[] {
    return this.#entries.toSorted((a, b) => a.due - b.due || a.seq - b.seq);
  }

  #raise(entry: T, from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 2;
      if (!this.#isBefore(entry, parent)) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#put(entry, at);
  }

  #sink(entry: T, from: number): void {
    const end = this.#entries.length;
    let at = from;
    for (;;) {
      const child = this.#leastChild(at, end);
      if (child === undefined || this.#isBefore(entry, child)) break;
      this.#move(child, at);
      at = child;
    }
    this.#put(entry, at);
  }

  #leastChild(at: number, end: number): number | undefined {
    const first = 4 * at + 1;
    if (first >= end) return undefined;
    const dues = this.#dues;
    const last = Math.min(first + 3, end - 1);
    let least = first;
    let leastDue = dues[first] ?? 0;
    for (let child = first + 1; child <= last; child++) {
      const due = dues[child] ?? 0;
      if (due > leastDue || (due === leastDue && !this.#isEarlier(child, least))) continue;
      least = child;
      leastDue = due;
    }
    return least;
  }

  #isBefore(entry: T, other: number): boolean {
    const otherDue = this.#dues[other] ?? 0;
    if (entry.due !== otherDue) return entry.due < otherDue;
    return entry.seq < (this.#entries[other]?.seq ?? 0);
  }

  /** Of two with the same due time. */
  #isEarlier(one: number, other: number): boolean {
    return (this.#entries[one]?.seq ?? 0) < (this.#entries[other]?.seq ?? 0);
  }

  #move(from: number, to: number): void {
    const entry = this.#entries[from];
    if (entry === undefined) return;
    this.#entries[to] = entry;
    this.#dues[to] = this.#dues[from] ?? 0;
  }

  #put(entry: T, at: number): void {
    this.#entries[at] = entry;
    this.#dues[at] = entry.due;
  }
}
