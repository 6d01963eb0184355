import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { durationString, humanDuration } from "../../../machines/api/duration.ts";

describe("HumanDuration", () => {
  it.each([
    [-2_000, "<invalid>"],
    [-1_999, "0s"],
    [119_999, "119s"],
    [121_000, "2m1s"],
    [179 * 60_000, "179m"],
    [49 * 3_600_000, "2d1h"],
  ])("of %d ms is %s", (elapsedMs, text) => {
    expect(humanDuration(elapsedMs)).toBe(text);
  });

  it("never shows more than the time that has passed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e11 }), (elapsedMs) => {
        const shownMs = msOf(humanDuration(elapsedMs));
        expect(shownMs).toBeLessThanOrEqual(elapsedMs);
        expect(elapsedMs - shownMs).toBeLessThan(Math.max(1_000, elapsedMs / 8));
      }),
    );
  });
});

describe("time.Duration.String", () => {
  it.each([
    [0, "0s"],
    [0.0005, "500ns"],
    [0.0015, "1.5µs"],
    [2.5, "2.5ms"],
    [500, "500ms"],
    [4_962, "4.962s"],
    [10_000, "10s"],
    [80_000, "1m20s"],
    [122_000, "2m2s"],
    [300_000, "5m0s"],
    [3_600_000, "1h0m0s"],
    [-1_500, "-1.5s"],
    [2_562_047 * 3_600_000, "2562047h0m0s"],
  ])("of %d ms is %s", (durationMs, text) => {
    expect(durationString(durationMs)).toBe(text);
  });

  it("loses nothing", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (durationMs) => {
        expect(msOf(durationString(durationMs))).toBeCloseTo(durationMs, 5);
      }),
    );
  });
});

const unitMs = {
  y: 31_536e6,
  d: 864e5,
  h: 36e5,
  m: 6e4,
  s: 1e3,
  ms: 1,
  µs: 1e-3,
  ns: 1e-6,
} as const;

function msOf(text: string): number {
  const parts = [...text.matchAll(/([\d.]+)(ms|µs|ns|[ydhms])/g)];
  const size = parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (isUnit(unit) ? unitMs[unit] : Number.NaN),
    0,
  );
  return text.startsWith("-") ? -size : size;
}

function isUnit(text: string | undefined): text is keyof typeof unitMs {
  return text !== undefined && text in unitMs;
}
