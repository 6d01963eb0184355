import { describe, expect, it } from "vitest";

import { explore } from "../../src/explore/explorer.ts";
import { exploreNaively } from "../support/naive-explorer.ts";
import { shippedSystem, smallSystems } from "../support/systems.ts";

/** These take longer; they and shipped systems are counted among the consumers. */
const larger: readonly string[] = [
  "a crash loop",
  "a deletion at any moment, in any order",
  "a record that is lost, in any order",
  "probes that may fail",
  "a ReplicaSet that is scaled, in any order",
  "a Deployment that is rolled out, in any order",
  "a Service whose pod comes and goes, in any order",
  "a node that is lost",
  "a pod whose node is tainted for a while",
  "a ReplicaSet that goes with its pods, in any order",
];

const systems = [
  ...Object.entries(smallSystems).filter(([name]) => !larger.includes(name)),
  ["eviction-refused", () => shippedSystem("eviction-refused")] as const,
];

describe("an explorer without memo, interning and fingerprints", () => {
  it.each(systems)("counts the same states and edges: %s", (_, make) => {
    const { states, edges } = explore(make(), { states: "all" });
    expect(exploreNaively(make())).toEqual([states, edges]);
  });
});
