import { describe, expect, it } from "vitest";

import { fitErrorMessage } from "../../../../machines/scheduler/framework/fit-error.ts";
import { noNodeStatuses } from "../../../../machines/scheduler/framework/node-to-status.ts";
import { unresolvable, unschedulable } from "../../../../machines/scheduler/framework/status.ts";

function statusesOf(reasons: Readonly<Record<string, number>>) {
  const statuses = Object.entries(reasons).flatMap(([reason, nodes]) => {
    return Array.from({ length: nodes }, () => unschedulable(reason));
  });
  const explicit = new Map(statuses.map((status, index) => [`n${index}`, status]));
  return { ...noNodeStatuses, explicit };
}

describe("the message of a pod that fits nowhere", () => {
  it("lists each reason with its nodes, 10 before 2", () => {
    const nodeToStatus = statusesOf({ "Too many pods": 2, "Insufficient cpu": 10 });
    expect(fitErrorMessage({ nodeToStatus, preFilterMsg: "" }, 12)).toBe(
      "0/12 nodes are available: 10 Insufficient cpu, 2 Too many pods.",
    );
  });

  it("says of all nodes that were not asked what holds for them", () => {
    const absentNodesStatus = unresolvable("node(s) didn't satisfy plugin(s) [NodeAffinity]");
    const nodeToStatus = { ...statusesOf({ "Insufficient cpu": 1 }), absentNodesStatus };
    expect(fitErrorMessage({ nodeToStatus, preFilterMsg: "" }, 3)).toBe(
      "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity].",
    );
  });

  it("keeps silent on nodes when the pod was refused before, and ends with PostFilter's words", () => {
    const nodeToStatus = statusesOf({ "Insufficient cpu": 1 });
    expect(
      fitErrorMessage(
        { nodeToStatus, preFilterMsg: "pod affinity terms conflict" },
        2,
        "not found",
      ),
    ).toBe("0/2 nodes are available: pod affinity terms conflict. not found");
  });
});
