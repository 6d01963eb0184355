import type { TestPath } from "@xstate/test";

import { explore, type ExploreOptions } from "../explore/explorer.ts";
import { Coverage, type CoverageReport } from "../explore/coverage.ts";
import type { CoverWord } from "../explore/coverable.ts";
import { bestOf, type Suite, suiteOf, type SuitePath } from "../explore/suite.ts";
import type { ExploredSystem } from "../explore/system-file.ts";
import { exploredGraph } from "./explored-graph.ts";
import type { FlatEvent, FlatState } from "./flat-machine.ts";
import { suiteGraph } from "./suite-graph.ts";
import { type ModelOptions, SystemModel } from "./test-model.ts";

export interface CoverOptions extends Pick<ExploreOptions, "maxStates">, CallbackOptions {
  /** Every branch of every chart, or only every state of every chart. */
  readonly cover?: CoverWord;
  /** The best so many paths; all unless given. */
  readonly maxPaths?: number;
}

type CallbackOptions = Pick<ModelOptions, "callbackTimeoutMs">;

/** A path of `@xstate/test`, with what is known of it before it is run. */
export interface SystemPath extends TestPath<FlatState, FlatEvent> {
  /** Follows from the contents, so that it stays when other paths come or go. */
  readonly id: string;
  /** Names of all branches, or states, that it takes. */
  readonly covers: readonly string[];
  /** The life itself, step by step. */
  readonly life: SuitePath;
}

export interface SystemSuite {
  readonly paths: readonly SystemPath[];
  readonly coverage: CoverageReport;
  readonly model: SystemModel;
}

/** Few paths that together take all that a system can take, as tests of `@xstate/test`. */
export function coverTransitions(system: ExploredSystem, options: CoverOptions = {}): SystemSuite {
  const { maxPaths, callbackTimeoutMs } = options;
  const { suite } = bestOf(wholeSuite(system, options), maxPaths);
  const graph = suiteGraph(suite);
  const model = new SystemModel(graph, {
    replayed: replayedName(system),
    ...(callbackTimeoutMs !== undefined && { callbackTimeoutMs }),
  });
  const paths = graph.ways.map(({ path: life, edges }): SystemPath => {
    const { id, description, covers } = life;
    return { ...model.pathAlong(edges), id, covers, life, description: `${id} ${description}` };
  });
  return { paths, coverage: suite.coverage, model };
}

/** Suites that were found, because several subjects may be tested with one. */
const found = new WeakMap<ExploredSystem, Map<string, Suite>>();

function wholeSuite(
  system: ExploredSystem,
  { cover = "transitions", maxStates = Number.POSITIVE_INFINITY }: CoverOptions,
): Suite {
  const suites = found.get(system) ?? new Map<string, Suite>();
  const key = `${cover} ${maxStates}`;
  let suite = suites.get(key);
  if (suite === undefined) {
    const coverage = new Coverage();
    const exploration = explore(system, { maxStates, onEdge: (edge) => coverage.add(edge) });
    suite = suiteOf(system, exploration, coverage, cover);
    found.set(system, suites.set(key, suite));
  }
  return suite;
}

export interface TestModelOptions extends CallbackOptions {
  /** `suite`: the states of the covering paths; `all`: every state, up to 5 000 of them. */
  readonly graph?: "suite" | "all";
}

/** `@xstate/test`'s model over a system: `getShortestPaths()` and the like are its own. */
export function testModel(system: ExploredSystem, options: TestModelOptions = {}): SystemModel {
  const { graph = "suite", callbackTimeoutMs } = options;
  const told = callbackTimeoutMs === undefined ? {} : { callbackTimeoutMs };
  if (graph === "suite") return coverTransitions(system, told).model;
  return new SystemModel(exploredGraph(system), { replayed: replayedName(system), ...told });
}

/** What `kubechart replay` is told: the file, or the name of a shipped system. */
export function replayedName({ name, source }: ExploredSystem): string {
  return source?.file ?? name;
}
