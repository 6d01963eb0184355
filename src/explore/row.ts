import type { Horizons } from "./horizons.ts";
import type { Hole, Shape } from "./shape.ts";

/** One state as numbers, while it is put together. */
export class Row {
  readonly numbers: number[] = [];
  readonly #horizons: Horizons;
  readonly #now: number;
  /** The beginning of the second in which it is, ms since 1970. */
  readonly #second: number;
  readonly #startsMs: readonly number[];
  readonly #epochMs: number;
  readonly #names = new Map<string, number>();
  readonly #marks = new Map<number, number>();
  readonly #runs = new Map<number, number>();
  /** Times of the past, to be replaced by their order, and where they stand. */
  readonly #past: (readonly [at: number, atMs: number])[] = [];
  #isRanked = false;

  constructor(horizons: Horizons, now: number, epochMs: number, startsMs: readonly number[]) {
    this.#horizons = horizons;
    this.#now = now;
    this.#epochMs = epochMs;
    this.#startsMs = startsMs;
    this.#second = Math.floor((epochMs + now) / 1_000) * 1_000;
  }

  add(...numbers: readonly number[]): void {
    for (const one of numbers) this.numbers.push(one);
  }

  addShape({ id, holes }: Shape): void {
    this.numbers.push(id);
    for (const hole of holes) this.#addHole(hole);
  }

  /** The whole row; times of the past become their places in order. */
  finished(): readonly number[] {
    if (this.#isRanked) return this.numbers;
    this.#isRanked = true;
    const order = [...new Set(this.#past.map(([, atMs]) => atMs))].toSorted((a, b) => a - b);
    const ranks = new Map(order.map((atMs, rank) => [atMs, rank]));
    for (const [at, atMs] of this.#past) this.numbers[at] = -2 - (ranks.get(atMs) ?? 0);
    return this.numbers;
  }

  #addHole(hole: Hole): void {
    const { numbers } = this;
    switch (hole.kind) {
      case "name":
        return void numbers.push(nth(this.#names, hole.text));
      case "time":
        return this.#addTime(hole.atMs);
      case "mark":
        return void numbers.push(hole.atMs === this.#second ? -1 : nth(this.#marks, hole.atMs));
      case "moment":
        return void numbers.push(this.#moment(hole.atMs, hole.ageMs));
      case "start":
        return this.#addStart(this.#now - hole.atMs);
      case "span":
        if (hole.untilMs <= this.#now) return void numbers.push(-1);
        return void numbers.push(this.#now - hole.fromMs, hole.untilMs - this.#now);
      case "run": {
        const bound = Math.min(hole.nth, this.#horizons.runs);
        return void numbers.push(nth(this.#runs, hole.nth), bound);
      }
      case "count":
        return void numbers.push(Math.min(hole.times, this.#horizons.counts[hole.of]));
    }
  }

  /** To come or not long ago: how long; else in which order. */
  #addTime(atMs: number): void {
    const { objectMs, kubeletsRestart } = this.#horizons;
    if (kubeletsRestart) {
      const isOlder = (startMs: number) => atMs < this.#epochMs + startMs - restartGraceMs;
      this.numbers.push(...this.#startsMs.map((startMs) => Number(isOlder(startMs))));
    }
    const age = this.#second - atMs;
    if (age < 0) this.numbers.push(1 - 2 * age);
    else if (age <= objectMs) this.numbers.push(2 * age);
    else {
      this.#past.push([this.numbers.length, atMs]);
      this.numbers.push(0);
    }
  }

  #moment(atMs: number, ageMs: number): number {
    const left = atMs - this.#now;
    if (left > 0) return 2 * left + 1;
    return ageMs > 0 && -left <= ageMs ? -2 * left + 2 : 0;
  }

  #addStart(age: number): void {
    const { startMs, periodsMs } = this.#horizons;
    this.numbers.push(Math.min(age, startMs), ...periodsMs.map((period) => age % period));
  }
}

/** pkg/kubelet/prober/prober_manager.go kubeletRestartGracePeriod */
const restartGraceMs = 10_000;

function nth<T>(known: Map<T, number>, value: T): number {
  const place = known.get(value);
  if (place !== undefined) return place;
  known.set(value, known.size);
  return known.size - 1;
}
