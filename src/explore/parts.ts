import { firstSeed, hashOf, mixed, secondSeed } from "./mixing.ts";
import { type Hole, holeKinds } from "./holes.ts";
import type { Shape } from "./shape.ts";

/** A shape in its place, with both halves of its hash; its holes stand beside each other. */
export interface Part {
  readonly first: number;
  readonly second: number;
  readonly from: number;
  readonly to: number;
}

/** The holes of all parts, field by field, so that they are read fast. */
export class Parts {
  /** Places in `holeKinds`. */
  kinds = new Uint8Array(1024);
  /** A time in ms. */
  ats = new Float64Array(1024);
  alsos = new Float64Array(1024);
  /** Both halves of the hash of a hole's place, or of all that have the same name or time. */
  firsts = new Int32Array(1024);
  seconds = new Int32Array(1024);
  readonly #countOf: (hole: Hole) => number;
  #size = 0;
  readonly #known = new Map<Shape, Part>();

  /** `countOf`: how much of a count or of a run's number counts. */
  constructor(countOf: (hole: Hole) => number) {
    this.#countOf = countOf;
  }

  /** `place`: tells this part from others with the same shape. */
  of(place: number, shape: Shape): Part {
    if (place !== 0) return this.#make(place, shape);
    let part = this.#known.get(shape);
    if (part === undefined) {
      part = this.#make(place, shape);
      this.#known.set(shape, part);
    }
    return part;
  }

  #make(place: number, { id, holes }: Shape): Part {
    let first = hashOf(id, hashOf(place, firstSeed));
    let second = hashOf(id, hashOf(place, secondSeed));
    const [placeFirst, placeSecond] = [first, second];
    const from = this.#size;
    const shared = new Map<string, number>();
    for (const [nth, hole] of holes.entries()) {
      const { place: at = nth + 1 } = hole;
      const [one, other] = [hashOf(at, placeFirst), hashOf(at, placeSecond)];
      const count = this.#countOf(hole);
      first = (first + mixed(one ^ Math.imul(count + 1, 0xcc9e2d51))) | 0;
      second = (second + mixed(other ^ Math.imul(count + 1, 0x1b873593))) | 0;
      if (hole.kind !== "count") this.#add(hole, one, other, shared);
    }
    return { first, second, from, to: this.#size };
  }

  /** Places that have the same name or time are one hole. */
  #add({ kind, at, also }: Hole, first: number, second: number, shared: Map<string, number>): void {
    const isShared = kind === "name" || kind === "time" || kind === "mark" || kind === "run";
    const key = `${kind} ${also}`;
    const known = isShared ? shared.get(key) : undefined;
    if (known !== undefined) {
      this.firsts[known] = (this.firsts[known] ?? 0) + first;
      this.seconds[known] = (this.seconds[known] ?? 0) + second;
      return;
    }
    if (this.#size === this.kinds.length) this.#grow();
    const hole = this.#size++;
    shared.set(key, hole);
    this.kinds[hole] = holeKinds.indexOf(kind);
    this.ats[hole] = at;
    this.alsos[hole] = also;
    this.firsts[hole] = first;
    this.seconds[hole] = second;
  }

  #grow(): void {
    const size = this.kinds.length * 2;
    const kinds = new Uint8Array(size);
    const [ats, alsos] = [new Float64Array(size), new Float64Array(size)];
    const [firsts, seconds] = [new Int32Array(size), new Int32Array(size)];
    kinds.set(this.kinds);
    ats.set(this.ats);
    alsos.set(this.alsos);
    firsts.set(this.firsts);
    seconds.set(this.seconds);
    this.kinds = kinds;
    [this.ats, this.alsos, this.firsts, this.seconds] = [ats, alsos, firsts, seconds];
  }
}
