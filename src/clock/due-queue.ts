/** What a queue orders: by due time, then by the order of setting. */
export interface Due {
  /** Virtual milliseconds. */
  readonly due: number;
  readonly seq: number;
}

/** A binary heap of immutable entries; copying it is one array copy. */
export class DueQueue<T extends Due> {
  readonly #heap: T[];

  constructor(heap: T[] = []) {
    this.#heap = heap;
  }

  get size(): number {
    return this.#heap.length;
  }

  peek(): T | undefined {
    return this.#heap[0];
  }

  push(entry: T): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || before(above, entry)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  pop(): T | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) this.#sink(last);
    return first;
  }

  fork(): DueQueue<T> {
    return new DueQueue(this.#heap.slice());
  }

  /** A queue without the entries that `keep` refuses; a heap's subset is heaped anew. */
  filtered(keep: (entry: T) => boolean): DueQueue<T> {
    const kept = this.#heap.filter(keep).sort((a, b) => a.due - b.due || a.seq - b.seq);
    return new DueQueue(kept);
  }

  /** All entries in order of delivery. */
  inOrder(): T[] {
    return this.#heap.toSorted((a, b) => a.due - b.due || a.seq - b.seq);
  }

  #sink(entry: T): void {
    const heap = this.#heap;
    const end = heap.length;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      let least = heap[child];
      if (least === undefined) break;
      const right = child + 1 < end ? heap[child + 1] : undefined;
      if (right !== undefined && before(right, least)) {
        child++;
        least = right;
      }
      if (before(entry, least)) break;
      heap[at] = least;
      at = child;
    }
    heap[at] = entry;
  }
}

function before(a: Due, b: Due): boolean {
  return a.due < b.due || (a.due === b.due && a.seq < b.seq);
}
