import { describe, expect, it } from "vitest";

import { explore } from "../../src/explore/explorer.ts";
import { exploreNaively } from "../support/naive-explorer.ts";
import { smallSystems } from "../support/systems.ts";

describe("an explorer without memo, interning and fingerprints", () => {
  it.each(Object.entries(smallSystems))("counts the same states and edges: %s", (_, make) => {
    const { states, edges } = explore(make(), { states: "all" });
    expect(exploreNaively(make())).toEqual([states, edges]);
  });
});
