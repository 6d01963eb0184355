import { describe, expect, it } from "vitest";

import { readDuration } from "../../../machines/api/go-duration-error.ts";

describe("readDuration", () => {
  it.each([
    ["1m30s", 90_000],
    ["-30s", -30_000],
    ["1.5h", 5_400_000],
    ["0", 0],
  ])("reads %j", (text, ms) => {
    expect(readDuration(text)).toBe(ms);
  });

  it.each([
    ["", 'invalid duration ""'],
    ["abc", 'invalid duration "abc"'],
    ["1m-3s", 'unknown unit "m-" in duration "1m-3s"'],
    [".s", 'invalid duration ".s"'],
    ["30", 'missing unit in duration "30"'],
    ["1m30", 'missing unit in duration "1m30"'],
    ["30 s", 'unknown unit " s" in duration "30 s"'],
    ["1d", 'unknown unit "d" in duration "1d"'],
    ["1m3sec", 'unknown unit "sec" in duration "1m3sec"'],
    ["2562048h", 'invalid duration "2562048h"'],
  ])("refuses %j as Go does", (text, error) => {
    expect(readDuration(text)).toEqual({ error: `time: ${error}` });
  });
});
