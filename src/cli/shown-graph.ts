import type { StateGraph } from "../diagram/state-graph.ts";
import type { Edge } from "../explore/explorer.ts";
import type { Effect } from "../explore/memo/memo-tree.ts";
import type { SeenState } from "../explore/memo/state.ts";
import type { ExploredSystem } from "../explore/system-file.ts";
import { shownText } from "../testkit/state-key.ts";

/** The states of a system, those that show the same of its pods taken for one. */
export class ShownGraph {
  readonly #system: ExploredSystem;
  /** By what a state shows its place, and by the number of a state the same. */
  readonly #places = new Map<string, number>();
  readonly #placeOf: number[] = [];
  readonly #edges = new Map<string, Known>();
  #picks: readonly string[] = [];

  constructor(system: ExploredSystem) {
    this.#system = system;
  }

  readonly onState = (seen: SeenState, state: number): void => {
    const shown = shownText(seen.objects());
    const place = this.#places.get(shown) ?? this.#places.size;
    this.#places.set(shown, place);
    this.#placeOf[state] = place;
  };

  /** The first of a step's deliveries is asked; the others follow from it. */
  readonly onEffect = ({ questions, picks }: Effect): void => {
    const told = questions.map(({ name, alternatives }, nth) => {
      return `${name}: ${alternatives[picks[nth] ?? 0] ?? ""}`;
    });
    this.#picks = [...this.#picks, ...told];
  };

  readonly onEdge = ({ from, to, move }: Edge): void => {
    const [start, end] = [this.#placeOf[from] ?? 0, this.#placeOf[to] ?? 0];
    const picks = this.#picks;
    this.#picks = [];
    if (start === end) return;
    const step = move.do === "step" ? this.#system.open.steps[move.nth]?.label : undefined;
    const event = step ?? (picks.length === 0 ? "time goes on" : "answers");
    const edge = { from: start, to: end, event, picks };
    this.#edges.set(JSON.stringify(edge), edge);
  };

  /** `cut`: the states from which a bound or a limit has kept something away. */
  result(cut: ReadonlySet<number>): StateGraph {
    const edges = [...this.#edges.values()];
    const goOn = [...cut].map((state) => this.#placeOf[state] ?? 0);
    const left = new Set([...edges.map(({ from }) => from), ...goOn]);
    const states = [...this.#places].map(([name, at]) => ({ name, isEnd: !left.has(at) }));
    return { states, edges };
  }
}

type Known = StateGraph["edges"][number];
