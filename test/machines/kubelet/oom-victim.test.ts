import {
  constantFrom,
  integer,
  property,
  assert as holds,
  array,
  record,
  boolean,
} from "fast-check";
import { describe, expect, it } from "vitest";

import { nodeOomVictim, oomVictim } from "../../../machines/kubelet/oom-victim.ts";

describe("oomVictim", () => {
  it.each([
    ["nobody up to the limit", 100, 100, true, "child", "none"],
    ["nobody without a limit", 100, null, true, "main", "none"],
    ["everybody where the group is killed", 101, 100, true, "child", "all"],
    ["the main process when it is the largest", 101, 100, false, "main", "main"],
    ["a child when it is the largest", 101, 100, false, "child", "child"],
  ] as const)("is %s", (_, usage, limit, killsGroup, largest, victim) => {
    expect(oomVictim(usage, limit, killsGroup, largest)).toBe(victim);
  });

  it("is somebody exactly when the limit is exceeded", () => {
    holds(
      property(integer(), integer(), boolean(), constantFrom("main", "child"), (...said) => {
        const [usage, limit, killsGroup, largest] = said;
        expect(oomVictim(usage, limit, killsGroup, largest) === "none").toBe(usage <= limit);
      }),
    );
  });
});

describe("nodeOomVictim", () => {
  const best = { usageBytes: 0, oomScoreAdj: 1_000 };
  const guaranteed = { usageBytes: 900, oomScoreAdj: -997 };

  it("is the one with the highest sum of use in thousandths and oom_score_adj", () => {
    const [little, much] = [
      { usageBytes: 100, oomScoreAdj: 875 },
      { usageBytes: 500, oomScoreAdj: 750 },
    ];
    expect(nodeOomVictim([little, much], 1_000)).toBe(much);
    expect(nodeOomVictim([guaranteed, best, little], 1_000)).toBe(best);
  });

  it("is the first of equals, and nobody where there is nobody", () => {
    expect(nodeOomVictim([best, { ...best }], 1_000)).toBe(best);
    expect(nodeOomVictim([], 1_000)).toBeUndefined();
  });

  it("is never a Guaranteed container beside one that has requested nothing", () => {
    const candidates = array(
      record({
        usageBytes: integer({ min: 0, max: 1_000 }),
        oomScoreAdj: constantFrom(-997, 1_000),
      }),
    );
    holds(
      property(candidates, (others) => {
        expect(nodeOomVictim([guaranteed, best, ...others], 1_000)?.oomScoreAdj).toBe(1_000);
      }),
    );
  });
});
