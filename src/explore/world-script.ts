import { type Life, Lives, type Outcome } from "./life.ts";
import type { ExploredSystem } from "./system-file.ts";
import type { SuitePath } from "./suite.ts";
import { flagOf } from "../manifest/scenario/kubectl.ts";
import type { ScenarioStep } from "../manifest/scenario/steps.ts";
import { addressOf } from "../system/composition.ts";
import type { Pending } from "../system/delivery.ts";

/** What the world decided in a life, apart from the usual; who lives in it decides the rest. */
export type Decision = Answer | Turn;

/** How a question was answered that the environment was asked. */
export interface Answer {
  readonly do: "answer";
  /** What was asked, and of whom. */
  readonly question: string;
  /** How often the same had been asked before. */
  readonly nth: number;
  readonly picked: string;
}

/** What a user or a fault did, or a delivery that came before older ones. */
export interface Turn {
  readonly do: "step" | "overtake";
  readonly atMs: number;
  /** The delivery that had come just before, and how often it had come in that moment. */
  readonly after: string | undefined;
  /** False for a command whose objects were not there: it changed nothing. */
  readonly applied: boolean;
  /** The place of an open step, -1 for a delivery. */
  readonly nth: number;
  /** As it is written, or the delivery. */
  readonly label: string;
}

/** The decisions of a path, in order; those that came out as usual are left out. */
export function worldScript(
  system: ExploredSystem,
  { moves }: Pick<SuitePath, "moves">,
): readonly Decision[] {
  const lives = new Lives(system);
  const asked = new Map<string, number>();
  const decisions: Decision[] = [];
  const places = new Places();
  let life = lives.begin();
  for (const move of moves) {
    const outcome = lives.make(life, move);
    const turn = turnOf(system, life, outcome, places.last);
    decisions.push(...turn, ...answersOf(outcome, asked));
    places.note(outcome);
    ({ life } = outcome);
  }
  return decisions;
}

function turnOf(
  { open }: ExploredSystem,
  { cluster }: Life,
  { move, life, delivered }: Outcome,
  after: string | undefined,
): readonly Turn[] {
  if (move.do === "step") {
    const { step, label = "" } = open.steps[move.nth] ?? {};
    const applied = step === undefined || isThere(cluster, step);
    return [{ do: "step", atMs: cluster.now, after, applied, nth: move.nth, label }];
  }
  if (move.nth === 0 || delivered === undefined) return [];
  const atMs = life.cluster.now;
  const label = deliveryName(delivered);
  return [{ do: "overtake", atMs, after, applied: true, nth: -1, label }];
}

function answersOf({ picks }: Outcome, asked: Map<string, number>): readonly Answer[] {
  return picks.flatMap(({ name, about, alternatives, picked }) => {
    const question = `${name} of ${about}`;
    const nth = asked.get(question) ?? 0;
    asked.set(question, nth + 1);
    if (picked === 0) return [];
    return [{ do: "answer", question, nth, picked: alternatives[picked] ?? "" }];
  });
}

/** A delivery by what it is and to whom. */
export function deliveryName({ event, to }: Pick<Pending, "event" | "to">): string {
  return `${event.type} to ${addressOf(to)}`;
}

/** Tells deliveries of one moment apart. */
export class Places {
  /** The last delivery. */
  last: string | undefined;
  #atMs = 0;
  readonly #times = new Map<string, number>();

  note({ delivered, life }: Pick<Outcome, "delivered" | "life">): void {
    if (delivered === undefined) return;
    const { now } = life.cluster;
    if (now !== this.#atMs) this.#times.clear();
    this.#atMs = now;
    const name = deliveryName(delivered);
    const times = (this.#times.get(name) ?? 0) + 1;
    this.#times.set(name, times);
    this.last = `${name}, ${times}`;
  }
}

/** Whether there is something for a step to change: not where all that a command names is gone. */
export function isThere(cluster: Life["cluster"], step: ScenarioStep): boolean {
  if (step.do !== "kubectl" || ["create", "apply"].includes(step.command.verb)) return true;
  const namespace = flagOf(step.command, "namespace") ?? "default";
  const named = step.command.targets.flatMap(({ kind, names }) =>
    names.map((name) => cluster.get(kind, kind === "Node" ? name : `${namespace}/${name}`)),
  );
  return named.length === 0 || named.some((one) => one !== undefined);
}

/** A decision as a report tells it. */
export function decisionText(decision: Decision): string {
  if (decision.do === "answer") return `${decision.question}: ${decision.picked}`;
  return decision.do === "step" ? decision.label : `${decision.label} first`;
}
