import type { Cluster } from "../../src/cluster/cluster.ts";
import type { Tap } from "./tapping.ts";

/** A cluster that has not run yet, made anew at each call. */
export type Start = () => {
  readonly cluster: Cluster;
  readonly untilMs: number;
};

interface SeenResult {
  readonly value: unknown;
  readonly runs: Set<string>;
}

/** Of a function that says many things, these are enough to choose from. */
const resultsKept = 24;
const triesMax = 60;
const deliveriesMax = 200_000;

/** Runs with an eye on each tapped function, and with a wrong result in the place of its own. */
export class TappedRuns {
  readonly #seen = new Map<string, Map<string, SeenResult>>();
  readonly #changes = new Map<string, string>();
  #starts: ReadonlyMap<string, Start> = new Map();
  #running = "";
  #copies = new WeakMap<object, object>();
  #hasCopies = false;
  #wrong: { readonly key: string; readonly value: unknown } | undefined;

  /** To be set before the modules are loaded. */
  readonly tap: Tap = (key, original) => {
    if (key === "src/system/stepper.ts stepperOf") {
      return (machine) => original(this.#copyOf(machine));
    }
    return (...given) => this.#answer(key, original(...given));
  };

  /** Makes every run once, as it is. */
  see(starts: ReadonlyMap<string, Start>): void {
    this.#starts = starts;
    for (const name of starts.keys()) this.#changes.set(name, this.#run(name));
    if (!this.#hasCopies) throw new Error("a run's machines are its own, so the stepper is tapped");
  }

  /** Different results of a function, as JSON. */
  results(key: string): readonly string[] {
    return [...(this.#seen.get(key)?.keys() ?? [])];
  }

  /**
   * A run whose API objects or Events differ when the function has a result of another call: one
   * result in many runs, and many results in a few.
   */
  changedBy(key: string): string | undefined {
    const seen = [...(this.#seen.get(key)?.values() ?? [])];
    const byResult = seen.map((wrong) => {
      const others = seen.filter((one) => one !== wrong);
      const names = new Set(others.flatMap(({ runs }) => [...runs]));
      return [...names].map((name) => ({ name, wrong: { key, value: wrong.value } }));
    });
    const longest = byResult.reduce((most, { length }) => Math.max(most, length), 0);
    const inTurn = Array.from({ length: longest }, (_, turn) => {
      return byResult.flatMap((tries) => tries.slice(turn, turn + 1));
    });
    const tries = [byResult, inTurn].flatMap((order) => order.flat().slice(0, triesMax));
    return tries.find(({ name, wrong }) => this.#isChanged(name, wrong))?.name;
  }

  /** A run that breaks off shows nothing. */
  #isChanged(name: string, wrong: { readonly key: string; readonly value: unknown }): boolean {
    this.#wrong = wrong;
    try {
      return this.#run(name) !== this.#changes.get(name);
    } catch {
      return false;
    } finally {
      this.#wrong = undefined;
    }
  }

  #run(name: string): string {
    this.#running = name;
    this.#copies = new WeakMap();
    const start = this.#starts.get(name);
    if (start === undefined) throw new Error(`there is no run ${name}`);
    const { cluster, untilMs } = start();
    const changes: string[] = [];
    cluster.watch(({ type, object }) => changes.push(`${type} ${JSON.stringify(object)}`));
    cluster.run(untilMs, () => {
      if (cluster.system.seq > deliveriesMax) throw new Error(`${name} does not come to its end`);
    });
    return changes.join("\n");
  }

  #answer(key: string, value: unknown): unknown {
    if (this.#wrong !== undefined) return this.#wrong.key === key ? this.#wrong.value : value;
    const results = this.#seen.get(key) ?? new Map<string, SeenResult>();
    this.#seen.set(key, results);
    const text = textOf(value);
    const known = results.get(text);
    if (known !== undefined) known.runs.add(this.#running);
    else if (results.size < resultsKept) {
      results.set(text, { value, runs: new Set([this.#running]) });
    }
    return value;
  }

  /** Steps are remembered by machine, so each run has machines of its own. */
  #copyOf(machine: unknown): unknown {
    if (typeof machine !== "object" || machine === null) return machine;
    const copy: object = this.#copies.get(machine) ?? Object.create(machine);
    this.#copies.set(machine, copy);
    this.#hasCopies = true;
    return copy;
  }
}

function textOf(value: unknown): string {
  const text = JSON.stringify(value, (_, part: unknown) => {
    if (part instanceof Map) return [...part];
    return typeof part === "bigint" ? `${part}n` : part;
  });
  return text ?? "undefined";
}
