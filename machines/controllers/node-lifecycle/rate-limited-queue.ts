/** A queue as plain JSON. */
export interface SavedQueue {
  readonly rate: number;
  readonly tokens: number;
  /** When there were so many, in ms since 1970; of as many as there can be 0. */
  readonly tokensAtMs: number;
  readonly waiting: readonly { readonly node: string; readonly processAtMs: number }[];
  readonly known: readonly string[];
}

/** Nodes that are to be tainted, the longest waiting first, not faster than a rate. */
export class RateLimitedTimedQueue {
  #rate: number;
  #tokens = burst;
  #sinceMs: number;
  /** Node names, in the order in which they came. */
  readonly #waiting = new Map<string, { processAtMs: number }>();
  /** Those that wait, and those that have been dealt with and not been taken out. */
  readonly #known = new Set<string>();

  constructor(rate: number, nowMs: number) {
    this.#rate = rate;
    this.#sinceMs = nowMs;
  }

  /** False for one that is known already. */
  add(name: string, nowMs: number): boolean {
    if (this.#known.has(name)) return false;
    this.#known.add(name);
    this.#waiting.set(name, { processAtMs: nowMs });
    return true;
  }

  /** When the next may have its turn; undefined when none waits, or none ever gets a token. */
  dueAtMs(): number | undefined {
    if (this.#waiting.size === 0 || this.#rate <= 0) return undefined;
    const missing = Math.max(0, 1 - rounding - this.#tokens);
    const tokenAtMs = this.#sinceMs + Math.ceil((missing / this.#rate) * 1_000);
    const times = [...this.#waiting.values()].map(({ processAtMs }) => processAtMs);
    return Math.max(tokenAtMs, Math.min(...times));
  }

  save(): SavedQueue {
    const waiting = [...this.#waiting].map(([node, { processAtMs }]) => ({ node, processAtMs }));
    const [rate, tokens] = [this.#rate, this.#tokens];
    const tokensAtMs = tokens < burst ? this.#sinceMs : 0;
    return { rate, tokens, tokensAtMs, waiting, known: [...this.#known] };
  }

  static load({ rate, tokens, tokensAtMs, waiting, known }: SavedQueue): RateLimitedTimedQueue {
    const queue = new RateLimitedTimedQueue(rate, tokensAtMs);
    queue.#tokens = tokens;
    for (const { node, processAtMs } of waiting) queue.#waiting.set(node, { processAtMs });
    for (const name of known) queue.#known.add(name);
    return queue;
  }

  /** So that it can be added again. */
  remove(name: string): void {
    this.#known.delete(name);
    this.#waiting.delete(name);
  }

  /** The next whose turn it is, for which a token is spent. */
  next(nowMs: number): string | undefined {
    const [head] = [...this.#waiting].toSorted(([, a], [, b]) => a.processAtMs - b.processAtMs);
    if (head === undefined || !this.#tryAccept(nowMs)) return undefined;
    return nowMs < head[1].processAtMs ? undefined : head[0];
  }

  done(name: string): void {
    this.#waiting.delete(name);
  }

  retry(name: string, atMs: number): void {
    this.#waiting.set(name, { processAtMs: atMs });
  }

  /** Who had to wait before waits at the new rate, too; SwapLimiter. */
  swapRate(rate: number, nowMs: number): void {
    if (this.#rate === rate) return;
    const hadToken = this.#tryAccept(nowMs);
    this.#rate = rate;
    this.#sinceMs = nowMs;
    this.#tokens = hadToken ? burst : 0;
  }

  /** A token bucket; with no rate it never has one. */
  #tryAccept(nowMs: number): boolean {
    if (this.#rate <= 0) return false;
    const earned = ((nowMs - this.#sinceMs) / 1_000) * this.#rate;
    this.#tokens = Math.min(burst, this.#tokens + earned);
    this.#sinceMs = nowMs;
    if (this.#tokens < 1 - rounding) return false;
    this.#tokens = Math.max(0, this.#tokens - 1);
    return true;
  }
}

/** scheduler.EvictionRateLimiterBurst */
const burst = 1;
/** Ten tenths are one. */
const rounding = 1e-9;
