import type { StateValue } from "xstate";

import { factsIn } from "../../src/explore/path.ts";
import { type Life, Lives, type Move } from "../../src/explore/life.ts";
import type { SuitePath } from "../../src/explore/suite.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import { type Actor, addressOf, type Routes } from "../../src/system/composition.ts";
import type { KubeWorld } from "../../src/system/world.ts";

/** What `npm run coverage` notes besides its page, for the pages of the machines. */
export interface ObservedFile {
  /** By the name of a branch: the shortest path that takes it. */
  readonly branches: Readonly<Record<string, PathPlace>>;
  /** By `machine state`: what the column STATUS of its pod showed meanwhile, the usual first. */
  readonly statuses: Readonly<Record<string, readonly string[]>>;
  /** By `machine fact#route`: the machines and handlers that were told. */
  readonly receivers: Readonly<Record<string, readonly string[]>>;
  /** By what the column STATUS shows of some pod: the shortest path on which it does. */
  readonly shown: Readonly<Record<string, PathPlace>>;
  /** By machine: what an actor of it is named after, as `pod container`. */
  readonly subjects: Readonly<Record<string, string>>;
}

interface PathPlace {
  readonly system: string;
  readonly path: string;
}

/** Lives the paths of suites again and notes what can be seen of the machines on the way. */
export class Observed {
  readonly #branches: Shortest = new Map();
  readonly #shown: Shortest = new Map();
  readonly #statuses = new Map<string, Map<string, number>>();
  readonly #receivers = new Map<string, Set<string>>();
  readonly #subjects = new Map<string, string>();

  /** Every receiver that a route names from now on is noted. */
  tap(routes: Routes<KubeWorld>): void {
    for (const [machine, facts] of Object.entries(routes)) {
      for (const [fact, rows] of Object.entries(facts)) {
        for (const [nth, route] of rows.entries()) this.#tapOne(`${machine} ${fact}#${nth}`, route);
      }
    }
  }

  #tapOne(name: string, route: Routes<KubeWorld>[string][string][number]): void {
    const { to } = route;
    if (to === undefined) return;
    const known = new Set<string>();
    this.#receivers.set(name, known);
    const tapped: typeof to = (world, emission) => {
      const receivers = to(world, emission) ?? [];
      for (const one of "machine" in receivers ? [receivers] : receivers) known.add(one.machine);
      return receivers;
    };
    Object.assign(route, { to: Object.assign(tapped, { machines: to.machines }) });
  }

  /** Notes one path of a system. */
  add(system: ExploredSystem, path: SuitePath): void {
    const { id, covers, moves, steps } = path;
    const place = { system: system.name, path: id, moves: moves.length };
    for (const name of covers) keepShorter(this.#branches, name, place);
    for (const { facts } of steps) {
      for (const { statusText } of Object.values(facts))
        keepShorter(this.#shown, statusText, place);
    }
    for (const [state, texts] of statusesIn(system, moves, this.#subjects)) {
      const counts = this.#statuses.get(state) ?? new Map<string, number>();
      for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
      this.#statuses.set(state, counts);
    }
  }

  file(): ObservedFile {
    const statuses = sorted(this.#statuses).map(([state, counts]) => {
      const byCount = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
      return [state, byCount.map(([text]) => text)] as const;
    });
    const receivers = sorted(this.#receivers).map(([name, known]) => {
      return [name, [...known].toSorted()] as const;
    });
    return {
      branches: placesOf(this.#branches),
      statuses: Object.fromEntries(statuses),
      receivers: Object.fromEntries(receivers),
      shown: placesOf(this.#shown),
      subjects: Object.fromEntries(sorted(this.#subjects)),
    };
  }
}

type Shortest = Map<string, PathPlace & { readonly moves: number }>;

/** The first of the paths with the fewest moves. */
function keepShorter(places: Shortest, name: string, place: PathPlace & { moves: number }): void {
  const known = places.get(name);
  if (known === undefined || place.moves < known.moves) places.set(name, place);
}

function placesOf(places: Shortest): Readonly<Record<string, PathPlace>> {
  const all = sorted(places).map(([name, { system, path }]) => [name, { system, path }] as const);
  return Object.fromEntries(all);
}

/** As JSON with a line for each entry, so that a change of one is a change of one line. */
export function observedText(file: ObservedFile): string {
  const parts = Object.entries(file).map(([key, entries]) => {
    const lines = Object.entries(entries).map(([name, value]) => {
      return `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    });
    return `  ${JSON.stringify(key)}: {\n${lines.join(",\n")}\n  }`;
  });
  return `{\n${parts.join(",\n")}\n}\n`;
}

/** By `machine state`, what STATUS its pod showed whenever a moment was over. */
function statusesIn(
  system: ExploredSystem,
  moves: readonly Move[],
  subjects: Map<string, string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const seen = new Map<string, Set<string>>();
  const values = new Map<string, StateValue>();
  const lives = new Lives(system);
  let life = lives.begin();
  life.cluster.observe(({ to, after }) => {
    if (after !== null) values.set(to, after);
  });
  for (const move of moves) {
    ({ life } = lives.drive(life, move));
    noteStates(life, values, seen);
    for (const { machine, subject } of life.cluster.system.actors) {
      subjects.set(machine, Object.keys(subject).join(" "));
    }
  }
  return seen;
}

function noteStates(
  life: Life,
  values: ReadonlyMap<string, StateValue>,
  seen: Map<string, Set<string>>,
): void {
  const { system } = life.cluster;
  const isOver = (system.nextAt() ?? Number.POSITIVE_INFINITY) > system.now;
  const facts = isOver ? factsIn(life) : {};
  for (const actor of system.actors) {
    const value = values.get(addressOf(actor));
    if (value === undefined) continue;
    const status = statusOf(actor, facts);
    for (const path of pathsIn(value)) {
      const name = `${actor.machine} ${path}`;
      const texts = seen.get(name) ?? new Set<string>();
      seen.set(name, status === undefined ? texts : texts.add(status));
    }
  }
}

function statusOf(
  { subject: { pod = "" } }: Actor,
  facts: ReturnType<typeof factsIn>,
): string | undefined {
  return facts[pod]?.statusText;
}

/** Every active state, those above others too. */
function pathsIn(value: StateValue, above = ""): readonly string[] {
  if (typeof value === "string") return [`${above}${value}`];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = `${above}${key}`;
    return [path, ...(inner === undefined ? [] : pathsIn(inner, `${path}.`))];
  });
}

function sorted<T>(entries: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
