import { Option } from "commander";

import { Coverage } from "../explore/coverage.ts";
import {
  type Exploration,
  type ExploreOptions,
  Explorer,
  type Strategy,
} from "../explore/explorer.ts";
import type { SeenState } from "../explore/memo/state.ts";
import type { StepSearch } from "../explore/local-steps.ts";
import type { PairSearch } from "../explore/pairs.ts";
import type { PropertyCheck } from "../explore/properties.ts";
import type { ExploredSystem } from "../explore/system-file.ts";
import { within } from "../testkit/watch.ts";
import { positive } from "./limits.ts";
import { Pace } from "./pace.ts";
import { createProgress } from "./terminal.ts";

/** What `explore` and `paths` have in common. */
export interface ExploringOptions {
  readonly search: Search;
  readonly seed: number;
  readonly walks: number;
  readonly symmetry?: boolean;
  readonly progress?: boolean;
  readonly maxStates: number;
  readonly maxTime: number;
}

type Search = keyof typeof strategies;

const strategies = {
  breadth: "breadth first",
  depth: "depth first",
  random: "random walks",
  new: "what is new",
} as const satisfies Readonly<Record<string, Strategy>>;

/** In which order states are gone on from, and from which. */
export const searchOptions: readonly Option[] = [
  new Option("--search <order>", "every state, nearest or newest first; by chance; or what is new")
    .choices(Object.keys(strategies))
    .default("breadth"),
  new Option("--seed <number>", "of random walks").default(1).argParser(positive),
  new Option("--walks <number>", "how many random walks").default(1_000).argParser(positive),
  new Option("--symmetry", "takes equal pods, nodes or containers for each other"),
  new Option("--progress", "tells it on standard error, a line a second, without a terminal too"),
];

/** With it the search ends at the first such state. */
interface Seeking {
  readonly isSought?: (seen: SeenState) => boolean;
  /** Hears of every step. */
  readonly pairs?: PairSearch | undefined;
  readonly steps?: StepSearch | undefined;
  readonly listening?: Listening;
}

/** Who hears of everything. */
export type Listening = Pick<ExploreOptions, "onState" | "onEdge" | "onEffect">;

/** For those who ask for no other search. */
export const usualSearch = { search: "breadth", seed: 1, walks: 1 } as const;

interface Explored {
  readonly exploration: Exploration;
  readonly coverage: Coverage;
  /** The first state that was sought. */
  readonly found: number | undefined;
}

const statesAtOnce = 64;

/** How long a property may take, and all of them for the states that they are asked of at once. */
export const propertiesTimeoutMs = 5_000;

/** Explores with progress on standard error, until all is seen, a limit is reached or Ctrl-C. */
export async function exploreWithProgress(
  system: ExploredSystem,
  options: ExploringOptions & Pick<ExploreOptions, "states"> & Seeking,
  check?: PropertyCheck,
): Promise<Explored> {
  const coverage = new Coverage();
  let found: number | undefined;
  const { steps, listening } = options;
  const onEffect = steps === undefined ? listening?.onEffect : steps.add.bind(steps);
  const explorer = new Explorer(system, {
    ...options,
    ...(onEffect && { onEffect }),
    strategy: strategies[options.search],
    onState: (seen, state) => {
      check?.onState(seen, state);
      listening?.onState?.(seen, state);
      if (found === undefined && options.isSought?.(seen) === true) found = state;
    },
    onEdge: (edge) => {
      coverage.add(edge);
      options.pairs?.add(edge);
      check?.onEdge(edge);
      listening?.onEdge?.(edge);
    },
  });
  const progress = createProgress(process.stderr, () => performance.now(), options.progress);
  const [startedAt, pace] = [performance.now(), new Pace()];
  const interrupt = (): void => explorer.stop("Ctrl-C");
  process.once("SIGINT", interrupt);
  while (advance(explorer, check, pace)) {
    const elapsedMs = performance.now() - startedAt;
    if (elapsedMs > options.maxTime) explorer.stop(`a limit of ${options.maxTime / 1_000} s`);
    if (found !== undefined) explorer.stop("what was looked for");
    progress.report(progressText(explorer, elapsedMs));
    await new Promise(setImmediate);
  }
  process.removeListener("SIGINT", interrupt);
  progress.end();
  return { exploration: explorer.result(), coverage, found };
}

/** Properties are somebody else's: one that never returns is ended with `TimeIsUp`. */
function advance(explorer: Explorer, check: PropertyCheck | undefined, pace: Pace): boolean {
  if (check === undefined) return explorer.advance(statesAtOnce);
  const begunAt = performance.now();
  const goesOn = within(propertiesTimeoutMs, () => explorer.advance(pace.states));
  pace.took(performance.now() - begunAt);
  return goesOn;
}

function progressText({ progress }: Explorer, elapsedMs: number): string {
  const { states, edges, depth, waiting } = progress;
  const rate = Math.round((states / Math.max(elapsedMs, 1)) * 1_000);
  const megabytes = Math.round(process.memoryUsage().rss / 1_000_000);
  return `${states} states, ${edges} edges, depth ${depth}, ${waiting} waiting, ${rate}/s, ${megabytes} MB`;
}
