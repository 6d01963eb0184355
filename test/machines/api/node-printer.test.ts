import { describe, expect, it } from "vitest";

import { printNode } from "../../../machines/api/node-printer.ts";
import { parseTime } from "../../../machines/api/time.ts";

const nowMs = parseTime("2026-01-15T10:00:00Z");

describe("the row of a node", () => {
  it("says Unknown without a Ready condition and NotReady for any other status of it", () => {
    const words = ([undefined, "True", "False", "Unknown"] as const).map((status) => {
      const conditions = status === undefined ? [] : [{ type: "Ready", status }];
      return printNode({ metadata: { name: "n" }, status: { conditions } }, nowMs).STATUS;
    });
    expect(words).toEqual(["Unknown", "Ready", "NotReady", "NotReady"]);
  });

  it("lists roles sorted and says when scheduling is disabled", () => {
    const labels = { "node-role.kubernetes.io/worker": "", "kubernetes.io/role": "infra" };
    const node = { metadata: { name: "n", labels }, spec: { unschedulable: true } };
    expect(printNode(node, nowMs)).toMatchObject({
      ROLES: "infra,worker",
      STATUS: "Unknown,SchedulingDisabled",
    });
  });
});
