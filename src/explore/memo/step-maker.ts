import type { AnyStateMachine } from "xstate";

import { assert } from "../../../machines/assert.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import type { Actor, Composition } from "../../system/composition.ts";
import type { LocalState } from "../../system/effects.ts";
import { stepperOf } from "../../system/stepper.ts";
import { System } from "../../system/system.ts";
import { machineOf } from "../../system/variants.ts";
import type { KubeWorld } from "../../system/world.ts";
import type { Answering } from "../branching.ts";
import { asksNothing, firstCluster, type LocalStep, type Taken } from "../life.ts";
import type { ExploredSystem } from "../system-file.ts";
import { Contents } from "./contents.ts";
import { Footprint, type Look } from "./footprint.ts";
import { Letters, type Template } from "./letters.ts";
import { type Effect, MemoTree } from "./memo-tree.ts";
import { pendingOf, RecordedActors, RecordedMail } from "./recorded-mail.ts";
import { RecordedWorld } from "./recorded-world.ts";
import { Recording } from "./recording.ts";
import { Slots } from "./slots.ts";

/** A step that is asked for in a state, whose slots change afterwards. */
export interface AskedStep {
  /** What is known of the same delivery or open step, whatever the state and the moment. */
  readonly tree: MemoTree;
  readonly slots: Int32Array;
  readonly now: number;
  readonly script: readonly number[];
  readonly run: () => void;
}

/** What a step has looked at, and what it does. */
export interface MadeStep {
  readonly looks: readonly Look[];
  readonly effect: Effect;
}

/** Stands between who asks for steps and what is known of them. */
export interface StepWatch {
  /** What the step does; `known`: as it is remembered, else `make` makes it, to be remembered. */
  answer(step: AskedStep, known: Effect | undefined, make: () => MadeStep): Effect;
}

/** Makes the steps of a system's states: once each, by the kernel, and from memory after that. */
export class StepMaker {
  readonly slots = new Slots();
  readonly contents = new Contents(this.slots);
  readonly letters = new Letters(this.slots, this.contents.values);
  /** How many choices may still be unusual; −1: any number. */
  readonly unusualSlot = this.slots.of("head", "unusual");
  /** Every machine that some actor has had so far, by its id; one of more gates before others. */
  readonly machines = new Map<string, AnyStateMachine>();
  watch: StepWatch | undefined;
  readonly #explored: ExploredSystem;
  /** Holds what time it is while a step is looked for or made. */
  readonly #clock = this.slots.of("head", "clock");
  readonly #footprint = new Footprint(this.#clock);
  readonly #recording: Recording;
  readonly #first: Cluster;
  readonly #cluster: Cluster;
  readonly #world: RecordedWorld;
  /** By delivery, and by open step. */
  readonly #deliveries: MemoTree[] = [];
  readonly #steps: MemoTree[] = [];
  #taken: Taken[] = [];
  #stepped: LocalStep[] = [];

  constructor(explored: ExploredSystem) {
    this.#explored = explored;
    const [letters, footprint] = [this.letters, this.#footprint];
    this.#first = firstCluster(explored, this.#answering());
    const { system } = this.#first;
    this.#recording = new Recording(this.slots, this.contents, footprint);
    this.#world = new RecordedWorld(system.world, this.#recording);
    const actors = new RecordedActors(letters, footprint);
    const mail = new RecordedMail(actors, letters, footprint);
    const parts = { world: this.#world, choices: system.choices, actors };
    this.#cluster = this.#first.around((composition) => {
      return new System<KubeWorld>(composition, parts, { mailboxes: mail });
    });
    this.#cluster.system.stepped = (actor, effects) => {
      const { machine } = actor;
      const own = this.#note(this.#cluster.system, actor);
      if (own !== undefined) this.#stepped.push({ machine: own, effects });
      for (const branch of effects.taken ?? []) this.#taken.push({ machine, actor, branch });
    };
  }

  get world(): RecordedWorld {
    return this.#world;
  }

  /** What waits before the first delivery, the oldest first. */
  first(): readonly Template[] {
    const { letters } = this;
    const waiting = this.#first.system.ahead.waiting();
    return waiting.map((one) => letters.templateOf(letters.placeOf(one.to), one));
  }

  /** The state of an actor whose slot holds that number; undefined before it has begun. */
  localStateIn(slot: number, value: number): LocalState | undefined {
    const actor = this.letters.actorIn(slot);
    const row = actor && this.#cluster.system.composition.machines[actor.machine];
    if (actor === undefined || row === undefined || value <= 0) return undefined;
    return stepperOf(machineOf(actor, row)).stateOf(value - 1);
  }

  /** How many choices may be unusual, as its slot tells it. */
  get firstUnusual(): number {
    const { open, bounds } = this.#explored;
    return asksNothing(open) ? 0 : (bounds.unusual ?? -1);
  }

  deliver(template: Template, slots: Int32Array, now: number, script: readonly number[]): Effect {
    const tree = (this.#deliveries[template.id] ??= new MemoTree());
    const known = this.#find(tree, slots, now, script);
    if (known !== undefined && this.watch === undefined) return known;
    const run = (): void => this.#cluster.system.stepWith(pendingOf(template, now));
    return this.#go({ tree, slots, now, script, run }, known);
  }

  /** The API server hears of a user's step, or the node of a fault, at once. */
  take(nth: number, slots: Int32Array, now: number, script: readonly number[]): Effect {
    const tree = (this.#steps[nth] ??= new MemoTree());
    const known = this.#find(tree, slots, now, script);
    if (known !== undefined && this.watch === undefined) return known;
    return this.#go({ tree, slots, now, script, run: () => this.#takeStep(nth, now) }, known);
  }

  #find(
    tree: MemoTree,
    slots: Int32Array,
    now: number,
    script: readonly number[],
  ): Effect | undefined {
    slots[this.#clock] = now;
    const known = tree.find(slots, script);
    slots[this.#clock] = 0;
    return known;
  }

  #takeStep(nth: number, now: number): void {
    const open = this.#explored.open.steps[nth];
    assert(open !== undefined, "an open step is one of the system's");
    this.#cluster.take(open.step, (name) => this.#explored.files[name]);
    const sent = this.#footprint.operations;
    this.#footprint.operations = [];
    for (const one of sent) {
      assert("push" in one, "a step only sends");
      this.#cluster.system.stepWith(pendingOf(one.push, now + one.delayMs));
    }
  }

  /** Whoever watches finds the clock in the slots, too. */
  #go(step: AskedStep, known: Effect | undefined): Effect {
    const make = (): MadeStep => {
      const made = this.again(step);
      step.tree.add(made.looks, made.effect);
      return made;
    };
    step.slots[this.#clock] = step.now;
    const effect = this.watch === undefined ? make().effect : this.watch.answer(step, known, make);
    step.slots[this.#clock] = 0;
    return effect;
  }

  /** Lets the kernel make a step, whether it is remembered or not, and remembers nothing of it. */
  again({ slots, now, script, run }: AskedStep): MadeStep {
    const footprint = this.#footprint;
    footprint.begin(slots, now, script);
    this.#taken = [];
    this.#stepped = [];
    this.#world.begin();
    run();
    this.#world.end();
    const { looks, operations, isRestrained } = footprint;
    const asked = looks.flatMap((one) => ("question" in one ? [one] : []));
    const questions = asked.map(({ question }) => question);
    const picks = asked.map(({ picked }) => picked);
    const [writes, parts] = [footprint.writes(), footprint.partWrites()];
    const [taken, steps, next] = [this.#taken, this.#stepped, nextOf(questions, picks)];
    const { events } = this.#world;
    return {
      looks,
      effect: {
        writes,
        parts,
        operations,
        questions,
        picks,
        next,
        taken,
        steps,
        events,
        isRestrained,
      },
    };
  }

  #answering(): Answering {
    const footprint = this.#footprint;
    const pick = (name: string, about: string, alternatives: readonly string[]): number => {
      const left = footprint.read(this.unusualSlot);
      if (left === 0) {
        footprint.isRestrained = true;
        return 0;
      }
      const picked = footprint.ask({ name, about, alternatives });
      assert(picked < alternatives.length, "a script fits the choices that are asked");
      if (picked > 0 && left > 0) footprint.write(this.unusualSlot, left - 1);
      return picked;
    };
    return {
      pick,
      keep: (name, about, time, alternatives) => {
        const slot = this.slots.of("kept", `${name} ${about}`);
        const kept = this.#recording.valueIn(slot);
        const [at, known] = String(kept ?? "").split(" ");
        if (at === String(time) && known !== undefined) return Number(known);
        const picked = pick(name, about, alternatives);
        this.#recording.put(slot, `${time} ${picked}`);
        return picked;
      },
    };
  }

  /** The actor's machine. */
  #note(
    { composition }: { readonly composition: Composition<KubeWorld> },
    actor: Actor,
  ): AnyStateMachine | undefined {
    const row = composition.machines[actor.machine];
    if (row === undefined) return undefined;
    const [known, own] = [this.machines.get(actor.machine), machineOf(actor, row)];
    if (known === undefined || known === row.machine) this.machines.set(actor.machine, own);
    return own;
  }
}

/** The last choice that has another alternative gets it; those after it are asked anew. */
function nextOf(
  questions: Effect["questions"],
  picks: readonly number[],
): readonly number[] | undefined {
  for (let last = picks.length - 1; last >= 0; last--) {
    const picked = (picks[last] ?? 0) + 1;
    if (picked < (questions[last]?.alternatives.length ?? 0))
      return [...picks.slice(0, last), picked];
  }
  return undefined;
}
