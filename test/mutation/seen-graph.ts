import { Explorer } from "../../src/explore/explorer.ts";
import type { Effect } from "../../src/explore/memo/memo-tree.ts";
import { Walk } from "../../src/explore/memo/walk.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import { edgeOf, nodeOf, SeenObjects } from "./seen-objects.ts";

/**
 * What can be seen of a system from outside: the API objects and the STATUS of pods, whose times
 * tell in which order they are and which are still to come; and how one leads to another: by what
 * somebody decided, and with which Events.
 */
export interface SeenGraph {
  readonly nodes: ReadonlySet<number>;
  readonly edges: ReadonlySet<number>;
  /** How many there were to go through. */
  readonly states: number;
}

export function seenGraphOf(system: ExploredSystem): SeenGraph {
  const [nodes, edges] = [new Set<number>(), new Set<number>()];
  const states = look(
    system,
    (node) => nodes.add(node),
    (edge) => edges.add(edge),
    () => true,
  );
  return { nodes, edges, states };
}

/** Whether the system shows the same as it did; undefined when that takes too many states. */
export function showsTheSame(system: ExploredSystem, known: SeenGraph): boolean | undefined {
  const [nodes, edges] = [new Set<number>(), new Set<number>()];
  let isOther = false;
  const most = mostStates(known);
  const states = look(
    system,
    (node) => {
      isOther ||= !known.nodes.has(node);
      nodes.add(node);
    },
    (edge) => {
      isOther ||= !known.edges.has(edge);
      edges.add(edge);
    },
    (reached) => !isOther && reached <= most,
  );
  if (!isOther && states > most) return undefined;
  return !isOther && nodes.size === known.nodes.size && edges.size === known.edges.size;
}

/** A mistake may let a system go on without end. */
export function mostStates({ states }: Pick<SeenGraph, "states">): number {
  return 4 * states + 1_000;
}

/** Goes through all states as long as it may, and says how many there were. */
function look(
  system: ExploredSystem,
  sawNode: (node: number) => void,
  sawEdge: (edge: number) => void,
  mayGoOn: (states: number) => boolean,
): number {
  const [objects, nodes] = [new SeenObjects(), new Array<number>()];
  const walk = new Walk(system);
  let said: Pick<Effect, "events" | "questions" | "picks"> = nothingSaid;
  const explorer: Explorer = new Explorer(system, {
    walk,
    states: "all",
    onState: (seen, state) => {
      const nowMs = walk.maker.world.epochMs + seen.now;
      const node = nodeOf(seen.objects(), nowMs, objects);
      nodes[state] = node;
      sawNode(node);
    },
    onEffect: (effect) => {
      said = effect;
    },
    onEdge: ({ from, to, move }) => {
      const edge = edgeOf(nodes[from] ?? 0, move, said, nodes[to] ?? 0);
      if (edge !== undefined) sawEdge(edge);
    },
  });
  while (mayGoOn(explorer.progress.states) && explorer.advance(200));
  return explorer.progress.states;
}

const nothingSaid = { events: [], questions: [], picks: [] };
