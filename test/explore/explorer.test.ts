import { describe, expect, it } from "vitest";

import { type Edge, explore, Explorer, type Strategy } from "../../src/explore/explorer.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import { podOf, shippedSystem, smallSystems, systemOf } from "../support/systems.ts";

describe("the states of small systems", () => {
  it.each(Object.entries(smallSystems))("are counted: %s", (name, make) => {
    const { states, edges, stoppedBy } = explore(make(), { states: "all" });
    expect([name, states, edges, stoppedBy]).toEqual([name, ...(counts[name] ?? []), undefined]);
  });

  it.each(Object.entries(smallSystems))("are fewer where lives branch: %s", (_, make) => {
    const [all, branching] = [explore(make(), { states: "all" }), explore(make())];
    expect(branching.states).toBeLessThan(all.states);
    expect(branching.machines).toEqual(all.machines);
    expect(new Set(branching.passed.keys())).toEqual(new Set(all.passed.keys()));
  });

  it("are the same depth first, as long as no time is the bound", () => {
    for (const name of ["a crash loop", "pulls that may fail", "a process that may end"]) {
      const system = smallSystems[name]?.() ?? systemOf("");
      const deep = explore(system, { strategy: "depth first" });
      expect([name, deep.states, deep.edges]).toEqual([
        name,
        explore(system).states,
        explore(system).edges,
      ]);
    }
  });
});

describe("random walks", () => {
  it("go the same ways with the same seed, and find no other states than the whole search", () => {
    const system = smallSystems["a deletion at any moment, in any order"]?.() ?? systemOf("");
    const walk = (seed: number) =>
      explore(system, { states: "all", strategy: "random walks", seed, walks: 20 });
    const [one, same, other] = [walk(1), walk(1), walk(2)];
    const told = ({ states, edges, depth }: typeof one) => [states, edges, depth];
    expect(told(one)).toEqual(told(same));
    expect(told(one)).not.toEqual(told(other));
    expect([one.stoppedBy, one.machines.size > 0]).toEqual(["a limit of 20 walks", true]);
    const many = explore(system, { states: "all", strategy: "random walks", walks: 1_000 });
    const all = explore(system, { states: "all" });
    expect(many.states).toBeLessThanOrEqual(all.states);
    expect(many.states).toBeGreaterThan(all.states * 0.2);
  });
});

/** The states that a search finds, and the branches that it takes. */
function found(system: ExploredSystem, strategy: Strategy) {
  const branches = new Set<unknown>();
  const onEdge = ({ taken }: Edge) => taken.forEach(({ branch }) => branches.add(branch));
  const { states, stoppedBy } = explore(system, { strategy, onEdge });
  return { states, stoppedBy, branches };
}

describe("a search for what is new", () => {
  it("takes most branches of a pod in a fifth of its states", () => {
    const pod = shippedSystem("pod-never");
    const [all, some] = [found(pod, "breadth first"), found(pod, "what is new")];
    expect([...some.branches].filter((branch) => !all.branches.has(branch))).toEqual([]);
    expect(some.branches.size).toBeGreaterThan(all.branches.size * 0.9);
    expect(some.states).toBeLessThan(all.states / 5);
    expect(some.stoppedBy).toBe("a search that goes on from what is new");
  });

  it("does not grow with containers as the number of states does", () => {
    const six = found(podOf(6), "what is new");
    expect(six.states).toBeLessThan(2_000);
    expect(six.branches.size).toBeGreaterThan(120);
  });
});

describe("an exploration", () => {
  it("names the bounds that it has reached", () => {
    const pulls = smallSystems["pulls that may fail"]?.() ?? systemOf("");
    expect([...explore(pulls).passed.keys()]).toEqual(["pulls"]);
    const short = systemOf("bounds: { horizon: 1s, messages: 3 }");
    expect([...explore(short).passed.keys()].toSorted()).toEqual(["horizonMs", "messages"]);
  });

  it("stops at a limit, and says at which", () => {
    const explorer = new Explorer(systemOf(""), { maxStates: 20 });
    while (explorer.advance(5));
    const { stoppedBy, waiting } = explorer.result();
    expect([stoppedBy, waiting > 0]).toEqual(["a limit of 20 states", true]);
  });

  it("can be stopped by somebody, and keeps what it knows", () => {
    const explorer = new Explorer(systemOf(""));
    explorer.advance(10);
    explorer.stop("Ctrl-C");
    expect(explorer.advance(10)).toBe(false);
    expect(explorer.result()).toMatchObject({ stoppedBy: "Ctrl-C", states: expect.any(Number) });
  });
});

/** States and edges, every delivery counted. */
const counts: Readonly<Record<string, readonly [states: number, edges: number]>> = {
  "a pod that runs": [88, 88],
  "a pod that runs, in any order": [139, 193],
  "a pod that ends at once, in any order": [285, 429],
  "a crash loop": [1160, 1160],
  "pulls that may fail": [605, 607],
  "a process that may end": [392, 393],
  "a deletion at any moment": [388, 396],
  "a deletion at any moment, in any order": [1942, 3741],
  "a record that is lost, in any order": [1427, 2339],
  "probes that may fail": [2111, 2163],
  "a kubelet that stops": [852, 863],
  "two containers, in any order": [999, 1175],
  "a pod that is scheduled, in any order": [833, 2854],
  "a pod that waits for room": [320, 409],
  "a ReplicaSet that is scaled, in any order": [1_684, 1_882],
  "a Deployment that is rolled out, in any order": [4_422, 4_844],
  "a Service whose pod comes and goes, in any order": [3_490, 4_060],
  "a node that is lost": [1_963, 1_977],
  "a pod whose node is tainted for a while": [1_838, 1_912],
  "a ReplicaSet that goes with its pods, in any order": [4_091, 4_685],
  "a pod whose node is deleted": [322, 330],
};
