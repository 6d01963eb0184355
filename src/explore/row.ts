import type { Horizons } from "./horizons.ts";
import { counted, type Hole, type Shape } from "./shape.ts";

/** One state as numbers, while it is put together; each state is written over the one before. */
export class Row {
  /** Those of this state are the first `length`. */
  numbers = new Int32Array(1024);
  length = 0;
  readonly #horizons: Horizons;
  readonly #epochMs: number;
  readonly #bounds: readonly number[];
  readonly #names = new Places();
  readonly #marks = new Places();
  readonly #runs = new Places();
  /** Times of the past, to be replaced by their order, and where they stand. */
  readonly #past: { readonly at: number; readonly time: Hole }[] = [];
  #now = 0;
  /** The beginning of the second in which it is, ms since 1970. */
  #second = 0;
  #startsMs: readonly number[] = [];

  constructor(horizons: Horizons, epochMs: number) {
    this.#horizons = horizons;
    this.#epochMs = epochMs;
    this.#bounds = counted.map((of) => horizons.counts[of]);
  }

  begin(now: number, startsMs: readonly number[]): void {
    this.#now = now;
    this.#startsMs = startsMs;
    this.#second = Math.floor((this.#epochMs + now) / 1_000) * 1_000;
    this.length = 0;
    this.#past.length = 0;
    for (const places of [this.#names, this.#marks, this.#runs]) places.forget();
  }

  add(number: number): void {
    if (this.length === this.numbers.length) {
      const longer = new Int32Array(this.length * 2);
      longer.set(this.numbers);
      this.numbers = longer;
    }
    this.numbers[this.length++] = number;
  }

  addShape({ id, holes }: Shape): void {
    this.add(id);
    for (let nth = 0; nth < holes.length; nth++) {
      const hole = holes[nth];
      if (hole !== undefined) this.#addHole(hole);
    }
  }

  /** Times of the past become their places in order. */
  end(): void {
    const past = this.#past;
    if (past.length === 0) return;
    past.sort((one, other) => one.time.at - other.time.at);
    let rank = -2;
    let before = past[0]?.time.at ?? 0;
    for (const { at, time } of past) {
      if (time.at !== before) rank--;
      before = time.at;
      this.numbers[at] = rank;
    }
  }

  #addHole(hole: Hole): void {
    const { at, also } = hole;
    switch (hole.kind) {
      case "name":
        return this.add(this.#names.of(at));
      case "time":
        return this.#addTime(hole);
      case "mark":
        return this.add(at === this.#second ? -1 : this.#marks.of(also));
      case "moment":
        return this.add(this.#moment(at, also));
      case "start":
        return this.#addStart(this.#now - at);
      case "span":
        if (also <= this.#now) return this.add(-1);
        this.add(this.#now - at);
        return this.add(also - this.#now);
      case "run":
        this.add(this.#runs.of(at));
        return this.add(Math.min(at, this.#horizons.runs));
      case "count":
        return this.add(Math.min(at, this.#bounds[also] ?? 0));
    }
  }

  /** To come or not long ago: how long; else in which order. */
  #addTime(time: Hole): void {
    const { objectMs, kubeletsRestart } = this.#horizons;
    if (kubeletsRestart) {
      for (const startMs of this.#startsMs) {
        this.add(Number(time.at < this.#epochMs + startMs - restartGraceMs));
      }
    }
    const age = this.#second - time.at;
    if (age < 0) this.add(1 - 2 * age);
    else if (age <= objectMs) this.add(2 * age);
    else {
      this.#past.push({ at: this.length, time });
      this.add(0);
    }
  }

  #moment(atMs: number, ageMs: number): number {
    const left = atMs - this.#now;
    if (left > 0) return 2 * left + 1;
    return ageMs > 0 && -left <= ageMs ? -2 * left + 2 : 0;
  }

  #addStart(age: number): void {
    const { startMs, periodsMs } = this.#horizons;
    this.add(Math.min(age, startMs));
    for (const period of periodsMs) this.add(age % period);
  }
}

/** pkg/kubelet/prober/prober_manager.go kubeletRestartGracePeriod */
const restartGraceMs = 10_000;

/** Numbers in the order in which they are met first. */
class Places {
  /** By number, the place and when it was given. */
  #places = new Int32Array(1024);
  #given = new Int32Array(1024);
  #time = 1;
  #size = 0;

  forget(): void {
    this.#time++;
    this.#size = 0;
  }

  of(number: number): number {
    if (number >= this.#places.length) this.#grow(number);
    if (this.#given[number] !== this.#time) {
      this.#given[number] = this.#time;
      this.#places[number] = this.#size++;
    }
    return this.#places[number] ?? 0;
  }

  #grow(number: number): void {
    const [places, given] = [this.#places, this.#given];
    const size = Math.max(places.length * 2, number + 1);
    this.#places = new Int32Array(size);
    this.#given = new Int32Array(size);
    this.#places.set(places);
    this.#given.set(given);
  }
}
