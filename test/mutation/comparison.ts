import type { KubeObject } from "../../machines/api/meta.ts";
import { isPod } from "../../machines/api/objects.ts";
import type { Effect } from "../../src/explore/memo/memo-tree.ts";
import { MemoTree } from "../../src/explore/memo/memo-tree.ts";
import type {
  AskedStep,
  MadeStep,
  StepMaker,
  StepWatch,
} from "../../src/explore/memo/step-maker.ts";
import { factsOf } from "../../src/explore/step-facts.ts";
import type { Effects } from "../../src/system/effects.ts";
import { knownStepOf } from "./machine-steps.ts";
import type { Mistake } from "./mistake.ts";
import { areWithin, isSameEffect } from "./same-effect.ts";
import { Noted } from "./switch.ts";

/** The mistakes that are tried, by what tells that one may matter. */
export interface Mistakes {
  /** How many mutants of functions there are at all. */
  readonly mutants: number;
  readonly byId: ReadonlyMap<number, Mistake>;
  /** Of charts, by machine. */
  readonly byMachine: ReadonlyMap<string, readonly Mistake[]>;
  /** What is not known about them yet. */
  readonly undecided: ReadonlySet<Mistake>;
  /** Those of them that are tried now. */
  readonly tried: ReadonlySet<Mistake>;
}

/** A mistake that looked elsewhere than the right step did, and what it did so far. */
interface Stray {
  readonly mistake: Mistake;
  readonly tree: MemoTree;
}

/**
 * Lets every mistake make each step of an exploration anew that it may touch. One that never does
 * anything else has the same graph: it does the same in every state, so no other states come.
 */
export class Comparison implements StepWatch {
  /** They do something else in some state. */
  readonly infected = new Set<Mistake>();
  /** Those of them that tell something else of a pod. */
  readonly infectedFacts = new Set<Mistake>();
  /** Some step gets to them. */
  readonly reached = new Set<Mistake>();
  /** What is tried just now. */
  trying: Mistake | undefined;
  /** How often a step was made anew. */
  trials = 0;
  readonly #mistakes: Mistakes;
  readonly #maker: StepMaker;
  readonly #noted: Noted;
  readonly #notedFacts: Noted;
  /** By step, the mistakes that it gets to. */
  readonly #touched = new WeakMap<Effect, readonly Mistake[]>();
  readonly #strays = new WeakMap<Effect, readonly Stray[]>();
  readonly #pods = new WeakSet<KubeObject>();

  constructor(maker: StepMaker, mistakes: Mistakes) {
    this.#maker = maker;
    this.#mistakes = mistakes;
    this.#noted = new Noted(mistakes.mutants);
    this.#notedFacts = new Noted(mistakes.mutants);
  }

  answer(step: AskedStep, known: Effect | undefined, make: () => MadeStep): Effect {
    if (known !== undefined) {
      this.#follow(step, known);
      return known;
    }
    mutation.forget();
    this.#noted.take();
    mutation.seen = this.#noted;
    const made = make();
    mutation.seen = undefined;
    const seen = this.#noted.take();
    mutation.forget();
    this.#compareAll(step, made, this.#touchedBy(made.effect, seen));
    return made.effect;
  }

  #compareAll(step: AskedStep, made: MadeStep, touched: readonly Mistake[]): void {
    const { effect } = made;
    this.#touched.set(effect, touched);
    const strays: Stray[] = [];
    for (const mistake of touched) {
      this.reached.add(mistake);
      if (this.infected.has(mistake)) continue;
      const stray = this.#compare(mistake, step, made);
      if (stray !== undefined) strays.push(stray);
    }
    if (strays.length > 0) this.#strays.set(effect, strays);
    this.compareFacts(this.#objectsIn(effect), step.now);
  }

  /** Who looked elsewhere may find something else there now. */
  #follow(step: AskedStep, effect: Effect): void {
    for (const { mistake, tree } of this.#strays.get(effect) ?? nothing) {
      if (this.infected.has(mistake)) continue;
      if (tree.find(step.slots, step.script) !== undefined) continue;
      const other = this.#other(mistake, step);
      if (other === undefined || !isSameEffect(effect, other.effect)) this.infected.add(mistake);
      else tree.add(other.looks, other.effect);
    }
  }

  /** Whether a mistake does something else in this step. */
  isOther(mistake: Mistake, step: AskedStep, effect: Effect): boolean {
    if (!this.isTouched(mistake, effect)) return false;
    const other = this.#other(mistake, step);
    return other === undefined || !isSameEffect(effect, other.effect);
  }

  /** Whether a step gets to a mistake, and so may do something else. */
  isTouched(mistake: Mistake, effect: Effect): boolean {
    return this.#touched.get(effect)?.includes(mistake) === true;
  }

  /** What is told of pods by functions that a mistake may touch. */
  compareFacts(objects: readonly KubeObject[], now: number): void {
    for (const pod of objects.filter(isPod)) {
      if (this.#pods.has(pod)) continue;
      this.#pods.add(pod);
      const nowMs = this.#maker.world.epochMs + now;
      const [facts, seen] = mutation.watch(this.#notedFacts, () => factsOf(pod, nowMs));
      for (const mistake of this.#triedOf(seen)) {
        this.reached.add(mistake);
        if (this.infectedFacts.has(mistake)) continue;
        const other = ifWhole(() => mistake.during(() => factsOf(pod, nowMs)));
        if (JSON.stringify(other) === JSON.stringify(facts)) continue;
        this.infected.add(mistake);
        this.infectedFacts.add(mistake);
      }
    }
  }

  #compare(mistake: Mistake, step: AskedStep, right: MadeStep): Stray | undefined {
    const other = this.#other(mistake, step);
    if (other === undefined || !isSameEffect(right.effect, other.effect)) {
      this.infected.add(mistake);
      return undefined;
    }
    if (areWithin(other.looks, right.looks)) return undefined;
    const tree = new MemoTree();
    tree.add(other.looks, other.effect);
    return { mistake, tree };
  }

  /** What the step is with the mistake; undefined when it breaks. */
  #other(mistake: Mistake, step: AskedStep): MadeStep | undefined {
    this.trials++;
    this.trying = mistake;
    return ifWhole(() => mistake.during(() => this.#maker.again(step)));
  }

  #touchedBy(effect: Effect, seen: readonly number[]): readonly Mistake[] {
    const touched = new Set(this.#triedOf(seen));
    for (const { effects } of effect.steps) {
      for (const mistake of othersIn(effects, this.#mistakes)) {
        if (this.#mistakes.tried.has(mistake)) touched.add(mistake);
      }
    }
    return [...touched];
  }

  #triedOf(seen: readonly number[]): readonly Mistake[] {
    const { byId, tried } = this.#mistakes;
    return seen.flatMap((id) => {
      const mistake = byId.get(id);
      return mistake !== undefined && tried.has(mistake) ? [mistake] : [];
    });
  }

  #objectsIn({ writes }: Effect): readonly KubeObject[] {
    const { contents, slots } = this.#maker;
    const objects: KubeObject[] = [];
    for (let at = 0; at < writes.length; at += 2) {
      if (slots.kinds[writes[at] ?? -1] !== "value") continue;
      const value = contents.at(writes[at + 1] ?? 0);
      if (isKubeObject(value)) objects.push(value);
    }
    return objects;
  }
}

const nothing: readonly Stray[] = [];

/** The mistakes with which a machine makes a step otherwise. */
export function othersIn(effects: Effects, mistakes: Mistakes): readonly Mistake[] {
  const known = others.get(effects);
  if (known !== undefined) return known;
  const step = knownStepOf(effects);
  if (step === undefined) return [];
  const { byId, byMachine, undecided } = mistakes;
  const ofFunctions = step.seen.flatMap((id) => byId.get(id) ?? []);
  const ofCharts = byMachine.get(step.known.machine.id) ?? [];
  const found = [...ofFunctions, ...ofCharts].filter((mistake) => {
    return undecided.has(mistake) && mistake.isOther(step);
  });
  others.set(effects, found);
  return found;
}

const others = new WeakMap<Effects, readonly Mistake[]>();

function isKubeObject(value: unknown): value is KubeObject {
  return typeof value === "object" && value !== null && "kind" in value && "metadata" in value;
}

function ifWhole<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
