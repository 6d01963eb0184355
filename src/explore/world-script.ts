import { type Life, Lives, type Outcome } from "./life.ts";
import type { ExploredSystem } from "./system-file.ts";
import type { SuitePath } from "./suite.ts";
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
  /** The delivery that had come just before. */
  readonly after: string | undefined;
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
  let life = lives.begin();
  let after: string | undefined;
  for (const move of moves) {
    const outcome = lives.make(life, move);
    const { delivered } = outcome;
    decisions.push(...turnOf(system, life, outcome, after), ...answersOf(outcome, asked));
    if (delivered !== undefined) after = deliveryName(delivered);
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
    const label = open.steps[move.nth]?.label ?? "";
    return [{ do: "step", atMs: cluster.now, after, nth: move.nth, label }];
  }
  if (move.nth === 0 || delivered === undefined) return [];
  const atMs = life.cluster.now;
  return [{ do: "overtake", atMs, after, nth: -1, label: deliveryName(delivered) }];
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

/** A decision as a report tells it. */
export function decisionText(decision: Decision): string {
  if (decision.do === "answer") return `${decision.question}: ${decision.picked}`;
  return decision.do === "step" ? decision.label : `${decision.label} first`;
}
