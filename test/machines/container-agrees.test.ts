import { fileURLToPath } from "node:url";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { agreementOf } from "../support/agreement.ts";
import { randomScript } from "../support/random-scripts.ts";
import { playing } from "../support/scripts.ts";
import { startsOf } from "../support/starts.ts";

const starts = [...startsOf(fileURLToPath(new URL("../..", import.meta.url)))];

describe("container is what the next status says, podPhase what the status manager has", () => {
  it.each(starts)("in the life of %s", (_, start) => {
    const { cluster, untilMs } = start();
    expect(agreementOf(cluster, untilMs).disagreements).toEqual([]);
  });

  it("in 200 random lives", { timeout: 120_000 }, () => {
    let compared = 0;
    const property = fc.property(randomScript(), fc.nat(), (script, seed) => {
      const cluster = playing(script, { seed });
      const { comparisons, disagreements } = agreementOf(cluster, script.untilMs);
      expect(disagreements).toEqual([]);
      compared += comparisons;
    });
    fc.assert(property, { numRuns: 200, seed: 2, endOnFailure: true });
    expect(compared).toBeGreaterThan(10_000);
  });
});
