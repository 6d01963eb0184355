import type { AnyStateMachine } from "xstate";

import { CanonicalForm } from "./canonical.ts";
import { Fingerprints } from "./fingerprints.ts";
import { Frontier, type Waiting } from "./frontier.ts";
import type { Move, Taken } from "./life.ts";
import { goOn } from "./memo/forced.ts";
import type { Effect } from "./memo/memo-tree.ts";
import { type SeenState, State } from "./memo/state.ts";
import { Walk, type Way } from "./memo/walk.ts";
import { MoveList } from "./move-list.ts";
import { Novelty } from "./novelty.ts";
import { NumberList } from "./number-list.ts";
import { RandomSteps } from "./random-steps.ts";
import { equalNamesOf } from "./symmetry.ts";
import type { BoundName, ExploredSystem } from "./system-file.ts";

/**
 * Breadth first finds the shortest ways; depth first needs less room. Random walks begin again and
 * again. `what is new` goes on only from states in which the machines of a container, a pod or a
 * node stand together as never before, and a little further by the usual course: fast even where
 * containers are many. The last two are not complete.
 */
export type Strategy = "breadth first" | "depth first" | "random walks" | "what is new";

export interface ExploreOptions {
  readonly strategy?: Strategy;
  /** Of random walks. */
  readonly seed?: number;
  /** How many random walks there are; 1 000 unless given. */
  readonly walks?: number;
  /**
   * `branching`: deliveries that must come next belong to the step before them, up to the end of
   * their moment. `all`: every delivery makes a state.
   */
  readonly states?: "branching" | "all";
  readonly maxStates?: number;
  /** Takes states for one that differ only in which of equal pods, nodes or containers it is. */
  readonly symmetry?: boolean;
  /** Of another exploration of the system: what knows its steps already. */
  readonly walk?: Walk;
  /** Hears of each new state. */
  readonly onState?: (seen: SeenState, state: number) => void;
  /** Hears of each step, also of those that lead to known states. */
  readonly onEdge?: (edge: Edge) => void;
  /** Hears of each delivery that a step is made of, before `onEdge`. */
  readonly onEffect?: (effect: Effect, edge: Pick<Edge, "from" | "move">) => void;
}

export interface Progress {
  readonly states: number;
  readonly edges: number;
  readonly depth: number;
  /** States that wait to be gone on from. */
  readonly waiting: number;
}

/** A step from one state to another, with all that it did. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly move: Move;
  readonly taken: readonly Taken[];
}

/** What an exploration came to. */
export interface Exploration extends Progress {
  /** Undefined: every state within the bounds was seen. */
  readonly stoppedBy: string | undefined;
  /** States from which a bound or a limit has kept something away. */
  readonly cut: ReadonlySet<number>;
  /** How often each bound was passed. */
  readonly passed: ReadonlyMap<BoundName, number>;
  /** Every machine that some actor has had, by its id. */
  readonly machines: ReadonlyMap<string, AnyStateMachine>;
  /** What knows the steps that were made, so that a life may be gone through again. */
  readonly walk: Walk;
  /** The moves that lead to a state; those that must come between them are left out. */
  readonly movesTo: (state: number) => readonly Move[];
  /** How many moves lead to a state. */
  readonly depthOf: (state: number) => number;
}

/** Goes through all states of a system within its bounds. */
export function explore(system: ExploredSystem, options: ExploreOptions = {}): Exploration {
  const explorer = new Explorer(system, options);
  while (explorer.advance(1_000));
  return explorer.result();
}

/** The same, a part at a time, so that somebody may look or stop it. */
export class Explorer {
  readonly #options: ExploreOptions;
  readonly #walk: Walk;
  readonly #form: CanonicalForm;
  readonly #seen = new Fingerprints();
  readonly #parents = new NumberList();
  readonly #depths = new NumberList();
  readonly #moves = new MoveList();
  readonly #passed = new Map<BoundName, number>();
  readonly #frontier: Frontier;
  readonly #cut = new Set<number>();
  /** The state that is gone on from, and what it leads to. */
  readonly #from = new State();
  readonly #to = new State();
  readonly #novelty: Novelty | undefined;
  /** How long nothing has been new before the state that is gone on from. */
  #staleFor = 0;
  #isPruned = false;
  readonly #random: RandomSteps | undefined;
  #walksLeft: number;
  #edges = 0;
  #stoppedBy: string | undefined;

  constructor(system: ExploredSystem, options: ExploreOptions = {}) {
    this.#options = options;
    this.#walk = options.walk ?? new Walk(system);
    const equal = options.symmetry === true ? equalNamesOf(system) : new Map<string, string>();
    this.#form = new CanonicalForm(system, this.#walk.maker, equal);
    if (options.strategy === "what is new") this.#novelty = new Novelty(this.#walk.maker.letters);
    this.#frontier = new Frontier(options.strategy === "depth first");
    const { strategy, seed = 1, walks = 1_000 } = options;
    if (strategy === "random walks") this.#random = new RandomSteps(this.#walk, seed);
    this.#walksLeft = walks;
    this.#add(this.#walk.begin(), -1, { do: "deliver", nth: 0, picks: [] });
  }

  /** Goes on from that many states at most; false when there is nothing left to do. */
  advance(states: number): boolean {
    const { maxStates = Number.POSITIVE_INFINITY } = this.#options;
    for (let expanded = 0; expanded < states; expanded++) {
      if (this.#seen.size > maxStates) this.stop(`a limit of ${maxStates} states`);
      if (this.#random !== undefined) {
        if (!this.#stray(this.#random)) return false;
        continue;
      }
      const next = this.#stoppedBy === undefined ? this.#frontier.take() : undefined;
      if (next === undefined) return this.#end();
      this.#expand(next);
    }
    return true;
  }

  /** What has not been seen by now stays unseen, and the result says why. */
  stop(reason: string): void {
    if (this.progress.waiting > 0) this.#stoppedBy ??= reason;
  }

  /** What is known so far. */
  result(): Exploration {
    return {
      ...this.progress,
      stoppedBy: this.#stoppedBy,
      cut: new Set([...this.#cut, ...this.#frontier.states()]),
      passed: this.#passed,
      machines: this.#walk.maker.machines,
      walk: this.#walk,
      movesTo: (state) => this.#movesTo(state),
      depthOf: (state) => this.#depths.at(state),
    };
  }

  get progress(): Progress {
    const [states, edges] = [this.#seen.size, this.#edges];
    const depth = this.#depths.at(states - 1);
    return { states, edges, depth, waiting: this.#frontier.size };
  }

  #end(): false {
    if (this.#isPruned) this.#stoppedBy ??= "a search that goes on from what is new";
    return false;
  }

  #expand({ state, packed, staleFor }: Waiting): void {
    const [walk, from, to] = [this.#walk, this.#from, this.#to];
    from.unpack(packed, walk.maker.letters);
    this.#staleFor = staleFor;
    if (walk.isOver(from)) return;
    const restraint = walk.restraint(from);
    if (restraint !== undefined) this.#pass(restraint, state);
    const ways = walk.ways(from);
    // A life in which nothing is new takes its usual course.
    for (const way of staleFor > 0 ? ways.slice(0, 1) : ways) {
      for (let script: readonly number[] | undefined = []; script !== undefined; ) {
        to.copyFrom(from);
        const effect: Effect = walk.go(to, way, script);
        this.#follow(state, way, effect);
        script = staleFor > 0 ? undefined : effect.next;
      }
    }
  }

  /** One life from its beginning to where it ends or passes a bound; false after the last. */
  #stray(random: RandomSteps): boolean {
    if (this.#walksLeft === 0) this.stop(`a limit of ${this.#options.walks ?? 1_000} walks`);
    if (this.#stoppedBy !== undefined) return false;
    this.#walksLeft--;
    const [walk, to] = [this.#walk, this.#to];
    to.copyFrom(walk.begin());
    for (let state: number | undefined = 0; state !== undefined && !walk.isOver(to); ) {
      const step = random.go(to);
      state = step && this.#follow(state, step.way, step.effect);
    }
    return true;
  }

  #pass(bound: BoundName, from: number): void {
    this.#cut.add(from);
    this.#passed.set(bound, (this.#passed.get(bound) ?? 0) + 1);
  }

  /** The state that it leads to; undefined beyond a bound. */
  #follow(from: number, { do: what, nth }: Way, effect: Effect): number | undefined {
    if (effect.isRestrained) this.#pass("unusual", from);
    const to = this.#to;
    const { states, onEdge, onEffect } = this.#options;
    const isAll = states === "all";
    const effects = onEffect === undefined ? undefined : [effect];
    const end = isAll
      ? { taken: effect.taken, bound: this.#walk.passedBound(to), restrained: nothing }
      : goOn(this.#walk, to, effect.taken, effects);
    for (const restrained of end.restrained) this.#pass(restrained, from);
    if (end.bound !== undefined) {
      this.#pass(end.bound, from);
      return undefined;
    }
    this.#edges++;
    const move = { do: what, nth, picks: effect.picks };
    const found = this.#add(to, from, move);
    for (const one of effects ?? []) onEffect?.(one, { from, move });
    onEdge?.({ from, to: found, move, taken: end.taken });
    return found;
  }

  #add(state: State, parent: number, move: Move): number {
    const number = this.#seen.numberOf(this.#form.printOf(state));
    if (number < this.#parents.length) return number;
    this.#parents.push(parent);
    this.#depths.push(parent < 0 ? 0 : this.#depths.at(parent) + 1);
    this.#moves.push(move);
    this.#wait(state, number);
    this.#options.onState?.(this.#walk.seen(state), number);
    return number;
  }

  #wait(state: State, number: number): void {
    if (this.#random !== undefined && number > 0) return;
    const isNew = this.#novelty === undefined || this.#novelty.isNew(state);
    const staleFor = isNew ? 0 : this.#staleFor + 1;
    if (staleFor <= patience) {
      const packed = state.packed(this.#walk.maker.slots.size);
      return this.#frontier.add({ state: number, packed, staleFor });
    }
    this.#isPruned = true;
    this.#cut.add(number);
  }

  #movesTo(state: number): readonly Move[] {
    const moves: Move[] = [];
    for (let at = state; this.#parents.at(at) >= 0; at = this.#parents.at(at)) {
      moves.push(this.#moves.at(at));
    }
    return moves.toReversed();
  }
}

/** For so many steps a life goes on in which nothing is new. */
const patience = 10;

const nothing: ReadonlySet<BoundName> = new Set();
