import type { AnyTransitionDefinition } from "xstate";

import type { KubeObject } from "../../machines/api/meta.ts";
import type { PathStep } from "../explore/path.ts";
import type { Suite, SuitePath } from "../explore/suite.ts";
import { branchesOf } from "../explore/universe.ts";
import { keyOf } from "../store/store.ts";
import { movesText } from "../testgen/moves-text.ts";
import type { FlatEvent, FlatGraph, StateMeta } from "./flat-machine.ts";
import { stateKey } from "./state-key.ts";

/** The states of a suite's paths, and each path as the events that lead through them. */
export interface SuiteGraph extends FlatGraph {
  readonly ways: readonly { readonly path: SuitePath; readonly edges: readonly number[] }[];
}

/**
 * A state is all that has been decided so far: paths are together as long as they begin alike, so
 * that its objects are exactly those of every path through it, times included.
 */
export function suiteGraph(
  machines: Suite["exploration"]["machines"],
  paths: readonly SuitePath[],
): SuiteGraph {
  const writer = new GraphWriter(branchNames(machines));
  return { ways: paths.map((path) => writer.add(path)), ...writer.graph };
}

/** Names by branch, as `covers` and the reports tell them. */
export function branchNames(
  machines: Suite["exploration"]["machines"],
): ReadonlyMap<AnyTransitionDefinition, string> {
  return new Map(branchesOf(machines).map(({ definition, name }) => [definition, name]));
}

class GraphWriter {
  readonly graph: { readonly states: State[]; readonly edges: FlatGraph["edges"][number][] };
  readonly #names: ReadonlyMap<AnyTransitionDefinition, string>;
  /** The edge out of a state with these moves. */
  readonly #known = new Map<string, number>();

  constructor(names: ReadonlyMap<AnyTransitionDefinition, string>) {
    this.#names = names;
    this.graph = { states: [{ key: stateKey([], 0), meta: beginning }], edges: [] };
  }

  add(path: SuitePath): SuiteGraph["ways"][number] {
    let at = 0;
    const edges = path.steps.map((step) => {
      const edge = this.#edgeFor(at, step);
      at = this.graph.edges[edge]?.to ?? at;
      return edge;
    });
    return { path, edges };
  }

  #edgeFor(from: number, step: PathStep): number {
    const event = eventOf(step);
    const known = `${from} ${event.moves}`;
    const edge = this.#known.get(known) ?? this.graph.edges.length;
    if (edge < this.graph.edges.length) return edge;
    const { states, edges } = this.graph;
    const meta = metaAfter(states[from]?.meta ?? beginning, step, this.#names);
    edges.push({ from, to: states.length, event });
    states.push({ key: stateKey(meta.objects, states.length), meta });
    this.#known.set(known, edge);
    return edge;
  }
}

type State = FlatGraph["states"][number];

/** Before the first delivery the API is empty. */
export const beginning: StateMeta = {
  atMs: 0,
  objects: [],
  changed: [],
  deleted: [],
  events: [],
  status: {},
  facts: {},
  covers: [],
};

export function eventOf({
  did,
  event,
  choices,
  moves,
}: Pick<PathStep, "did" | "event" | "choices" | "moves">): FlatEvent {
  const type = did ?? event ?? "";
  const picked = choices.map(({ name, about, picked: word }) => [`${name} of ${about}`, word]);
  const told = { type, moves: movesText(moves) };
  return picked.length === 0 ? told : { ...told, choices: Object.fromEntries(picked) };
}

function metaAfter(
  before: StateMeta,
  { atMs, did, objects: changed, deleted, events, facts, taken }: PathStep,
  names: ReadonlyMap<AnyTransitionDefinition, string>,
): StateMeta {
  const objects = new Map(before.objects.map((object) => [nameOf(object), object]));
  for (const gone of deleted) objects.delete(gone);
  for (const object of changed) objects.set(nameOf(object), object);
  return {
    atMs,
    ...(did !== undefined && { did }),
    objects: [...objects.values()],
    changed,
    deleted,
    events,
    status: statusOf(facts),
    facts,
    covers: namesOf(taken, names),
  };
}

/** The column STATUS of each pod. */
export function statusOf(facts: StateMeta["facts"]): StateMeta["status"] {
  const pods = Object.entries(facts);
  return Object.fromEntries(pods.map(([key, { statusText }]) => [key, statusText]));
}

/** Each branch that was taken once, by name. */
export function namesOf(
  taken: PathStep["taken"],
  names: ReadonlyMap<AnyTransitionDefinition, string>,
): readonly string[] {
  return [...new Set(taken.flatMap(({ branch }) => names.get(branch) ?? []))].toSorted();
}

function nameOf(object: KubeObject): string {
  return `${object.kind} ${keyOf(object)}`;
}
