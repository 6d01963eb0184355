import { CanonicalForm } from "../../src/explore/canonical.ts";
import type { Effect } from "../../src/explore/memo/memo-tree.ts";
import { State } from "../../src/explore/memo/state.ts";
import type { Walk, Way } from "../../src/explore/memo/walk.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import type { SeenGraph } from "./seen-graph.ts";
import { edgeOf, nodeOf, SeenObjects } from "./seen-objects.ts";

/** A state, and what it shows. */
export interface GraphState {
  readonly packed: Int32Array;
  readonly node: number;
}

/** What a step does, and where it leads to. */
export interface GraphStep {
  readonly effect: Effect;
  readonly to: number;
  /** What is to be seen of it; undefined when nothing is. */
  readonly seen: number | undefined;
}

/** One way on from a state, by each of its choices. */
export interface GraphWay {
  readonly way: Way;
  /** Those that end beyond a bound lead nowhere. */
  readonly effects: readonly Effect[];
  readonly steps: readonly GraphStep[];
}

/** Every state of a system with all that leads on from it, kept to be gone through again. */
export class KnownGraph implements SeenGraph {
  readonly walk: Walk;
  readonly nodes = new Set<number>();
  readonly edges = new Set<number>();
  readonly objects = new SeenObjects();
  readonly #form: CanonicalForm;
  readonly #numbers = new Map<number, number>();
  readonly #states: GraphState[] = [];
  readonly #ways: (readonly GraphWay[])[] = [];

  constructor(system: ExploredSystem, walk: Walk) {
    this.walk = walk;
    this.#form = new CanonicalForm(system, walk.maker);
    this.add(walk.begin(), this.objects);
    for (let at = 0; at < this.#states.length; at++) {
      const ways = waysFrom(this.at(at), walk, (to) => this.add(to, this.objects));
      this.#ways.push(ways.map((way) => this.#seen(at, way)));
    }
  }

  get states(): number {
    return this.#states.length;
  }

  at(state: number): GraphState {
    const found = this.#states[state];
    if (found === undefined) throw new Error(`there is no state ${state}`);
    return found;
  }

  waysFrom(state: number): readonly GraphWay[] {
    return this.#ways[state] ?? [];
  }

  /** The number of a state that is like it; undefined when there is none. */
  find(state: State): number | undefined {
    return this.#numbers.get(this.printOf(state));
  }

  /** Most of the fingerprint, as a whole number. */
  printOf(state: State): number {
    const [high = 0, low = 0] = this.#form.printOf(state);
    return (high >>> 0) * 0x20_0000 + (low >>> 11);
  }

  /** As it stands, to be kept. */
  seen(state: State, objects: SeenObjects): GraphState {
    const { walk } = this;
    const seen = walk.seen(state);
    const node = nodeOf(seen.objects(), walk.maker.world.epochMs + seen.now, objects);
    return { packed: state.packed(walk.maker.slots.size), node };
  }

  private add(state: State, objects: SeenObjects): number {
    const print = this.printOf(state);
    const known = this.#numbers.get(print);
    if (known !== undefined) return known;
    const kept = this.seen(state, objects);
    this.#numbers.set(print, this.#states.length);
    this.nodes.add(kept.node);
    return this.#states.push(kept) - 1;
  }

  #seen(from: number, { way, effects, steps }: WaysOn): GraphWay {
    const { node } = this.at(from);
    return {
      way,
      effects,
      steps: steps.map(({ effect, to }) => {
        const seen = edgeOf(node, way, effect, this.at(to).node);
        if (seen !== undefined) this.edges.add(seen);
        return { effect, to, seen };
      }),
    };
  }
}

interface WaysOn {
  readonly way: Way;
  readonly effects: readonly Effect[];
  readonly steps: readonly Omit<GraphStep, "seen">[];
}

const [from, to] = [new State(), new State()];

/** All ways on from a state; `reach` says which number the state has that one leads to. */
export function waysFrom(
  { packed }: GraphState,
  walk: Walk,
  reach: (to: State) => number,
): readonly WaysOn[] {
  from.unpack(packed, walk.maker.letters);
  if (walk.isOver(from)) return [];
  return walk.ways(from).map((way) => wayFrom(packed, way, walk, reach));
}

/** One of them, by each of its choices. */
export function wayFrom(
  packed: Int32Array,
  way: Way,
  walk: Walk,
  reach: (to: State) => number,
): WaysOn {
  const [effects, steps] = [new Array<Effect>(), new Array<Omit<GraphStep, "seen">>()];
  from.unpack(packed, walk.maker.letters);
  for (let script: readonly number[] | undefined = []; script !== undefined; ) {
    to.copyFrom(from);
    const effect: Effect = walk.go(to, way, script);
    effects.push(effect);
    if (walk.passedBound(to) === undefined) steps.push({ effect, to: reach(to) });
    script = effect.next;
  }
  return { way, effects, steps };
}
