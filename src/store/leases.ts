import { LayeredMap } from "./layered-map.ts";

/** Where an object is that goes with its lease. */
interface Leased {
  readonly kind: string;
  readonly key: string;
  readonly lease: number;
}

/** Who lives no longer than until when; etcd's leases. */
export class Leases {
  /** By lease, when it ends. */
  #ends: ReadonlyMap<number, number> = new Map();
  #objects = new LayeredMap<Leased>();
  #last = 0;

  grant(ttlMs: number, nowMs: number): number {
    this.#last += 1;
    this.#ends = new Map(this.#ends).set(this.#last, nowMs + ttlMs);
    return this.#last;
  }

  /** Each write says anew with which lease an object goes, or with none. */
  attach(kind: string, key: string, lease: number | undefined): void {
    if (lease !== undefined) this.#objects.set(`${kind} ${key}`, { kind, key, lease });
    else if (this.#objects.size > 0) this.#objects.delete(`${kind} ${key}`);
  }

  /** Takes out the leases that have ended by then, and tells their objects. */
  ended(nowMs: number): readonly Leased[] {
    const left = [...this.#ends].filter(([, endMs]) => endMs > nowMs);
    if (left.length === this.#ends.size) return [];
    this.#ends = new Map(left);
    return this.#objects.values().filter(({ lease }) => !this.#ends.has(lease));
  }

  fork(): Leases {
    const copy = new Leases();
    copy.#ends = this.#ends;
    copy.#objects = this.#objects.fork();
    copy.#last = this.#last;
    return copy;
  }
}
