import type { AnyStateMachine, AnyTransitionDefinition } from "xstate";

import { assert } from "../../machines/assert.ts";
import { Cluster } from "../cluster/cluster.ts";
import { scenarioAnswers } from "../manifest/scenario/answers.ts";
import type { Actor } from "../system/composition.ts";
import type { Pending } from "../system/delivery.ts";
import { machineOf } from "../system/variants.ts";
import { Branching, branchingChoices, type Kept, type Pick } from "./branching.ts";
import { openAnswers } from "./open-answers.ts";
import { mayPress } from "./pressure.ts";
import type { ExploredSystem } from "./system-file.ts";

/** A cluster somewhere in its life, and all that decides how it may go on. */
export interface Life {
  readonly cluster: Cluster;
  readonly kept: Kept;
  /** How often each open step may still come. */
  readonly left: readonly number[];
  /** How many choices may still be unusual, and deliveries overtake others. */
  readonly unusualLeft: number;
  readonly overtakingsLeft: number;
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
  readonly branch: AnyTransitionDefinition;
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
  readonly #branching = new Branching();

  constructor(system: ExploredSystem) {
    this.#system = system;
  }

  /** Before the first delivery. */
  begin(): Life {
    const { objects, kubelets, environment, open, bounds } = this.#system;
    const branching = this.#branching;
    branching.begin([], new Map());
    const cluster = Cluster.create({
      objects,
      kubelets,
      environment: openAnswers(scenarioAnswers({ environment }), open.environment, branching),
      choices: branchingChoices(branching, open.choices),
      without: mayPress(this.#system) ? [] : ["evictionManager"],
    });
    return {
      cluster,
      kept: branching.kept,
      left: open.steps.map(({ atMost }) => atMost),
      unusualLeft: bounds.unusual ?? Number.POSITIVE_INFINITY,
      overtakingsLeft: bounds.overtakings ?? Number.POSITIVE_INFINITY,
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

  /** Whether nothing is open any more and only periodic work is left: it goes on like that. */
  isOver({ cluster: { system }, unusualLeft, overtakingsLeft, left }: Life): boolean {
    if (system.isBusy || unusualLeft > 0 || left.some((one) => one > 0)) return false;
    return this.#system.open.deliveries === "in order" || overtakingsLeft === 0;
  }

  /** One way on; the life itself goes it, without a copy, when it `isLast`. */
  make(life: Life, { do: what, nth, picks }: Move, isLast = false): Outcome {
    const head = what === "deliver" ? this.#heads(life)[nth] : undefined;
    assert(what === "step" || head !== undefined, "a move is made of what is ahead");
    return this.#go(life, { do: what, nth }, head, picks, isLast);
  }

  #heads({ cluster, overtakingsLeft }: Life): readonly Pending[] {
    const heads = cluster.system.ahead.heads();
    const isOrdered = this.#system.open.deliveries === "in order" || overtakingsLeft === 0;
    return isOrdered ? heads.slice(0, 1) : heads;
  }

  /** Whether some delivery may not come next, because enough have overtaken others. */
  isRestrained(life: Life): boolean {
    const isOpen = this.#system.open.deliveries === "any order";
    return isOpen && life.overtakingsLeft === 0 && life.cluster.system.ahead.heads().length > 1;
  }

  /** What is ready comes before them, unless any order may be. */
  #stepsMayCome({ cluster: { system } }: Life): boolean {
    if (this.#system.open.deliveries === "any order") return true;
    return (system.nextAt() ?? Number.POSITIVE_INFINITY) > system.now;
  }

  *#each(life: Life, move: Omit<Move, "picks">, head: Pending | undefined): Generator<Outcome> {
    let script: readonly number[] | undefined = [];
    while (script !== undefined) {
      const outcome = this.#go(life, move, head, script, false);
      script = this.#branching.next();
      yield outcome;
    }
  }

  #note({ system: { composition, world } }: Cluster, actor: Actor): void {
    const row = composition.machines[actor.machine];
    const known = this.machines.get(actor.machine);
    if (row === undefined || (known !== undefined && known !== row.machine)) return;
    this.machines.set(actor.machine, machineOf(actor, row, world));
  }

  #go(
    life: Life,
    { do: what, nth }: Omit<Move, "picks">,
    head: Pending | undefined,
    script: readonly number[],
    isLast: boolean,
  ): Outcome {
    const branching = this.#branching;
    const cluster = isLast ? life.cluster : life.cluster.fork();
    const taken: Taken[] = [];
    cluster.system.stepped = (actor, effects) => {
      const { machine } = actor;
      this.#note(cluster, actor);
      for (const branch of effects.taken ?? []) taken.push({ machine, branch });
    };
    branching.begin(script, life.kept, life.unusualLeft);
    if (head === undefined) this.#step(cluster, nth);
    else cluster.system.stepWith(head);
    const { picks, kept, unusualLeft, isRestrained } = branching;
    const next: Life = {
      cluster,
      kept,
      left: what === "step" ? life.left.map((one, at) => (at === nth ? one - 1 : one)) : life.left,
      unusualLeft,
      overtakingsLeft: life.overtakingsLeft - (what === "deliver" && nth > 0 ? 1 : 0),
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
    cluster.take(open.step);
    for (const one of system.ahead.waiting()) if (!before.has(one)) system.stepWith(one);
  }
}
