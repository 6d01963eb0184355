import type { TestPath } from "@xstate/test";

import { assert } from "../../machines/assert.ts";
import { explore, type ExploreOptions } from "../explore/explorer.ts";
import { Coverage, type CoverageReport } from "../explore/coverage.ts";
import type { CoverWord } from "../explore/coverable.ts";
import { Lives, type Move } from "../explore/life.ts";
import { type Path, remadePath } from "../explore/path.ts";
import { bestOf, type Suite, suiteOf, type SuitePath, toldPath } from "../explore/suite.ts";
import type { ExploredSystem } from "../explore/system-file.ts";
import { exploredGraph } from "./explored-graph.ts";
import type { FlatEvent, FlatState } from "./flat-machine.ts";
import { type SuiteGraph, suiteGraph } from "./suite-graph.ts";
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
  const { suite } = bestOf(wholeSuite(system, options), options.maxPaths);
  const graph = suiteGraph(suite.exploration.machines, suite.paths);
  const model = new SystemModel(graph, { replayed: replayedName(system), ...told(options) });
  const paths = graph.ways.map((way) => systemPath(model, way));
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
  if (options.graph !== "all") return coverTransitions(system, told(options)).model;
  const replayed = replayedName(system);
  return new SystemModel(exploredGraph(system), { replayed, ...told(options) });
}

/** One life as a path of its own, to be run again and again. */
export function pathOfLife(
  system: ExploredSystem,
  moves: readonly Move[],
  { endedBy = "moves", ...options }: CallbackOptions & Partial<Pick<Path, "endedBy">> = {},
): SystemPath {
  const lives = new Lives(system);
  const life = remadePath(system, lives, { moves, endedBy });
  const graph = suiteGraph(lives.machines, [toldPath(life, [])]);
  const model = new SystemModel(graph, { replayed: replayedName(system), ...told(options) });
  const [way] = graph.ways;
  assert(way !== undefined, "a path is a way through its own states");
  return systemPath(model, way);
}

function systemPath(model: SystemModel, { path: life, edges }: SuiteGraph["ways"][number]) {
  const { id, description, covers } = life;
  return { ...model.pathAlong(edges), id, covers, life, description: `${id} ${description}` };
}

function told({ callbackTimeoutMs }: CallbackOptions): CallbackOptions {
  return callbackTimeoutMs === undefined ? {} : { callbackTimeoutMs };
}

/** What `kubechart replay` is told: the file, or the name of a shipped system. */
export function replayedName({ name, source }: ExploredSystem): string {
  return source?.file ?? name;
}
