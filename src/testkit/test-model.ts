import { createTestModel, TestModel, type TestParam, type TestPath } from "@xstate/test";

import { failureText, type ToldStep } from "./failure.ts";
import {
  type FlatEvent,
  type FlatGraph,
  type FlatLogic,
  flatMachine,
  type FlatState,
} from "./flat-machine.ts";
import { defaultCallbackTimeoutMs, watched, watchedSync } from "./watch.ts";

/** What `path.test` takes: callbacks by state and by type of event; `"*"` hears of all others. */
export type SystemParams = TestParam<FlatState, FlatEvent>;

export interface ModelOptions {
  /** What stands behind `kubechart replay`: a shipped system's name, or a file. */
  readonly replayed: string;
  /** Milliseconds that each callback of a test may take; 4 s unless given. */
  readonly callbackTimeoutMs?: number;
}

/** States up to which `getSimplePaths` goes: there may be 2ⁿ of such paths. */
export const maxSimplePathStates = 200;

/**
 * `@xstate/test`'s model of a flat machine. Its paths know what fails in them, end callbacks that
 * never return, and say how the failing part is lived again.
 */
export class SystemModel extends TestModel<FlatState, FlatEvent, unknown> {
  /** The machine behind the model. */
  readonly machine: FlatLogic;
  readonly #graph: FlatGraph;
  readonly #replayed: string;
  readonly #timeoutMs: number;

  constructor(graph: FlatGraph, options: ModelOptions) {
    const machine = flatMachine(graph);
    const out = new Map<string, FlatEvent[]>(graph.states.map(({ key }) => [key, []]));
    for (const { from, event } of graph.edges) {
      out.get(graph.states[from]?.key ?? "")?.push(event);
    }
    const eventsOf = (state: FlatState): readonly FlatEvent[] => out.get(keyOf(state)) ?? [];
    const { options: usual } = createTestModel<FlatLogic>(machine);
    super(machine, { ...usual, events: eventsOf });
    this.machine = machine;
    this.#graph = graph;
    this.#replayed = options.replayed;
    this.#timeoutMs = options.callbackTimeoutMs ?? defaultCallbackTimeoutMs;
  }

  override getSimplePaths(
    ...args: Parameters<TestModel<FlatState, FlatEvent, unknown>["getSimplePaths"]>
  ): TestPath<FlatState, FlatEvent>[] {
    const { length } = this.#graph.states;
    if (length <= maxSimplePathStates) return super.getSimplePaths(...args);
    throw new Error(
      `getSimplePaths() goes up to ${maxSimplePathStates} states, and there are ${length}: take ` +
        "getShortestPaths(), or the covering paths of coverTransitions(system)",
    );
  }

  /** The path that takes these edges one after the other. */
  pathAlong(edges: readonly number[]): TestPath<FlatState, FlatEvent> {
    const taken = edges.flatMap((edge) => this.#graph.edges[edge] ?? []);
    const next = new Map(taken.map(({ from, event }) => [this.#graph.states[from]?.key, event]));
    const events = taken.map(({ event }) => event);
    const only = (state: FlatState): readonly FlatEvent[] => {
      const event = next.get(keyOf(state));
      return event === undefined ? [] : [event];
    };
    const [path] = this.getPathsFromEvents(events, { events: only });
    if (path === undefined) throw new Error("a path leads from edge to edge");
    return path;
  }

  override async testPath(
    path: TestedPath,
    params: SystemParams,
    options?: TestedOptions,
  ): ReturnType<TestModel<FlatState, FlatEvent, unknown>["testPath"]> {
    const place = { step: 0 };
    const call: Call = (what, run) => watched(what, this.#timeoutMs, run);
    try {
      return await super.testPath(path, placed(path, params, place, call), options);
    } catch (error) {
      throw this.#failure(path, place.step, error);
    }
  }

  override testPathSync(
    path: TestedPath,
    params: SystemParams,
    options?: TestedOptions,
  ): ReturnType<TestModel<FlatState, FlatEvent, unknown>["testPathSync"]> {
    const place = { step: 0 };
    const call: Call = (what, run) => watchedSync(what, this.#timeoutMs, run);
    try {
      return super.testPathSync(path, placed(path, params, place, call), options);
    } catch (error) {
      throw this.#failure(path, place.step, error);
    }
  }

  #failure({ steps }: TestedPath, failed: number, error: unknown): Error {
    const said = error instanceof Error ? error.message : String(error);
    const [message = said] = said.split("\nPath:\n");
    const told = steps.map(({ state, event }, at): ToldStep => {
      const moved = at === 0 ? { type: event.type, moves: "" } : event;
      return { key: keyOf(state), meta: state.meta, event: moved };
    });
    return new Error(failureText(message, this.#replayed, told, failed), { cause: error });
  }
}

type TestedPath = Parameters<TestModel<FlatState, FlatEvent, unknown>["testPath"]>[0];
type TestedOptions = Parameters<TestModel<FlatState, FlatEvent, unknown>["testPath"]>[2];

type Call = <T>(what: string, run: () => T | Promise<T>) => T | Promise<T>;

/** The same callbacks, of which one knows in which step they are called. */
function placed(
  { steps }: TestedPath,
  { states = {}, events = {} }: SystemParams,
  place: { step: number },
  call: Call,
): SystemParams {
  const toldStates = Object.entries(states).map(([key, check]) => {
    const told = (state: FlatState) => {
      place.step = steps.findIndex((step) => step.state === state);
      return call(`the callback of states ${JSON.stringify(key)}`, () => check(state));
    };
    return [key, told] as const;
  });
  const toldEvents = Object.entries(events).map(([type, act]) => {
    const told = (step: Parameters<NonNullable<typeof act>>[0]) => {
      place.step = steps.findIndex(({ state }) => state === step.state);
      return call(`the callback of events ${JSON.stringify(type)}`, async () => act?.(step));
    };
    return [type, told] as const;
  });
  return { states: Object.fromEntries(toldStates), events: Object.fromEntries(toldEvents) };
}

function keyOf({ value }: FlatState): string {
  return String(value);
}
