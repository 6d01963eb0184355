import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { nodeTreeOrder } from "../../../../machines/scheduler/framework/node-tree.ts";
import { buildNode } from "../../../support/build-cluster.ts";

function nodesIn(zones: readonly string[]) {
  return zones.map((zone, index) => {
    return { node: buildNode(`n${index}`, { labels: { "topology.kubernetes.io/zone": zone } }) };
  });
}

describe("the order in which nodes are tried", () => {
  it("takes the zones in turn", () => {
    const order = nodeTreeOrder(nodesIn(["a", "a", "a", "b", "c", "b"]));
    expect(order.map(({ node }) => node.metadata.name)).toEqual([
      "n0",
      "n3",
      "n4",
      "n1",
      "n5",
      "n2",
    ]);
  });

  it("has every node once", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "c", "")), (zones) => {
        const nodes = nodesIn(zones);
        expect(new Set(nodeTreeOrder(nodes))).toEqual(new Set(nodes));
        expect(nodeTreeOrder(nodes)).toHaveLength(nodes.length);
      }),
    );
  });
});
