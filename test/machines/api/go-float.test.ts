import { describe, expect, it } from "vitest";

import { parseFloat32 } from "../../../machines/api/go-float.ts";

describe("parseFloat32", () => {
  it.each([
    ["5", 5],
    ["+5.5", 5.5],
    [".5e1", 5],
    ["0.1", Math.fround(0.1)],
    ["-Infinity", -Infinity],
    ["INF", Infinity],
    ["nan", Number.NaN],
  ])("reads %j", (text, value) => {
    expect(parseFloat32(text)).toBe(value);
  });

  it.each([
    ["", "invalid syntax"],
    ["five", "invalid syntax"],
    ["+nan", "invalid syntax"],
    ["1e", "invalid syntax"],
    [" 1", "invalid syntax"],
    ["1e39", "value out of range"],
  ])("refuses %j as %s", (text, cause) => {
    const error = `strconv.ParseFloat: parsing "${text}": ${cause}`;
    expect(parseFloat32(text)).toEqual({ error });
  });
});
