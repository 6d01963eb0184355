import { assert, integer, nat, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";

import {
  backOffMs,
  highestBackOffStep,
  nextBackOffStep,
} from "../../../machines/kubelet/back-off-ladder.ts";

const limits = tuple(integer({ min: 1, max: 10_000 }), integer({ min: 0, max: 600_000 })).map(
  ([initialBackOffMs, more]) => {
    return { initialBackOffMs, maximumBackOffMs: initialBackOffMs + more };
  },
);

describe("backOffMs", () => {
  it("doubles from 10 s up to 300 s", () => {
    const usual = { initialBackOffMs: 10_000, maximumBackOffMs: 300_000 };
    const delays = [0, 1, 2, 3, 4, 5, 6, 7].map((step) => backOffMs(usual, step) / 1_000);
    expect(delays).toEqual([0, 10, 20, 40, 80, 160, 300, 300]);
  });

  it("reaches its maximum at the highest step, and not before", () => {
    assert(
      property(limits, (bounds) => {
        const highest = highestBackOffStep(bounds);
        expect(backOffMs(bounds, highest)).toBe(bounds.maximumBackOffMs);
        if (highest > 1)
          expect(backOffMs(bounds, highest - 1)).toBeLessThan(bounds.maximumBackOffMs);
      }),
    );
  });

  it("never goes beyond the highest step", () => {
    assert(
      property(limits, nat({ max: 40 }), (bounds, step) => {
        expect(nextBackOffStep(bounds, step)).toBeLessThanOrEqual(highestBackOffStep(bounds));
      }),
    );
  });
});
