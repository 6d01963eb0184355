import type { KubeObject } from "../../machines/api/meta.ts";
import type { Edge, Exploration } from "./explorer.ts";
import type { SeenState } from "./memo/state.ts";
import { NumberList } from "./number-list.ts";

/** What is asked of the API objects of a state; Events are not among them. */
export type Predicate = (objects: readonly KubeObject[]) => boolean;

/**
 * A sentence about all lives of a system: in every state, in some state, in every life sooner or
 * later, or from every state still possible.
 */
export type Property =
  | { readonly always: Predicate }
  | { readonly sometimes: Predicate }
  | { readonly eventually: Predicate }
  | { readonly possible: Predicate };

/** By sentence. */
export type Properties = Readonly<Record<string, Property>>;

export interface Verdict {
  readonly sentence: string;
  /** Within the bounds; `open`: the search was stopped before it was decided. */
  readonly outcome: "holds" | "violated" | "open";
  /** Where it is seen: the first state that violates it, or in which it holds for `sometimes`. */
  readonly state: number | undefined;
}

/** Asks properties in every state of an exploration, which must be of `states: "all"`. */
export class PropertyCheck {
  readonly #asked: readonly Asked[];
  readonly #froms = new NumberList();
  readonly #tos = new NumberList();

  constructor(properties: Properties) {
    this.#asked = Object.entries(properties).map(([sentence, property]) => {
      return { sentence, ...kindOf(property), holds: new NumberList() };
    });
  }

  onState(seen: SeenState, state: number): void {
    const objects = seen.objects();
    for (const { sentence, predicate, holds } of this.#asked) {
      holds.push(Number(ask(sentence, predicate, objects, state)));
    }
  }

  onEdge({ from, to }: Pick<Edge, "from" | "to">): void {
    this.#froms.push(from);
    this.#tos.push(to);
  }

  /** What an exploration that has been told all of its states and edges came to. */
  verdicts({ cut, stoppedBy }: Pick<Exploration, "cut" | "stoppedBy">): readonly Verdict[] {
    const isOpen = stoppedBy !== undefined;
    const graph = graphOf(this.#froms, this.#tos, this.#asked[0]?.holds.length ?? 0);
    return this.#asked.map(({ sentence, kind, holds }) => {
      return { sentence, ...judges[kind]({ graph, holds, cut, isOpen }) };
    });
  }
}

interface Asked {
  readonly sentence: string;
  readonly kind: "always" | "sometimes" | "eventually" | "possible";
  readonly predicate: Predicate;
  readonly holds: NumberList;
}

function kindOf(property: Property): Pick<Asked, "kind" | "predicate"> {
  if ("always" in property) return { kind: "always", predicate: property.always };
  if ("sometimes" in property) return { kind: "sometimes", predicate: property.sometimes };
  if ("eventually" in property) return { kind: "eventually", predicate: property.eventually };
  return { kind: "possible", predicate: property.possible };
}

/** What a property throws is told with the property. */
function ask(
  sentence: string,
  predicate: Predicate,
  objects: readonly KubeObject[],
  state: number,
): boolean {
  try {
    return predicate(objects);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const text = `the property ${JSON.stringify(sentence)} threw in state ${state}: ${said}`;
    throw new Error(text, { cause: error });
  }
}

/** Successors by state. */
type Graph = readonly (readonly number[])[];

function graphOf(froms: NumberList, tos: NumberList, states: number): Graph {
  const graph = Array.from({ length: states }, (): number[] => []);
  for (let edge = 0; edge < froms.length; edge++) graph[froms.at(edge)]?.push(tos.at(edge));
  return graph;
}

interface Judged {
  readonly graph: Graph;
  readonly holds: NumberList;
  /** From these something was left out, so nobody knows how their lives end. */
  readonly cut: ReadonlySet<number>;
  readonly isOpen: boolean;
}

type Judgement = Pick<Verdict, "outcome" | "state">;

const judges: Readonly<Record<Asked["kind"], (judged: Judged) => Judgement>> = {
  always: ({ holds, isOpen }) => {
    const state = firstWith(holds, 0);
    if (state !== undefined) return { outcome: "violated", state };
    return { outcome: isOpen ? "open" : "holds", state: undefined };
  },
  sometimes: ({ holds, isOpen }) => {
    const state = firstWith(holds, 1);
    if (state !== undefined) return { outcome: "holds", state };
    return { outcome: isOpen ? "open" : "violated", state: undefined };
  },
  eventually: ({ graph, holds, cut, isOpen }) => {
    const state = endWithout(graph, holds, cut);
    if (state !== undefined) return { outcome: "violated", state };
    return { outcome: isOpen ? "open" : "holds", state: undefined };
  },
  possible: ({ graph, holds, cut, isOpen }) => {
    const good = new Set(cut);
    for (let state = 0; state < holds.length; state++) if (holds.at(state) === 1) good.add(state);
    const able = reaching(graph, good);
    const state = graph.findIndex((_, at) => !able.has(at));
    if (state >= 0) return { outcome: "violated", state };
    return { outcome: isOpen ? "open" : "holds", state: undefined };
  },
};

function firstWith(holds: NumberList, value: 0 | 1): number | undefined {
  for (let state = 0; state < holds.length; state++) if (holds.at(state) === value) return state;
  return undefined;
}

/**
 * A state in which a life ends or comes back to where it was without the property ever having held
 * on its way. Fairness: every delivery is made in the end; nobody has to take an open step, and no
 * choice has to come out otherwise than before.
 */
function endWithout(graph: Graph, holds: NumberList, cut: ReadonlySet<number>): number | undefined {
  const [unseen, onWay, done] = [0, 1, 2];
  const marks = new NumberList();
  for (let state = 0; state < graph.length; state++) marks.push(unseen);
  const way: { readonly state: number; next: number }[] = [];
  const enter = (state: number): void => {
    marks.set(state, onWay);
    way.push({ state, next: 0 });
  };
  if (holds.at(0) === 0) enter(0);
  for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
    const followers = graph[top.state] ?? [];
    if (followers.length === 0 && !cut.has(top.state)) return top.state;
    const follower = followers[top.next++];
    if (follower === undefined) {
      marks.set(top.state, done);
      way.pop();
    } else if (holds.at(follower) === 0) {
      if (marks.at(follower) === onWay) return top.state;
      if (marks.at(follower) === unseen) enter(follower);
    }
  }
  return undefined;
}

/** All states from which one of these can be reached. */
function reaching(graph: Graph, goals: ReadonlySet<number>): ReadonlySet<number> {
  const before = Array.from(graph, (): number[] => []);
  for (const [from, followers] of graph.entries()) {
    for (const to of followers) before[to]?.push(from);
  }
  const reached = new Set(goals);
  const waiting = [...goals];
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    for (const from of before[state] ?? []) {
      if (reached.has(from)) continue;
      reached.add(from);
      waiting.push(from);
    }
  }
  return reached;
}
