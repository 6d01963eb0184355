/** A pod that may be tried, and what decides when; plugins/queuesort/priority_sort.go Less. */
export interface ActivePod {
  readonly key: string;
  readonly priority: number;
  readonly timestampMs: number;
  /** Of two that are equal in all else the one that came first. */
  readonly order: number;
}

/** A heap, the first in line on top; entries that hold no more are dropped when they come up. */
export class ActiveQueue {
  readonly #heap: ActivePod[] = [];

  push(pod: ActivePod): void {
    const heap = this.#heap;
    heap.push(pod);
    let at = heap.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(pod, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = pod;
  }

  /** The first one that still waits; undefined when nobody does. */
  first(isWaiting: (pod: ActivePod) => boolean): string | undefined {
    for (let top = this.#heap[0]; top !== undefined; top = this.#heap[0]) {
      if (isWaiting(top)) return top.key;
      this.#drop();
    }
    return undefined;
  }

  #drop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const [one, other] = [heap[left], heap[left + 1]];
      if (one === undefined) break;
      const isOther = other !== undefined && isBefore(other, one);
      const child = isOther ? other : one;
      if (!isBefore(child, last)) break;
      heap[at] = child;
      at = isOther ? left + 1 : left;
    }
    heap[at] = last;
  }
}

function isBefore(one: ActivePod, other: ActivePod): boolean {
  if (one.priority !== other.priority) return one.priority > other.priority;
  if (one.timestampMs !== other.timestampMs) return one.timestampMs < other.timestampMs;
  return one.order < other.order;
}
