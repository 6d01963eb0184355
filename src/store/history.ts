import { revisionOf, type StoreChange } from "./change.ts";

/**
 * The last changes of one kind, oldest first, in chunks that copies share. What is older than
 * `forgotten` nobody can be told any more.
 */
export class History {
  /** Full ones, which nobody writes any more. */
  #chunks: readonly (readonly StoreChange[])[] = [];
  #tail: StoreChange[] = [];
  #isShared = false;
  #forgotten = 0;
  /** How many chunks are kept at most. */
  readonly #limit: number;

  /** @param limit how many changes are told at least */
  constructor(limit: number) {
    this.#limit = Math.ceil(limit / chunkSize);
  }

  /** All changes after this revision are known. */
  get forgotten(): number {
    return this.#forgotten;
  }

  add(change: StoreChange): void {
    if (this.#limit === 0) {
      this.#forgotten = revisionOf(change);
      return;
    }
    if (this.#tail.length === chunkSize) this.#begin();
    else if (this.#isShared) this.#tail = [...this.#tail];
    this.#isShared = false;
    this.#tail.push(change);
  }

  /** What has changed after a revision, oldest first; undefined where that is forgotten. */
  since(revision: number): IterableIterator<StoreChange> | undefined {
    return revision < this.#forgotten ? undefined : this.#after(revision);
  }

  /** Forgets what has changed up to a revision. */
  compact(revision: number): void {
    if (revision <= this.#forgotten) return;
    this.#forgotten = revision;
    this.#chunks = this.#chunks.filter((chunk) => lastOf(chunk) > revision);
    if (lastOf(this.#tail) <= revision) this.#tail = [];
  }

  fork(): History {
    const copy = new History(this.#limit * chunkSize);
    copy.#chunks = this.#chunks;
    copy.#tail = this.#tail;
    copy.#forgotten = this.#forgotten;
    copy.#isShared = true;
    this.#isShared = true;
    return copy;
  }

  #begin(): void {
    const kept = [...this.#chunks, this.#tail];
    const [oldest] = kept;
    if (oldest !== undefined && kept.length > this.#limit) {
      this.#forgotten = Math.max(this.#forgotten, lastOf(oldest));
      kept.shift();
    }
    this.#chunks = kept;
    this.#tail = [];
  }

  *#after(revision: number): IterableIterator<StoreChange> {
    for (let at = firstAfter(this.#chunks, revision, lastOf); ; at++) {
      const chunk = this.#chunks[at] ?? this.#tail;
      for (let place = firstAfter(chunk, revision, revisionOf); place < chunk.length; place++) {
        const change = chunk[place];
        if (change !== undefined) yield change;
      }
      if (chunk === this.#tail) return;
    }
  }
}

const chunkSize = 64;

function lastOf(chunk: readonly StoreChange[]): number {
  const last = chunk.at(-1);
  return last === undefined ? Number.POSITIVE_INFINITY : revisionOf(last);
}

/** Where the first of some ordered things stands that is later than a revision. */
function firstAfter<T>(
  things: readonly T[],
  revision: number,
  revisionAt: (thing: T) => number,
): number {
  let [low, high] = [0, things.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const thing = things[middle];
    if (thing !== undefined && revisionAt(thing) <= revision) low = middle + 1;
    else high = middle;
  }
  return low;
}
