import type { Horizons } from "./horizons.ts";
import { Groups } from "./groups.ts";
import { firstSeed, hashOf, mixed, secondSeed } from "./mixing.ts";
import { type Part, Parts } from "./parts.ts";
import { counted, holeKinds } from "./holes.ts";
import type { Shape } from "./shape.ts";

const [name, time, mark, moment, instant, start, span, run] = holeKinds.map((_, nth) => nth);

/**
 * The fingerprint of one state, 64 bits, while it is put together: a sum over its parts, so that
 * their order does not matter. Of names, and of times where only that counts, it holds which places
 * have the same one; of times of the past, in which order these are.
 */
export class Print {
  readonly parts: Parts;
  /** Both halves. */
  readonly halves = new Int32Array(2);
  readonly #horizons: Horizons;
  readonly #epochMs: number;
  readonly #names = new Groups();
  readonly #marks = new Groups();
  readonly #runs = new Groups();
  readonly #past = new Groups();
  #now = 0;
  /** The beginning of the second in which it is, ms since 1970. */
  #second = 0;
  #startsMs: readonly number[] = [];
  /** How many numbers were added. */
  #added = 0;

  constructor(horizons: Horizons, epochMs: number) {
    this.#horizons = horizons;
    this.#epochMs = epochMs;
    const bounds = counted.map((of) => horizons.counts[of]);
    this.parts = new Parts(({ kind, at, also }) => {
      if (kind === "run") return Math.min(also, horizons.runs);
      return kind === "count" ? Math.min(at, bounds[also] ?? 0) : 0;
    });
  }

  begin(now: number, startsMs: readonly number[]): void {
    this.#now = now;
    this.#startsMs = startsMs;
    this.#second = Math.floor((this.#epochMs + now) / 1_000) * 1_000;
    this.#added = 0;
    this.halves.fill(0);
    for (const groups of [this.#names, this.#marks, this.#runs, this.#past]) groups.forget();
  }

  /** A number by its place among those that are added. */
  add(number: number): void {
    this.#fold(hashOf(++this.#added, firstSeed), hashOf(this.#added, secondSeed), number);
  }

  /** A shape by its place among the numbers that are added. */
  addShape(shape: Shape): void {
    this.addPartAt(++this.#added, this.parts.of(0, shape));
  }

  /** Of parts that have one place only and no holes. */
  addSums(first: number, second: number): void {
    const { halves } = this;
    halves[0] = (halves[0] ?? 0) + first;
    halves[1] = (halves[1] ?? 0) + second;
  }

  /** A part of the state that has one place only. */
  addPart({ first, second, from, to }: Part): void {
    const { halves, parts } = this;
    halves[0] = (halves[0] ?? 0) + first;
    halves[1] = (halves[1] ?? 0) + second;
    const { kinds, alsos, firsts, seconds } = parts;
    const names = this.#names;
    for (let hole = from; hole < to; hole++) {
      const [one, other] = [firsts[hole] ?? 0, seconds[hole] ?? 0];
      if (kinds[hole] === name) names.add(alsos[hole] ?? 0, one, other);
      else this.#addHole(hole, one, other);
    }
  }

  /** The same of a part that may have one of several places. */
  addPartAt(place: number, { first, second, from, to }: Part): void {
    const { halves, parts } = this;
    const [here, there] = [hashOf(place, firstSeed), hashOf(place, secondSeed)];
    halves[0] = (halves[0] ?? 0) + mixed(first ^ here);
    halves[1] = (halves[1] ?? 0) + mixed(second ^ there);
    for (let hole = from; hole < to; hole++) {
      const one = mixed((parts.firsts[hole] ?? 0) ^ here);
      this.#addHole(hole, one, mixed((parts.seconds[hole] ?? 0) ^ there));
    }
  }

  end(): void {
    const { halves } = this;
    this.#names.addTo(halves);
    this.#marks.addTo(halves);
    this.#runs.addTo(halves);
    this.#past.addInOrderTo(halves);
  }

  #addHole(hole: number, first: number, second: number): void {
    const { parts } = this;
    const also = parts.alsos[hole] ?? 0;
    switch (parts.kinds[hole]) {
      case name:
        return this.#names.add(also, first, second);
      case time:
        return this.#addTime(parts.ats[hole] ?? 0, also, first, second);
      case mark:
        if (parts.ats[hole] === this.#second) return this.#fold(first, second, -1);
        return this.#marks.add(also, first, second);
      case moment:
        return this.#fold(first, second, this.#moment(parts.ats[hole] ?? 0, also));
      case instant:
        return this.#fold(
          first,
          second,
          this.#moment((parts.ats[hole] ?? 0) - this.#epochMs, also),
        );
      case start:
        return this.#addStart(this.#now - (parts.ats[hole] ?? 0), first, second);
      case span:
        return this.#addSpan(parts.ats[hole] ?? 0, also, first, second);
      case run:
        return this.#runs.add(also, first, second);
    }
  }

  /** To come or not long ago: how long; else in which order. */
  #addTime(at: number, number: number, first: number, second: number): void {
    const { objectMs, kubeletsRestart } = this.#horizons;
    if (kubeletsRestart) {
      for (const [nth, startMs] of this.#startsMs.entries()) {
        const isOlder = at < this.#epochMs + startMs - restartGraceMs;
        if (isOlder) this.#fold(first, second, -2 - nth);
      }
    }
    const age = this.#second - at;
    if (age < 0) this.#fold(first, second, 1 - 2 * age);
    else if (age <= objectMs) this.#fold(first, second, 2 * age);
    else this.#past.add(number, first, second, at);
  }

  #moment(atMs: number, ageMs: number): number {
    const left = atMs - this.#now;
    if (left > 0) return 2 * left + 1;
    return ageMs > 0 && -left <= ageMs ? -2 * left + 2 : 0;
  }

  #addStart(age: number, first: number, second: number): void {
    const { startMs, periodsMs } = this.#horizons;
    this.#fold(first, second, Math.min(age, startMs));
    for (const [nth, period] of periodsMs.entries()) {
      this.#fold(first + nth + 1, second + nth + 1, age % period);
    }
  }

  #addSpan(from: number, until: number, first: number, second: number): void {
    if (until <= this.#now) return this.#fold(first, second, -1);
    this.#fold(first, second, this.#now - from);
    this.#fold(first + 1, second + 1, until - this.#now);
  }

  #fold(first: number, second: number, number: number): void {
    const { halves } = this;
    halves[0] = (halves[0] ?? 0) + mixed(first ^ Math.imul(number, 0xcc9e2d51));
    halves[1] = (halves[1] ?? 0) + mixed(second ^ Math.imul(number, 0x1b873593));
  }
}

/** pkg/kubelet/prober/prober_manager.go kubeletRestartGracePeriod */
const restartGraceMs = 10_000;
