import { describe, expect, it } from "vitest";

import { CanonicalForm } from "../../src/explore/canonical.ts";
import { State } from "../../src/explore/memo/state.ts";
import { Walk } from "../../src/explore/memo/walk.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import { shippedSystem, smallSystems } from "../support/systems.ts";

const statesLooked = 1_200;

interface Follower {
  readonly state: State;
  readonly taken: string;
}

/** What may follow a state. */
function* followers(walk: Walk, state: State): Generator<Follower> {
  for (const way of walk.ways(state)) {
    for (let script: readonly number[] | undefined = []; script !== undefined; ) {
      const next = new State();
      next.copyFrom(state);
      const effect = walk.go(next, way, script);
      const taken = effect.taken.map(({ machine, branch }) => `${machine} ${branch.eventType}`);
      yield { state: next, taken: taken.join("\n") };
      script = effect.next;
    }
  }
}

/** Pairs of states that came to the same fingerprint by two ways. */
function* pairs(system: ExploredSystem, walk: Walk, printOf: (state: State) => string) {
  const first = walk.begin();
  const seen = new Map([[printOf(first), first]]);
  const waiting = [first];
  for (const from of waiting) {
    if (waiting.length > statesLooked) return;
    for (const { state } of followers(walk, from)) {
      if (state.now > system.bounds.horizonMs) continue;
      const print = printOf(state);
      const known = seen.get(print);
      if (known !== undefined) yield [known, state] as const;
      else {
        seen.set(print, state);
        waiting.push(state);
      }
    }
  }
}

const systems = {
  ...smallSystems,
  "image-pull": () => shippedSystem("image-pull"),
};

describe("two states with the same fingerprint", () => {
  it.each(Object.entries(systems))("go on alike: %s", (_, make) => {
    const system = make();
    const walk = new Walk(system);
    const form = new CanonicalForm(system, walk.maker);
    const printOf = (state: State): string => form.printOf(state).join(" ");
    const told = (from: State): readonly string[] => {
      const all = [...followers(walk, from)];
      return all.map(({ state, taken }) => `${taken}\n${printOf(state)}`).toSorted();
    };
    let compared = 0;
    for (const [one, other] of pairs(system, walk, printOf)) {
      expect(told(other)).toEqual(told(one));
      compared++;
    }
    expect(compared).toBeGreaterThan(0);
  });
});
