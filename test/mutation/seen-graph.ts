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

export function seenGraphOf(system: ExploredSystem): SeenGraph {
  const graph = new GraphWriter(system);
  while (graph.explorer.advance(1_000));
  const { nodes, edges } = graph;
  return { nodes, edges, states: graph.explorer.progress.states };
}

/** Whether the system shows the same as it did; undefined when that takes too many states. */
export function showsTheSame(system: ExploredSystem, known: SeenGraph): boolean | undefined {
  const graph = new GraphWriter(system, known);
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
  readonly #epochMs: number;
  /** By state. */
  readonly #nodeOf: number[] = [];
  readonly #objects = new WeakMap<KubeObject, SeenObject>();
  /** What the step that is told next has done. */
  #effect: Effect | undefined;

  constructor(system: ExploredSystem, known?: SeenGraph) {
    this.#known = known;
    this.#epochMs = new Walk(system).maker.world.epochMs;
    this.explorer = new Explorer(system, {
      states: "all",
      onState: (seen, state) => this.#addNode(state, seen.objects(), seen.now),
      onEffect: (effect) => void (this.#effect = effect),
      onEdge: (edge) => this.#addEdge(edge, this.#effect),
    });
  }

  #addNode(state: number, objects: readonly KubeObject[], now: number): void {
    const seen = objects.map((object) => this.#seen(object, now));
    const node = hashOf(toldOf(seen, this.#epochMs + now));
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

  #seen(object: KubeObject, now: number): SeenObject {
    let seen = this.#objects.get(object);
    if (seen === undefined) {
      seen = seenObject(object, this.#epochMs + now);
      this.#objects.set(object, seen);
    }
    return seen;
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
  readonly text: string;
  readonly times: readonly string[];
}

const time = /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z"/g;
const madeUp = /"(uid|resourceVersion)":"[^"]*"/g;

function seenObject(object: KubeObject, nowMs: number): SeenObject {
  const whole = JSON.stringify(object).replaceAll(madeUp, "");
  const facts = isPod(object) ? JSON.stringify(factsOf(object, nowMs)) : "";
  return { text: `${whole.replaceAll(time, "")}${facts}`, times: whole.match(time) ?? [] };
}

function toldOf(objects: readonly SeenObject[], nowMs: number): string {
  const all = objects.flatMap(({ times }) => times);
  const order = [...new Set(all)].toSorted();
  const ranks = new Map(order.map((text, nth) => [text, nth]));
  const coming = order.filter((text) => Date.parse(text.slice(1, -1)) > nowMs).length;
  const texts = objects.map(({ text }) => text);
  return [...texts, ...all.map((one) => ranks.get(one)), coming].join("\n");
}
