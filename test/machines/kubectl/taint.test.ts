import { describe, expect, it } from "vitest";

import type { Taint } from "../../../machines/api/node.ts";
import { tainted } from "../../../machines/kubectl/taint.ts";

const dedicated: Taint = { key: "dedicated", value: "db", effect: "NoSchedule" };
const slow: Taint = { key: "slow", effect: "PreferNoSchedule" };

function after(before: readonly Taint[], changes: readonly string[], overwrite = false) {
  const made = tainted("n1", before, changes, overwrite);
  return "error" in made ? made.error : made.taints;
}

describe("kubectl taint", () => {
  it("puts new taints before the others, with a value or without", () => {
    expect(after([slow], ["dedicated=db:NoSchedule", "a:NoExecute"])).toEqual([
      dedicated,
      { key: "a", effect: "NoExecute" },
      slow,
    ]);
  });

  it("takes away one effect of a key, or all of them", () => {
    const both = [dedicated, { ...dedicated, effect: "NoExecute" } as const, slow];
    expect(after(both, ["dedicated:NoExecute-"])).toEqual([dedicated, slow]);
    expect(after(both, ["dedicated-"])).toEqual([slow]);
    expect(after([slow], ["dedicated-"])).toBe('taint "dedicated" not found');
  });

  it("replaces what is there only if it is told to", () => {
    const other = "dedicated=web:NoSchedule";
    expect(after([dedicated], [other])).toBe(
      "node n1 already has dedicated taint(s) with same effect(s) and --overwrite is false",
    );
    expect(after([dedicated], [other], true)).toEqual([{ ...dedicated, value: "web" }]);
  });

  it.each([
    ["a=b:Never", "invalid taint effect: Never, unsupported taint effect"],
    ["a", "invalid taint spec: a"],
    ["a=b=c:NoSchedule", "invalid taint spec: a=b=c:NoSchedule"],
  ])("refuses %s", (change, error) => {
    expect(after([], [change])).toBe(error);
  });
});
