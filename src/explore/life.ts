import type { AnyStateMachine, AnyTransitionDefinition } from "xstate";

import { assert } from "../../machines/assert.ts";
import { Cluster } from "../cluster/cluster.ts";
import { optionalMachineNames } from "../cluster/optional-machines.ts";
import { scenarioAnswers } from "../manifest/scenario/answers.ts";
import type { Actor } from "../system/composition.ts";
import type { Pending } from "../system/delivery.ts";
import type { Effects } from "../system/effects.ts";
import type { Executor } from "../system/executor.ts";
import { machineOf } from "../system/variants.ts";
import { type Answering, Branching, branchingChoices, type Kept, type Pick } from "./branching.ts";
import { openAnswers } from "./open-answers.ts";
import { mayPress } from "./pressure.ts";
import type { ExploredSystem, OpenParts } from "./system-file.ts";

/** A cluster somewhere in its life, and all that decides how it may go on. */
export interface Life {
  readonly cluster: Cluster;
  readonly kept: Kept;
  /** How often each open step may still come. */
  readonly left: readonly number[];
  /** How many choices may still be unusual, and deliveries overtake others. */
  readonly unusualLeft: number;
  readonly overtakingsLeft: number;
  /** How many open steps may still come, of whatever kind. */
  readonly stepsLeft: number;
}

/** What comes next: one of the deliveries that may be next, or an open step; and its choices. */
export interface Move {
  readonly do: "deliver" | "step";
  /** The place among the heads of what is ahead, or among the open steps. */
  readonly nth: number;
  /** For each open choice that is asked, the place among its alternatives. */
  readonly picks: readonly number[];
}

/** A branch of a chart that was taken, and whose. */
export interface Taken {
  readonly machine: string;
  readonly actor: Actor;
  readonly branch: AnyTransitionDefinition;
}

/** What one machine did in one state, with its context, on one event: also when it did nothing. */
export interface LocalStep {
  readonly machine: AnyStateMachine;
  /** One for all equal steps. */
  readonly effects: Effects;
}

/** What a move led to. */
export interface Outcome {
  readonly move: Move;
  readonly life: Life;
  readonly picks: readonly Pick[];
  readonly taken: readonly Taken[];
  /** The delivery that was made; none for a step. */
  readonly delivered: Pending | undefined;
  /** Something that is open was not asked, because a bound was reached. */
  readonly isRestrained: boolean;
}

/** The lives of one system, step by step; each move makes another one and leaves the life as is. */
export class Lives {
  /** Every machine that some actor has had so far, by its id; one of more gates before others. */
  readonly machines = new Map<string, AnyStateMachine>();
  readonly #system: ExploredSystem;
  readonly #host: Executor | undefined;
  readonly #branching = new Branching();

  /** `host`: who makes the steps instead of the memo; it must know how to fork. */
  constructor(system: ExploredSystem, host?: Executor) {
    this.#system = system;
    this.#host = host;
  }

  /** Before the first delivery. */
  begin(): Life {
    const { open, bounds } = this.#system;
    const branching = this.#branching;
    branching.begin([], new Map());
    return {
      cluster: firstCluster(this.#system, branching, this.#host),
      kept: branching.kept,
      left: open.steps.map(({ atMost }) => atMost),
      unusualLeft: asksNothing(open) ? 0 : (bounds.unusual ?? Number.POSITIVE_INFINITY),
      overtakingsLeft: bounds.overtakings ?? Number.POSITIVE_INFINITY,
      stepsLeft: bounds.steps ?? Number.POSITIVE_INFINITY,
    };
  }

  /** Every way in which a life may go on. */
  *outcomes(life: Life): Generator<Outcome> {
    for (const [nth, head] of this.#heads(life).entries()) {
      yield* this.#each(life, { do: "deliver", nth }, head);
    }
    if (!this.#stepsMayCome(life)) return;
    for (const [nth, left] of life.left.entries()) {
      if (left > 0) yield* this.#each(life, { do: "step", nth }, undefined);
    }
  }

  /** Whether a delivery and nothing else is next; it may still ask something. */
  isForced(life: Life): boolean {
    if (life.left.some((left) => left > 0) && this.#stepsMayCome(life)) return false;
    return this.#heads(life).length === 1;
  }

  /** Whether all that was open is used up and only periodic work is left: it goes on like that. */
  isOver({ cluster: { system }, unusualLeft, overtakingsLeft, stepsLeft, left }: Life): boolean {
    const { open } = this.#system;
    const isOpen = !asksNothing(open) || open.steps.length > 0 || open.deliveries === "any order";
    if (system.isBusy || unusualLeft > 0 || !isOpen) return false;
    if (stepsLeft > 0 && left.some((one) => one > 0)) return false;
    return open.deliveries === "in order" || overtakingsLeft === 0;
  }

  /** One way on. */
  make(life: Life, { do: what, nth, picks }: Move): Outcome {
    const head = what === "deliver" ? this.#heads(life)[nth] : undefined;
    assert(what === "step" || head !== undefined, "a move is made of what is ahead");
    return this.#go(life, { do: what, nth }, head, picks);
  }

  /** The same without a copy: the life itself goes on. */
  drive(life: Life, { do: what, nth, picks }: Move): Outcome {
    const head = what === "deliver" ? this.#heads(life)[nth] : undefined;
    assert(what === "step" || head !== undefined, "a move is made of what is ahead");
    this.#branching.begin(picks, life.kept, life.unusualLeft);
    return this.#change(life, life.cluster, { do: what, nth }, head);
  }

  #heads({ cluster, overtakingsLeft }: Life): readonly Pending[] {
    const heads = cluster.system.ahead.heads();
    const isOrdered = this.#system.open.deliveries === "in order" || overtakingsLeft === 0;
    return isOrdered ? heads.slice(0, 1) : heads;
  }

  /** What is ready comes before them, or they overtake it. */
  #stepsMayCome(life: Life): boolean {
    if (life.stepsLeft === 0) return false;
    if (isBetweenMoments(life)) return true;
    return this.#system.open.deliveries === "any order" && life.overtakingsLeft > 0;
  }

  *#each(life: Life, move: Omit<Move, "picks">, head: Pending | undefined): Generator<Outcome> {
    let script: readonly number[] | undefined = [];
    while (script !== undefined) {
      const outcome = this.#go(life, move, head, script);
      script = this.#branching.next();
      yield outcome;
    }
  }

  #note({ system: { composition } }: Cluster, actor: Actor): void {
    const row = composition.machines[actor.machine];
    const known = this.machines.get(actor.machine);
    if (row === undefined || (known !== undefined && known !== row.machine)) return;
    this.machines.set(actor.machine, machineOf(actor, row));
  }

  #go(
    life: Life,
    move: Omit<Move, "picks">,
    head: Pending | undefined,
    script: readonly number[],
  ): Outcome {
    this.#branching.begin(script, life.kept, life.unusualLeft);
    return this.#change(life, life.cluster.fork(), move, head);
  }

  #change(
    life: Life,
    cluster: Cluster,
    { do: what, nth }: Omit<Move, "picks">,
    head: Pending | undefined,
  ): Outcome {
    const taken: Taken[] = [];
    cluster.system.stepped = (actor, effects) => {
      const { machine } = actor;
      this.#note(cluster, actor);
      for (const branch of effects.taken ?? []) taken.push({ machine, actor, branch });
    };
    const overtakes = what === "deliver" ? nth > 0 : !isBetweenMoments(life);
    if (head === undefined) this.#step(cluster, nth);
    else cluster.system.stepWith(head);
    const { picks, kept, unusualLeft, isRestrained } = this.#branching;
    const next: Life = {
      cluster,
      kept,
      left: what === "step" ? life.left.map((one, at) => (at === nth ? one - 1 : one)) : life.left,
      unusualLeft,
      overtakingsLeft: life.overtakingsLeft - (overtakes ? 1 : 0),
      stepsLeft: life.stepsLeft - (what === "step" ? 1 : 0),
    };
    const move = { do: what, nth, picks: picks.map(({ picked }) => picked) };
    return { move, life: next, picks, taken, delivered: head, isRestrained };
  }

  /** The API server hears of a user's step, or the node of a fault, at once. */
  #step(cluster: Cluster, nth: number): void {
    const open = this.#system.open.steps[nth];
    assert(open !== undefined, "an open step is one of the system's");
    const { system } = cluster;
    const before = new Set(system.ahead.waiting());
    cluster.take(open.step, (name) => this.#system.files[name]);
    for (const one of system.ahead.waiting()) if (!before.has(one)) system.stepWith(one);
  }
}

/** A system's cluster before the first delivery, with somebody who answers what is open. */
export function firstCluster(
  system: ExploredSystem,
  answering: Answering,
  host?: Executor,
): Cluster {
  const { objects, kubelets, controlPlane, environment, open, instead = {}, controllers } = system;
  return Cluster.create({
    objects,
    kubelets,
    environment: openAnswers(scenarioAnswers({ environment }), open.environment, answering),
    choices: branchingChoices(answering, open.choices),
    ...(host !== undefined && { host }),
    ...(controlPlane && { controlPlane }),
    without: withoutOf(system),
    instead,
    ...(controllers && { controllers }),
  });
}

/** What it does not name, it does without; nobody evicts where nothing can be short. */
function withoutOf(system: ExploredSystem): readonly string[] {
  const optional = optionalMachineNames.filter((one) => !system.machines.includes(one));
  return mayPress(system) ? optional : [...optional, "evictionManager"];
}

export function asksNothing({ choices, environment }: OpenParts): boolean {
  return environment.length === 0 && Object.keys(choices).length === 0;
}

/** Nothing is ready: what comes next comes later. */
function isBetweenMoments({ cluster: { system } }: Life): boolean {
  return (system.nextAt() ?? Number.POSITIVE_INFINITY) > system.now;
}
