import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { formatDuration, parseDuration } from "../../../machines/api/go-duration.ts";

describe("a Go duration", () => {
  it.each([
    ["0", 0, "0s"],
    ["1h30m", 5_400_000, "1h30m0s"],
    ["1.5s", 1_500, "1.5s"],
    ["100ms", 100, "100ms"],
    ["-2m", -120_000, "-2m0s"],
    ["5µs", 0.005, "5µs"],
    ["300ns", 0.0003, "300ns"],
  ])("%s is %d ms, written %s", (text, ms, canonical) => {
    expect(parseDuration(text)).toBeCloseTo(ms, 9);
    expect(formatDuration(ms)).toBe(canonical);
  });

  it.each(["", "10", "1x", "s", "1s2", "1 s"])("is not %j", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it("can be read as it is written", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms);
      }),
    );
  });
});
