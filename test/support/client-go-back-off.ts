/** client-go's Backoff with the kubelet's doBackOff on top, as plain arithmetic on a clock. */
export class ClientGoBackOff {
  readonly #entries = new Map<string, { readonly backOffMs: number; readonly updatedMs: number }>();
  readonly #limits: ClientGoLimits;

  constructor(limits: ClientGoLimits) {
    this.#limits = limits;
  }

  get(key: string): number {
    return this.#entries.get(key)?.backOffMs ?? 0;
  }

  /** Whether a container that ended then may start now; if so, the entry moves on. */
  mayStart(key: string, finishedMs: number | undefined, nowMs: number): boolean {
    if (finishedMs === undefined) return true;
    const { initialBackOffMs, maximumBackOffMs } = this.#limits;
    const entry = this.#entries.get(key);
    const isFresh = entry !== undefined && !this.#hasExpired(finishedMs, entry.updatedMs);
    if (isFresh && nowMs - finishedMs < entry.backOffMs) return false;
    const doubled = Math.min((entry?.backOffMs ?? 0) * 2, maximumBackOffMs);
    this.#entries.set(key, { backOffMs: isFresh ? doubled : initialBackOffMs, updatedMs: nowMs });
    return true;
  }

  collect(nowMs: number): void {
    for (const [key, { updatedMs }] of this.#entries) {
      if (this.#hasExpired(nowMs, updatedMs)) this.#entries.delete(key);
    }
  }

  #hasExpired(eventMs: number, updatedMs: number): boolean {
    return eventMs - updatedMs > this.#limits.forgettingMs;
  }
}

interface ClientGoLimits {
  readonly initialBackOffMs: number;
  readonly maximumBackOffMs: number;
  readonly forgettingMs: number;
}
