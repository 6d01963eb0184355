import type { Effect } from "./memo/memo-tree.ts";
import { State } from "./memo/state.ts";
import type { Walk, Way } from "./memo/walk.ts";

/** Goes on by chance: the same seed always goes the same ways. */
export class RandomSteps {
  readonly #walk: Walk;
  readonly #scratch = new State();
  #seed: number;

  constructor(walk: Walk, seed: number) {
    this.#walk = walk;
    this.#seed = seed;
  }

  /** Goes on from a state, which is written over; undefined where nothing comes next. */
  go(state: State): { readonly way: Way; readonly effect: Effect } | undefined {
    const ways = this.#walk.ways(state);
    const way = ways[this.#below(ways.length)];
    if (way === undefined) return undefined;
    const script: number[] = [];
    for (;;) {
      this.#scratch.copyFrom(state);
      const effect = this.#walk.go(this.#scratch, way, script);
      const question = effect.questions[script.length];
      if (question === undefined) {
        state.copyFrom(this.#scratch);
        return { way, effect };
      }
      script.push(this.#below(question.alternatives.length));
    }
  }

  /** A whole number from 0 on; mulberry32. */
  #below(bound: number): number {
    this.#seed = (this.#seed + 0x6d2b79f5) | 0;
    let hash = Math.imul(this.#seed ^ (this.#seed >>> 15), this.#seed | 1);
    hash = (hash + Math.imul(hash ^ (hash >>> 7), hash | 61)) ^ hash;
    return ((hash ^ (hash >>> 14)) >>> 0) % Math.max(1, bound);
  }
}
