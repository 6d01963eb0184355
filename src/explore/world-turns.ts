import type { Pick as Picked } from "./branching.ts";
import type { Life, Lives, Move, Outcome } from "./life.ts";
import type { ExploredSystem } from "./system-file.ts";
import {
  type Answer,
  type Decision,
  deliveryName,
  isThere,
  Places,
  type Turn,
} from "./world-script.ts";

/** Hands out the world's decisions in a life that has become another, and counts what is left. */
export class WorldTurns {
  readonly #system: ExploredSystem;
  readonly #answers: ReadonlyMap<string, Answer>;
  readonly #turns: Turn[];
  readonly #skipped: Decision[] = [];
  readonly #asked = new Map<string, number>();
  readonly #given = new Set<Answer>();
  readonly #places = new Places();

  constructor(system: ExploredSystem, decisions: readonly Decision[]) {
    this.#system = system;
    this.#turns = decisions.filter((one) => one.do !== "answer");
    const answers = decisions.filter((one) => one.do === "answer");
    this.#answers = new Map(answers.map((one) => [`${one.question} ${one.nth}`, one]));
  }

  /** Whether users and faults have nothing more to do. */
  get isOver(): boolean {
    return this.#turns.length === 0;
  }

  /** Decisions that did not apply, or were not asked for. */
  get skipped(): readonly Decision[] {
    return [
      ...this.#skipped,
      ...[...this.#answers.values()].filter((one) => !this.#given.has(one)),
    ];
  }

  /** What comes next by a decision. */
  next(life: Life): Omit<Move, "picks"> | undefined {
    for (let turn = this.#turns[0]; turn !== undefined; turn = this.#turns[0]) {
      const { now, system } = life.cluster;
      const nextAtMs = system.nextAt() ?? Number.POSITIVE_INFINITY;
      const atMs = turn.do === "step" ? now : nextAtMs;
      const isHere = atMs === turn.atMs && turn.after === this.#places.last;
      // What had come before has become something else, and the moment is over.
      if (!isHere && nextAtMs <= turn.atMs) return undefined;
      this.#turns.shift();
      const move = turn.do === "step" ? this.#step(life, turn) : overtaking(life, turn);
      if (move !== undefined) return move;
      this.#skipped.push(turn);
    }
    return undefined;
  }

  /** Makes a move with the answers that are decided; all others are as usual. */
  make(lives: Lives, life: Life, move: Omit<Move, "picks">): Outcome {
    let script: readonly number[] = [];
    for (;;) {
      const outcome = lives.make(life, { ...move, picks: script });
      const wanted = this.#wanted(outcome.picks);
      const wrong = outcome.picks.findIndex(({ picked }, at) => picked !== wanted[at]?.picked);
      if (wrong < 0) {
        for (const { question, answer } of wanted) this.#note(question, answer);
        this.#places.note(outcome);
        return outcome;
      }
      script = wanted.slice(0, wrong + 1).map(({ picked }) => picked);
    }
  }

  #wanted(picks: readonly Picked[]): readonly Wanted[] {
    const times = new Map<string, number>();
    return picks.map(({ name, about, alternatives }) => {
      const question = `${name} of ${about}`;
      const before = times.get(question) ?? 0;
      times.set(question, before + 1);
      const answer = this.#answers.get(`${question} ${(this.#asked.get(question) ?? 0) + before}`);
      const picked = Math.max(0, alternatives.indexOf(answer?.picked ?? ""));
      return { question, answer, picked };
    });
  }

  #note(question: string, answer: Answer | undefined): void {
    this.#asked.set(question, (this.#asked.get(question) ?? 0) + 1);
    if (answer !== undefined) this.#given.add(answer);
  }

  /** Nothing where all that a command names has gone. */
  #step({ cluster, left }: Life, { nth, applied }: Turn): Omit<Move, "picks"> | undefined {
    const step = this.#system.open.steps[nth]?.step;
    if (step === undefined || (left[nth] ?? 0) === 0) return undefined;
    return applied && !isThere(cluster, step) ? undefined : { do: "step", nth };
  }
}

interface Wanted {
  readonly question: string;
  readonly answer: Answer | undefined;
  /** The place among the alternatives; the usual one where nothing is decided. */
  readonly picked: number;
}

function overtaking({ cluster }: Life, { label }: Turn): Omit<Move, "picks"> | undefined {
  const heads = cluster.system.ahead.heads();
  const nth = heads.findIndex((head) => deliveryName(head) === label);
  return nth > 0 ? { do: "deliver", nth } : undefined;
}
