import type { KubeObject } from "../../machines/api/meta.ts";
import type { Edge, Exploration } from "./explorer.ts";
import type { Life, Move } from "./life.ts";
import type { SeenState } from "./memo/state.ts";
import { NumberList } from "./number-list.ts";
import type { Seeing } from "./shrink.ts";

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
  /**
   * Within the bounds; `open`: the search was stopped before it was decided; `threw`: the property
   * itself is wrong, and was not asked any more.
   */
  readonly outcome: "holds" | "violated" | "open" | "threw";
  /** Where it is seen: the first state that violates it, or in which it holds for `sometimes`. */
  readonly state: number | undefined;
  /** Of one that is to hold eventually: a way there on which it never holds. */
  readonly moves?: readonly Move[];
  /** What the property threw. */
  readonly error?: unknown;
}

/** Where properties have not returned, by sentence. */
export type Endless = ReadonlyMap<string, { readonly state: number; readonly said: string }>;

/** Asks properties in every state of an exploration, which must be of `states: "all"`. */
export class PropertyCheck {
  readonly #asked: readonly Asked[];
  readonly #froms = new NumberList();
  readonly #tos = new NumberList();
  readonly #moves: Move[] = [];
  /** What is being asked now, for somebody who waits for it. */
  asking: { readonly sentence: string; readonly state: number } | undefined;

  /** `endless`: properties that are not asked, because they have not returned before. */
  constructor(properties: Properties, endless: Endless = new Map()) {
    this.#asked = Object.entries(properties).map(([sentence, property]) => {
      const known = endless.get(sentence);
      const threw = known && { state: known.state, error: known.said };
      return { sentence, ...kindOf(property), holds: new NumberList(), threw };
    });
  }

  onState(seen: SeenState, state: number): void {
    const objects = seen.objects();
    for (const asked of this.#asked) {
      this.asking = { sentence: asked.sentence, state };
      asked.holds.push(ask(asked, objects, state));
    }
    this.asking = undefined;
  }

  onEdge({ from, to, move }: Pick<Edge, "from" | "to" | "move">): void {
    this.#froms.push(from);
    this.#tos.push(to);
    this.#moves.push(move);
  }

  /** What an exploration that has been told all of its states and edges came to. */
  verdicts({ cut, stoppedBy }: Pick<Exploration, "cut" | "stoppedBy">): readonly Verdict[] {
    const isOpen = stoppedBy !== undefined;
    const graph = graphOf(this.#froms, this.#tos, this.#asked[0]?.holds.length ?? 0);
    return this.#asked.map(({ sentence, kind, holds, threw }) => {
      if (threw !== undefined) return { sentence, outcome: "threw", ...threw };
      const judgement = judges[kind]({ graph, holds, cut, isOpen });
      const { state } = judgement;
      if (kind !== "eventually" || state === undefined) return { sentence, ...judgement };
      const way = wayWithout(graph, holds, state);
      return { sentence, ...judgement, moves: this.#movesAlong(way) };
    });
  }

  /** The first move from each state of a way to the next. */
  #movesAlong(way: readonly number[]): readonly Move[] {
    const steps = new Map(way.slice(1).map((to, at) => [`${way[at]} ${to}`, at]));
    const moves: Move[] = [];
    for (const [edge, move] of this.#moves.entries()) {
      const at = steps.get(`${this.#froms.at(edge)} ${this.#tos.at(edge)}`);
      if (at !== undefined) moves[at] ??= move;
    }
    return moves;
  }
}

interface Asked {
  readonly sentence: string;
  readonly kind: "always" | "sometimes" | "eventually" | "possible";
  readonly predicate: Predicate;
  readonly holds: NumberList;
  threw: Pick<Verdict, "state" | "error"> | undefined;
}

function kindOf(property: Property): Pick<Asked, "kind" | "predicate"> {
  if ("always" in property) return { kind: "always", predicate: property.always };
  if ("sometimes" in property) return { kind: "sometimes", predicate: property.sometimes };
  if ("eventually" in property) return { kind: "eventually", predicate: property.eventually };
  return { kind: "possible", predicate: property.possible };
}

/**
 * Whether a life has come to what violates the property, or makes it throw; undefined where one
 * life does not show it.
 */
export function seeingViolation(property: Property): (() => Seeing) | undefined {
  const { kind, predicate } = kindOf(property);
  const holdsIn = (life: Life): boolean => {
    const { store } = life.cluster.system.world;
    try {
      return predicate(store.objects().filter((object) => object.kind !== "Event"));
    } catch {
      return false;
    }
  };
  switch (kind) {
    case "always":
      return () => (life) => !holdsIn(life);
    case "eventually":
      return () => {
        let hasHeld = false;
        return (life) => {
          hasHeld ||= holdsIn(life);
          return !hasHeld && !life.cluster.system.isBusy;
        };
      };
    case "sometimes":
    case "possible":
      return undefined;
  }
}

/** One that has thrown once is not asked again; others still are. */
function ask(asked: Asked, objects: readonly KubeObject[], state: number): number {
  if (asked.threw !== undefined) return 0;
  try {
    const answer: unknown = asked.predicate(objects);
    if (!isPromise(answer)) return answer ? 1 : 0;
    asked.threw = { state, error: "it promises an answer; expected true or false at once" };
    return 0;
  } catch (error) {
    asked.threw = { state, error };
    return 0;
  }
}

function isPromise(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "then" in answer;
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

/** The shortest way to a state on which the property never holds; there is one. */
function wayWithout(graph: Graph, holds: NumberList, goal: number): readonly number[] {
  const before = new Map<number, number>([[0, -1]]);
  for (const [state] of before) {
    if (state === goal) break;
    for (const to of graph[state] ?? []) {
      if (holds.at(to) === 0 && !before.has(to)) before.set(to, state);
    }
  }
  const way: number[] = [];
  for (let at = goal; at >= 0; at = before.get(at) ?? -1) way.push(at);
  return way.toReversed();
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
