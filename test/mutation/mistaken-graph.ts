import type { State } from "../../src/explore/memo/state.ts";
import type { Way } from "../../src/explore/memo/walk.ts";
import type { Comparison } from "./comparison.ts";
import {
  type GraphState,
  type GraphStep,
  type KnownGraph,
  wayFrom,
  waysFrom,
} from "./known-graph.ts";
import type { Mistake } from "./mistake.ts";
import { MistakenSteps } from "./mistaken-steps.ts";
import { mostStates } from "./seen-graph.ts";
import { edgeOf, SeenObjects } from "./seen-objects.ts";

/**
 * Whether a system shows the same with a mistake; undefined when that takes too many states. It is
 * gone through along the graph that is known: only steps that get to the mistake are made anew, and
 * states that come of no right step are gone on from until they are like known ones.
 */
export function showsTheSameWith(
  mistake: Mistake,
  known: KnownGraph,
  comparison: Comparison,
): boolean | undefined {
  const graph = new MistakenGraph(mistake, known, comparison);
  const { maker } = known.walk;
  maker.watch = new MistakenSteps(maker, comparison, mistake);
  try {
    return graph.isSame();
  } finally {
    maker.watch = undefined;
  }
}

class MistakenGraph {
  readonly #mistake: Mistake;
  readonly #known: KnownGraph;
  readonly #comparison: Comparison;
  readonly #objects: SeenObjects;
  readonly #nodes = new Set<number>();
  readonly #edges = new Set<number>();
  /** Known states that are reached, in their order. */
  readonly #reached: number[] = [];
  readonly #isReached: Uint8Array;
  /** States that are not known; as a number each has −1 less than its place. */
  readonly #others: GraphState[] = [];
  readonly #otherNumbers = new Map<number, number>();
  /** Something was seen that is not known. */
  #isOther = false;

  constructor(mistake: Mistake, known: KnownGraph, comparison: Comparison) {
    this.#mistake = mistake;
    this.#known = known;
    this.#comparison = comparison;
    this.#isReached = new Uint8Array(known.states);
    this.#objects = new SeenObjects(known.objects, (look) => mistake.during(look));
  }

  isSame(): boolean | undefined {
    const { nodes, edges } = this.#known;
    const most = mostStates(this.#known);
    this.#reachKnown(0);
    let [own, other] = [0, 0];
    while (!this.#isOther) {
      if (other < this.#others.length) this.#goOnFromOther(other++);
      else if (own < this.#reached.length) this.#goOnFrom(this.#reached[own++] ?? 0);
      else return this.#nodes.size === nodes.size && this.#edges.size === edges.size;
      if (this.#others.length > most) return undefined;
    }
    return false;
  }

  #goOnFrom(state: number): void {
    const known = this.#known.at(state);
    for (const { way, effects, steps } of this.#known.waysFrom(state)) {
      const isTouched = effects.some((one) => this.#comparison.isTouched(this.#mistake, one));
      if (isTouched) {
        const { packed } = known;
        const anew = wayFrom(packed, way, this.#known.walk, (to) => this.#reach(to));
        this.#see(known, way, anew.steps);
        continue;
      }
      for (const { to, seen } of steps) {
        if (seen !== undefined) this.#edges.add(seen);
        this.#reachKnown(to);
      }
    }
  }

  #goOnFromOther(nth: number): void {
    const other = this.#others[nth];
    if (other === undefined) return;
    for (const { way, steps } of waysFrom(other, this.#known.walk, (to) => this.#reach(to))) {
      this.#see(other, way, steps);
    }
  }

  #see({ node }: GraphState, way: Way, steps: readonly Omit<GraphStep, "seen">[]): void {
    for (const { effect, to } of steps) {
      const seen = edgeOf(node, way, effect, this.#at(to).node);
      if (seen === undefined) continue;
      this.#edges.add(seen);
      this.#isOther ||= !this.#known.edges.has(seen);
    }
  }

  #at(number: number): GraphState {
    const other = this.#others[-1 - number];
    return number < 0 && other !== undefined ? other : this.#known.at(number);
  }

  #reach(state: State): number {
    const known = this.#known.find(state);
    if (known !== undefined) return this.#reachKnown(known);
    const print = this.#known.printOf(state);
    const number = this.#otherNumbers.get(print) ?? -1 - this.#others.length;
    if (this.#otherNumbers.has(print)) return number;
    const other = this.#known.seen(state, this.#objects);
    this.#otherNumbers.set(print, number);
    this.#others.push(other);
    this.#nodes.add(other.node);
    this.#isOther ||= !this.#known.nodes.has(other.node);
    return number;
  }

  #reachKnown(state: number): number {
    if (this.#isReached[state] === 1) return state;
    this.#isReached[state] = 1;
    this.#reached.push(state);
    this.#nodes.add(this.#known.at(state).node);
    return state;
  }
}
