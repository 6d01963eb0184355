import { assert } from "../../machines/assert.ts";
import type { StateGraph } from "../diagram/state-graph.ts";
import { type Edge, explore } from "../explore/explorer.ts";
import { forcedSteps } from "../explore/forced.ts";
import { type Life, Lives } from "../explore/life.ts";
import { changesOf, decisionOf, factsIn } from "../explore/path.ts";
import type { ExploredSystem } from "../explore/system-file.ts";
import type { FlatGraph, StateMeta } from "./flat-machine.ts";
import { stateKey } from "./state-key.ts";
import { beginning, branchNames, eventOf, namesOf, statusOf } from "./suite-graph.ts";

/** So many states a flat machine may have; one of 20 000 takes a second just to be made. */
export const maxFlatStates = 5_000;

/**
 * Every state of a system within its bounds. Ways that come to the same state meet in it: its
 * objects are those of the first way; on others times and made-up names may differ.
 */
export function exploredGraph(system: ExploredSystem, maxStates = maxFlatStates): FlatGraph {
  const found = remade(system, maxStates);
  if (found === undefined) throw new Error(tooMany(system, maxStates));
  return found.graph;
}

/** The same as a picture shows it; undefined when there are more states. */
export function exploredStateGraph(
  system: ExploredSystem,
  maxStates: number,
): StateGraph | undefined {
  const found = remade(system, maxStates);
  if (found === undefined) return undefined;
  const { graph, cut } = found;
  const left = new Set([...cut, ...graph.edges.map(({ from }) => from)]);
  const states = graph.states.map(({ key }, at) => ({ name: key, isEnd: !left.has(at) }));
  const edges = graph.edges.map(({ from, to, event: { type, choices = {} } }) => {
    const picks = Object.entries(choices).map(([name, picked]) => `${name}: ${picked}`);
    return { from, to, event: type, picks };
  });
  return { states, edges };
}

function remade(system: ExploredSystem, maxStates: number) {
  const found: Edge[] = [];
  const onEdge = (edge: Edge): void => void found.push(edge);
  const { states, machines, cut } = explore(system, { maxStates, onEdge });
  if (states > maxStates) return undefined;
  const remaking = new Remaking(system, branchNames(machines));
  const edges = found.map((edge) => remaking.edge(edge));
  return { graph: { states: remaking.states, edges }, cut };
}

/** Makes every step once more, to tell what is seen of it. */
class Remaking {
  readonly states: FlatGraph["states"][number][] = [{ key: stateKey([], 0), meta: beginning }];
  readonly #system: ExploredSystem;
  readonly #names: ReturnType<typeof branchNames>;
  readonly #lives: Lives;
  /** By state, in the order in which they were found. */
  readonly #reached: Life[];

  constructor(system: ExploredSystem, names: ReturnType<typeof branchNames>) {
    this.#system = system;
    this.#names = names;
    this.#lives = new Lives(system);
    this.#reached = [this.#lives.begin()];
  }

  edge({ from, to, move, taken }: Edge): FlatGraph["edges"][number] {
    const before = this.#reached[from];
    assert(before !== undefined, "a state is come to before it is left");
    const outcome = this.#lives.make(before, move);
    const forced = [...forcedSteps(this.#lives, outcome.life, this.#system.bounds)];
    const decision = decisionOf(this.#system, outcome);
    if (to === this.#reached.length) {
      const life = (forced.at(-1) ?? outcome).life;
      const meta = metaAfter(before, life, namesOf(taken, this.#names), decision.did);
      this.#reached.push(life);
      this.states.push({ key: stateKey(meta.objects, to), meta });
    }
    const moves = [outcome, ...forced].map((one) => one.move);
    return { from, to, event: eventOf({ ...decision, moves }) };
  }
}

function metaAfter(
  before: Life,
  life: Life,
  covers: readonly string[],
  did: string | undefined,
): StateMeta {
  const { objects: changed, ...changes } = changesOf(before, life);
  const facts = factsIn(life);
  const { store } = life.cluster.system.world;
  const objects = store.objects().filter(({ kind }) => kind !== "Event");
  const status = statusOf(facts);
  const told = { atMs: life.cluster.now, objects, changed, ...changes, status, facts, covers };
  return did === undefined ? told : { ...told, did };
}

function tooMany({ name, bounds }: ExploredSystem, maxStates: number): string {
  const known = Object.entries(bounds).flatMap(([bound, value]) =>
    value === undefined ? [] : [`${bound} ${value}`],
  );
  return (
    `${name} has more than ${maxStates} states within its bounds (${known.join(", ")}): ` +
    'lower a bound of the system, or take graph: "suite", the states of the covering paths'
  );
}
