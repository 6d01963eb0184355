import { compareText } from "../../machines/api/compare-text.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import { isPod } from "../../machines/api/objects.ts";
import { type Edge, Explorer } from "../../src/explore/explorer.ts";
import type { Effect } from "../../src/explore/memo/memo-tree.ts";
import { Walk } from "../../src/explore/memo/walk.ts";
import { factsOf } from "../../src/explore/step-facts.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import { hashOf } from "./hash.ts";

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

/** How a system is gone through. */
export interface Viewing {
  /** What knows its steps already. */
  readonly walk?: Walk;
  readonly objects?: SeenObjects;
}

export function seenGraphOf(system: ExploredSystem, viewing: Viewing = {}): SeenGraph {
  const graph = new GraphWriter(system, viewing);
  while (graph.explorer.advance(1_000));
  const { nodes, edges } = graph;
  return { nodes, edges, states: graph.explorer.progress.states };
}

/** Whether the system shows the same as it did; undefined when that takes too many states. */
export function showsTheSame(
  system: ExploredSystem,
  known: SeenGraph,
  viewing: Viewing = {},
): boolean | undefined {
  const graph = new GraphWriter(system, viewing, known);
  const most = 4 * known.states + 1_000;
  while (!graph.isOther && graph.explorer.advance(200)) {
    if (graph.explorer.progress.states > most) return undefined;
  }
  const { nodes, edges, isOther } = graph;
  return !isOther && nodes.size === known.nodes.size && edges.size === known.edges.size;
}

class GraphWriter {
  readonly explorer: Explorer;
  readonly nodes = new Set<number>();
  readonly edges = new Set<number>();
  /** Something was seen that is not known. */
  isOther = false;
  readonly #known: SeenGraph | undefined;
  readonly #objects: SeenObjects;
  readonly #epochMs: number;
  /** By state. */
  readonly #nodeOf: number[] = [];
  /** What the step that is told next has done. */
  #effect: Effect | undefined;

  constructor(system: ExploredSystem, viewing: Viewing, known?: SeenGraph) {
    const { walk = new Walk(system), objects = new SeenObjects() } = viewing;
    this.#known = known;
    this.#objects = objects;
    this.#epochMs = walk.maker.world.epochMs;
    this.explorer = new Explorer(system, {
      walk,
      states: "all",
      onState: (seen, state) => this.#addNode(state, seen.objects(), seen.now),
      onEffect: (effect) => void (this.#effect = effect),
      onEdge: (edge) => this.#addEdge(edge, this.#effect),
    });
  }

  #addNode(state: number, objects: readonly KubeObject[], now: number): void {
    const nowMs = this.#epochMs + now;
    const seen = objects.map((object) => this.#objects.of(object, nowMs));
    const node = nodeOf(seen, nowMs);
    this.#nodeOf[state] = node;
    this.nodes.add(node);
    if (this.#known?.nodes.has(node) === false) this.isOther = true;
  }

  #addEdge({ from, to, move }: Edge, { events, questions, picks }: Said = nothingDone): void {
    const [before, after] = [this.#nodeOf[from], this.#nodeOf[to]];
    if (before === after && events.length === 0) return;
    const did = move.do === "step" ? `step ${move.nth}` : "";
    const picked = questions.map(({ name, about }, nth) => `${name} ${about} ${picks[nth]}`);
    const edge = hashOf([before, did, ...picked, after, ...events].join("\n"));
    this.edges.add(edge);
    if (this.#known?.edges.has(edge) === false) this.isOther = true;
  }
}

type Said = Pick<Effect, "events" | "questions" | "picks">;

const nothingDone: Said = {
  events: [],
  questions: [],
  picks: [],
};

/** An object with its times taken out. */
interface SeenObject {
  /** Of all else. */
  readonly hash: number;
  /** As in the object, and in milliseconds. */
  readonly times: readonly (readonly [string, number])[];
}

/** Objects as they are seen, each once; who knows others of them already is asked first. */
export class SeenObjects {
  readonly #own = new WeakMap<KubeObject, SeenObject>();
  readonly #known: SeenObjects | undefined;

  constructor(known?: SeenObjects) {
    this.#known = known;
  }

  of(object: KubeObject, nowMs: number): SeenObject {
    let seen = this.#known?.peek(object) ?? this.#own.get(object);
    if (seen === undefined) {
      seen = seenObject(object, nowMs);
      this.#own.set(object, seen);
    }
    return seen;
  }

  peek(object: KubeObject): SeenObject | undefined {
    return this.#own.get(object);
  }
}

const time = /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z"/g;
const madeUp = /"(uid|resourceVersion)":"[^"]*"/g;

function seenObject(object: KubeObject, nowMs: number): SeenObject {
  const whole = JSON.stringify(object).replaceAll(madeUp, "");
  const facts = isPod(object) ? JSON.stringify(factsOf(object, nowMs)) : "";
  const times = (whole.match(time) ?? []).map((text) => {
    return [text, Date.parse(text.slice(1, -1))] as const;
  });
  return { hash: hashOf(`${whole.replaceAll(time, "")}${facts}`), times };
}

/** Of times it tells their order, and how many are still to come. */
function nodeOf(objects: readonly SeenObject[], nowMs: number): number {
  const all = objects.flatMap(({ times }) => times);
  const order = [...new Map(all)].toSorted(([one], [other]) => compareText(one, other));
  const ranks = new Map(order.map(([text], nth) => [text, nth]));
  const coming = order.filter(([, atMs]) => atMs > nowMs).length;
  const hashes = objects.map(({ hash }) => hash);
  return hashOf([...hashes, ...all.map(([text]) => ranks.get(text)), coming].join("\n"));
}
