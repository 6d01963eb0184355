import { describe, expect, it } from "vitest";

import { formatLabelSelector, formatLabels } from "../../../machines/api/labels.ts";

describe("labels", () => {
  it("are listed sorted by key, <none> when there are none", () => {
    expect([formatLabels({ b: "2", a: "1" }), formatLabels({})]).toEqual(["a=1,b=2", "<none>"]);
  });

  it("are selected by requirements sorted by key, values sorted too", () => {
    const selector = formatLabelSelector({
      matchLabels: { c: "3" },
      matchExpressions: [
        { key: "d", operator: "DoesNotExist" },
        { key: "a", operator: "In", values: ["y", "x"] },
        { key: "e", operator: "Exists" },
        { key: "b", operator: "NotIn", values: ["z"] },
      ],
    });
    expect(selector).toBe("a in (x,y),b notin (z),c=3,!d,e");
  });
});
