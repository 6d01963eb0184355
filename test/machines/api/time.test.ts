import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { formatRFC1123Z, formatTime, parseTime } from "../../../machines/api/time.ts";

const anyMs = fc.integer({ min: Date.UTC(1, 0), max: Date.UTC(9999, 11, 31) });

describe("times of API objects", () => {
  it("agree with the platform's calendar", () => {
    fc.assert(
      fc.property(anyMs, (ms) => {
        const iso = new Date(ms).toISOString();
        expect(parseTime(iso)).toBe(ms);
        expect(formatTime(ms)).toBe(`${iso.slice(0, 19)}Z`);
        expect(formatRFC1123Z(ms)).toBe(new Date(ms).toUTCString().replace("GMT", "+0000"));
      }),
    );
  });

  it.each([
    ["2026-01-15T10:00:00Z", "2026-01-15T10:00:00Z"],
    ["2026-01-15T10:00:00.999999Z", "2026-01-15T10:00:00Z"],
    ["2026-01-15T12:30:00+02:30", "2026-01-15T10:00:00Z"],
    ["2024-02-28T23:00:00-01:00", "2024-02-29T00:00:00Z"],
  ])("%s is %s", (text, utc) => {
    expect(formatTime(parseTime(text))).toBe(utc);
  });

  it.each([
    "",
    "2026-01-15",
    "2026-01-15T10:00:00",
    "2026-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-01-15T24:00:00Z",
    "2026-01-15 10:00:00Z",
  ])("%j is no time", (text) => {
    expect(parseTime(text)).toBeNaN();
  });
});
