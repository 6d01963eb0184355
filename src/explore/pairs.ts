import type { AnyTransitionDefinition } from "xstate";

import { type Actor, addressOf } from "../system/composition.ts";
import type { CoverageReport } from "./coverage.ts";
import type { Edge, Exploration } from "./explorer.ts";
import type { Move, Taken } from "./life.ts";
import { branchesOf } from "./universe.ts";

/** Two branches that one actor has taken one after the other, and a way on which it has. */
export interface Pair {
  readonly machine: string;
  /** `container Waiting container.started#0, Running container.exited#2` */
  readonly name: string;
  readonly way: readonly Move[];
}

type Taking = Pick<Taken, "actor" | "branch">;

/** Keeps the steps of an exploration, to be gone through once for each actor. */
export class PairSearch {
  readonly #from = new Map<number, Edge[]>();
  readonly #actors = new Map<string, Actor>();

  add(edge: Edge): void {
    const others = this.#from.get(edge.from);
    if (others === undefined) this.#from.set(edge.from, [edge]);
    else others.push(edge);
    for (const { actor } of edge.taken) this.#actors.set(addressOf(actor), actor);
  }

  /** Every pair that some life within the bounds takes, each with a shortest way. */
  found({ machines }: Pick<Exploration, "machines">): readonly Pair[] {
    const nameOf = namesIn(machines);
    const pairs = new Map<string, Pair>();
    for (const [address, { machine }] of this.#actors) {
      this.#search(address, (taken, wayTo) => {
        const name = nameOf(taken);
        if (!pairs.has(name)) pairs.set(name, { machine, name, way: wayTo() });
      });
    }
    return [...pairs.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Goes through all states, each with every branch that the actor may have taken last. */
  #search(address: string, hear: (pair: BranchPair, wayTo: () => readonly Move[]) => void): void {
    const begin: Node = { state: 0, last: undefined };
    const seen = new Map<number, Set<AnyTransitionDefinition | undefined>>([
      [0, new Set([undefined])],
    ]);
    const waiting = [begin];
    for (let next = 0; next < waiting.length; next++) {
      const node = waiting[next] ?? begin;
      for (const edge of this.#from.get(node.state) ?? []) {
        const to: Node = { state: edge.to, last: node.last, before: node, move: edge.move };
        let { last } = node;
        for (const { actor, branch } of edge.taken) {
          if (addressOf(actor) !== address) continue;
          if (last !== undefined) hear([last, branch], () => wayOf(to));
          last = branch;
        }
        const known = seen.get(edge.to) ?? new Set();
        if (known.has(last)) continue;
        seen.set(edge.to, known.add(last));
        waiting.push({ ...to, last });
      }
    }
  }
}

type BranchPair = readonly [AnyTransitionDefinition, AnyTransitionDefinition];

interface Node {
  readonly state: number;
  /** What the actor has taken last. */
  readonly last: AnyTransitionDefinition | undefined;
  readonly before?: Node;
  readonly move?: Move;
}

function wayOf(end: Node): readonly Move[] {
  const moves: Move[] = [];
  for (let node: Node | undefined = end; node?.move !== undefined; node = node.before) {
    moves.push(node.move);
  }
  return moves.toReversed();
}

/** Names of the pairs that one life takes. */
export function pairsIn(
  all: readonly Taking[],
  { machines }: Pick<Exploration, "machines">,
): readonly string[] {
  const nameOf = namesIn(machines);
  const lasts = new Map<string, AnyTransitionDefinition>();
  const names = new Set<string>();
  for (const { actor, branch } of all) {
    const address = addressOf(actor);
    const last = lasts.get(address);
    if (last !== undefined) names.add(nameOf([last, branch]));
    lasts.set(address, branch);
  }
  return [...names].toSorted();
}

function namesIn(machines: Exploration["machines"]): (pair: BranchPair) => string {
  const names = new Map(branchesOf(machines).map(({ definition, name }) => [definition, name]));
  return ([first, second]) => {
    const [one = "", other = ""] = [names.get(first), names.get(second)];
    return `${one}, ${other.slice(other.indexOf(" ") + 1)}`;
  };
}

/** All pairs that there are have been taken: what else could be a pair nobody can tell. */
export function pairReport(pairs: readonly Pair[]): CoverageReport {
  const names = pairs.map(({ name }) => name);
  const machines = [...new Set(pairs.map(({ machine }) => machine))].toSorted();
  return {
    cover: "pairs",
    machines: machines.map((machine) => {
      const all = pairs.filter((one) => one.machine === machine).length;
      return { machine, covered: all, all };
    }),
    universe: names,
    covered: names,
    missing: [],
  };
}
