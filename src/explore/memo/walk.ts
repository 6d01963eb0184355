import type { KubeObject } from "../../../machines/api/meta.ts";
import { assert } from "../../../machines/assert.ts";
import { passedBy } from "../bounds.ts";
import { asksNothing, type Move } from "../life.ts";
import type { BoundName, ExploredSystem } from "../system-file.ts";
import { BoundCounts } from "./bound-counts.ts";
import type { Effect } from "./memo-tree.ts";
import { keysIn, keysSlot, objectSlot } from "./recorded-store.ts";
import { type SeenState, State } from "./state.ts";
import { StepMaker } from "./step-maker.ts";

/** What comes next, without its choices: a delivery or an open step. */
export interface Way {
  readonly do: Move["do"];
  readonly nth: number;
  /** Where the delivery stands among all that waits. */
  readonly place: number;
}

/** The ways on from one state to others of a system. */
export class Walk {
  readonly maker: StepMaker;
  readonly #explored: ExploredSystem;
  readonly #isOrdered: boolean;
  readonly #overtakings: number;
  readonly #steps: number;
  /** How often each open step may still come. */
  readonly #left: readonly number[];
  readonly #links: number[] = [];
  readonly #counts: BoundCounts;

  constructor(explored: ExploredSystem) {
    this.#explored = explored;
    this.maker = new StepMaker(explored);
    const { slots } = this.maker;
    this.#counts = new BoundCounts(slots, this.maker.contents);
    this.#isOrdered = explored.open.deliveries === "in order";
    this.#overtakings = slots.of("head", "overtakings");
    this.#steps = slots.of("head", "steps");
    this.#left = explored.open.steps.map((_, nth) => slots.of("head", `step ${nth}`));
  }

  /** Before the first delivery. Where something is not counted, −1 is left. */
  begin(): State {
    const { open, bounds } = this.#explored;
    const state = new State();
    state.ready = [...this.maker.first()];
    state.set(this.maker.unusualSlot, this.maker.firstUnusual);
    state.set(this.#overtakings, bounds.overtakings ?? -1);
    state.set(this.#steps, bounds.steps ?? -1);
    for (const [nth, slot] of this.#left.entries()) state.set(slot, open.steps[nth]?.atMost ?? 0);
    return state;
  }

  /** Everything that may come next. */
  ways(state: State): readonly Way[] {
    const heads = this.#heads(state);
    const mayStep = this.#mayStepsCome(state);
    if (heads === first && !mayStep) return usualWay;
    const ways: Way[] = heads.map((place, nth) => ({ do: "deliver", nth, place }));
    if (!mayStep) return ways;
    for (const [nth, slot] of this.#left.entries()) {
      if ((state.slots[slot] ?? 0) > 0) ways.push({ do: "step", nth, place: -1 });
    }
    return ways;
  }

  /** Goes on from a state, which is written over. */
  go(state: State, { do: what, nth, place }: Way, script: readonly number[]): Effect {
    if (what === "deliver") return this.#deliver(state, nth, place, script);
    const { slots } = state;
    const overtakes = !isBetweenMoments(state);
    const effect = this.maker.take(nth, slots, state.now, script);
    state.apply(effect, this.maker.letters, this.maker.contents);
    this.#countDown(state, this.#left[nth] ?? 0);
    this.#countDown(state, this.#steps);
    if (overtakes) this.#countDown(state, this.#overtakings);
    return effect;
  }

  /** Goes on by a move that may be made now. */
  make(state: State, { do: what, nth, picks }: Move): Effect {
    const place = what === "deliver" ? this.#heads(state)[nth] : -1;
    assert(place !== undefined, "a move is made of what is ahead");
    return this.go(state, { do: what, nth, place }, picks);
  }

  /** Makes what must come next in this moment; undefined when nothing must, or it asks. */
  forced(state: State): Effect | undefined {
    if (this.passedBound(state) !== undefined || !this.mustGoOn(state)) return undefined;
    return this.force(state);
  }

  /** Makes the only delivery that may come; undefined, and nothing is done, when it asks. */
  force(state: State): Effect | undefined {
    const template = state.at(0);
    if (template === undefined) return undefined;
    const effect = this.maker.deliver(template, state.slots, state.dueOf(0), none);
    if (effect.picks.length > 0) return undefined;
    state.take(0);
    state.apply(effect, this.maker.letters, this.maker.contents);
    return effect;
  }

  /** Whether a delivery of this moment and nothing else is next. */
  mustGoOn(state: State): boolean {
    if (state.nextAt !== state.now) return false;
    if (this.#mayStepsCome(state)) return false;
    return this.#heads(state).length === 1;
  }

  /** Whether all that was open is used up and only periodic work is left: it goes on like that. */
  isOver(state: State): boolean {
    const { open } = this.#explored;
    const { slots } = state;
    const isOpen = !asksNothing(open) || open.steps.length > 0 || open.deliveries === "any order";
    if (!isOpen || slots[this.maker.unusualSlot] !== 0 || state.work > 0) return false;
    if (slots[this.#steps] !== 0 && this.#isStepLeft(state)) return false;
    return this.#isOrdered || slots[this.#overtakings] === 0;
  }

  /** The bound that keeps something else from coming next; undefined when nothing is kept. */
  restraint(state: State): BoundName | undefined {
    const { slots } = state;
    if (slots[this.#steps] === 0 && this.#isStepLeft(state)) return "steps";
    if (this.#isOrdered || slots[this.#overtakings] !== 0) return undefined;
    return this.#allHeads(state).length > 1 ? "overtakings" : undefined;
  }

  /** The bound that a state has passed; undefined while it is within all of them. */
  passedBound(state: State): BoundName | undefined {
    const counts = this.#counts.of(state.slots);
    return passedBy({ now: state.now, work: state.work, counts }, this.#explored.bounds);
  }

  seen(state: State): SeenState {
    return { now: state.now, objects: () => this.#objectsOf(state) };
  }

  #deliver(state: State, nth: number, place: number, script: readonly number[]): Effect {
    const template = state.at(place);
    assert(template !== undefined, "a move is made of what is ahead");
    const effect = this.maker.deliver(template, state.slots, state.dueOf(place), script);
    state.take(place);
    state.apply(effect, this.maker.letters, this.maker.contents);
    if (nth > 0) this.#countDown(state, this.#overtakings);
    return effect;
  }

  #countDown(state: State, slot: number): void {
    const left = state.slots[slot] ?? 0;
    if (left > 0) state.set(slot, left - 1);
  }

  /** Where the deliveries stand that may be next. */
  #heads(state: State): readonly number[] {
    const isOrdered = this.#isOrdered || state.slots[this.#overtakings] === 0;
    if (!isOrdered) return this.#allHeads(state);
    return state.nextAt === undefined ? nothing : first;
  }

  /** The oldest of each link, and timers, of what is due now or else first. */
  #allHeads({ ready, due, dueAt, now }: State): readonly number[] {
    const links = this.#links;
    links.length = 0;
    const heads: number[] = [];
    const add = (link: number, place: number): void => {
      if (links.includes(link)) return;
      links.push(link);
      heads.push(place);
    };
    for (let at = 0; at < ready.length; at++) add(ready[at]?.link ?? -1, at);
    const atMs = ready.length > 0 ? now : dueAt[0];
    for (let at = 0; at < due.length && (dueAt[at] ?? 0) <= (atMs ?? 0); at++) {
      add(due[at]?.link ?? -1, ready.length + at);
    }
    return heads;
  }

  /** What is ready comes before them, or they overtake it. */
  #stepsMayCome(state: State): boolean {
    if (state.slots[this.#steps] === 0) return false;
    return isBetweenMoments(state) || (!this.#isOrdered && state.slots[this.#overtakings] !== 0);
  }

  #mayStepsCome(state: State): boolean {
    return this.#isStepLeft(state) && this.#stepsMayCome(state);
  }

  #isStepLeft({ slots }: State): boolean {
    for (const slot of this.#left) if ((slots[slot] ?? 0) > 0) return true;
    return false;
  }

  #objectsOf(state: State): readonly KubeObject[] {
    const { slots, contents } = this.maker;
    const kinds = this.maker.world.kinds.toSorted();
    return kinds.flatMap((kind) => {
      const keys = keysIn(contents.at(state.slots[keysSlot(slots, kind)] ?? 0));
      return keys.flatMap((key) => {
        const object = contents.at(state.slots[objectSlot(slots, kind, key)] ?? 0);
        return isObject(object) ? [object] : [];
      });
    });
  }
}

const none: readonly number[] = [];
const usualWay: readonly Way[] = [{ do: "deliver", nth: 0, place: 0 }];
const nothing: readonly number[] = [];
const first: readonly number[] = [0];

/** Nothing is ready: what comes next comes later. */
function isBetweenMoments(state: State): boolean {
  return (state.nextAt ?? Number.POSITIVE_INFINITY) > state.now;
}

function isObject(value: unknown): value is KubeObject {
  return typeof value === "object" && value !== null;
}
