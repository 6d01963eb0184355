import type { AnyStateMachine } from "xstate";

import { assert } from "../../machines/assert.ts";
import { passedBound } from "./bounds.ts";
import { CanonicalForm } from "./canonical.ts";
import { type End, goOn } from "./forced.ts";
import { Fingerprints } from "./fingerprints.ts";
import { type Life, Lives, type Move, type Outcome, type Taken } from "./life.ts";
import { NumberList } from "./number-list.ts";
import type { BoundName, ExploredSystem } from "./system-file.ts";

export interface ExploreOptions {
  /** Breadth first finds the shortest ways; depth first needs less room. */
  readonly strategy?: "breadth first" | "depth first";
  /**
   * `branching`: deliveries that must come next belong to the step before them, up to the end of
   * their moment. `all`: every delivery makes a state.
   */
  readonly states?: "branching" | "all";
  readonly maxStates?: number;
  /** Hears of each new state. */
  readonly onState?: (life: Life, state: number) => void;
  /** Hears of each step, also of those that lead to known states. */
  readonly onEdge?: (edge: Edge) => void;
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
  readonly #system: ExploredSystem;
  readonly #options: ExploreOptions;
  readonly #lives: Lives;
  readonly #form: CanonicalForm;
  readonly #seen = new Fingerprints();
  readonly #parents = new NumberList();
  readonly #depths = new NumberList();
  readonly #moves: Move[] = [];
  readonly #passed = new Map<BoundName, number>();
  /** Waiting lives; those before `#first` have been gone on from. */
  #frontier: (readonly [state: number, life: Life])[] = [];
  #first = 0;
  readonly #cut = new Set<number>();
  #edges = 0;
  #stoppedBy: string | undefined;

  constructor(system: ExploredSystem, options: ExploreOptions = {}) {
    this.#system = system;
    this.#options = options;
    this.#lives = new Lives(system);
    this.#form = new CanonicalForm(system);
    this.#add(this.#lives.begin(), -1, { do: "deliver", nth: 0, picks: [] });
  }

  /** Goes on from that many states at most; false when there is nothing left to do. */
  advance(states: number): boolean {
    const { maxStates = Number.POSITIVE_INFINITY } = this.#options;
    for (let expanded = 0; expanded < states; expanded++) {
      if (this.#seen.size > maxStates) this.stop(`a limit of ${maxStates} states`);
      const next = this.#stoppedBy === undefined ? this.#take() : undefined;
      if (next === undefined) return false;
      const [state, life] = next;
      if (this.#lives.isOver(life)) continue;
      const restraint = this.#lives.restraint(life);
      if (restraint !== undefined) this.#pass(restraint, state);
      for (const outcome of this.#lives.outcomes(life)) this.#follow(state, outcome);
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
      cut: this.#cutStates(),
      passed: this.#passed,
      machines: this.#lives.machines,
      movesTo: (state) => this.#movesTo(state),
      depthOf: (state) => this.#depths.at(state),
    };
  }

  get progress(): Progress {
    const [states, edges] = [this.#seen.size, this.#edges];
    const depth = this.#depths.at(states - 1);
    return { states, edges, depth, waiting: this.#frontier.length - this.#first };
  }

  #pass(bound: BoundName, from: number): void {
    this.#cut.add(from);
    this.#passed.set(bound, (this.#passed.get(bound) ?? 0) + 1);
  }

  #follow(from: number, { move, life, taken, isRestrained }: Outcome): void {
    if (isRestrained) this.#pass("unusual", from);
    const end = this.#endOf(life, taken);
    for (const restrained of end.restrained) this.#pass(restrained, from);
    if (end.bound !== undefined) return this.#pass(end.bound, from);
    this.#edges++;
    const to = this.#add(end.life, from, move);
    this.#options.onEdge?.({ from, to, move, taken: end.taken });
  }

  /** With all that must come next, up to the end of the moment or to a choice. */
  #endOf(life: Life, taken: readonly Taken[]): End {
    const { bounds } = this.#system;
    if (this.#options.states !== "all") return goOn(this.#lives, life, taken, bounds);
    return { life, taken, bound: passedBound(life, bounds), restrained: new Set() };
  }

  #add(life: Life, parent: number, move: Move): number {
    const state = this.#seen.numberOf(this.#form.rowOf(life));
    if (state < this.#parents.length) return state;
    this.#parents.push(parent);
    this.#depths.push(parent < 0 ? 0 : this.#depths.at(parent) + 1);
    this.#moves.push(move);
    this.#frontier.push([state, life]);
    this.#options.onState?.(life, state);
    return state;
  }

  #take(): readonly [number, Life] | undefined {
    if (this.#options.strategy === "depth first") return this.#frontier.pop();
    const next = this.#frontier[this.#first];
    if (next === undefined) return undefined;
    this.#first++;
    if (this.#first > 4096 && this.#first * 2 > this.#frontier.length) {
      this.#frontier = this.#frontier.slice(this.#first);
      this.#first = 0;
    }
    return next;
  }

  #cutStates(): ReadonlySet<number> {
    const waiting = this.#frontier.slice(this.#first).map(([state]) => state);
    return new Set([...this.#cut, ...waiting]);
  }

  #movesTo(state: number): readonly Move[] {
    const moves: Move[] = [];
    for (let at = state; this.#parents.at(at) >= 0; at = this.#parents.at(at)) {
      const move = this.#moves[at];
      assert(move !== undefined, "each state but the first was moved to");
      moves.push(move);
    }
    return moves.toReversed();
  }
}
