import { describe, expect, it } from "vitest";

import { isCidr } from "../../../machines/api/cidr.ts";

describe("isCidr", () => {
  it.each([
    ["10.0.0.0/24", true],
    ["010.0.0.0/8", true],
    ["2001:db8::/64", true],
    ["10.0.0.0/33", false],
    ["10.0.0.0", false],
    ["x", false],
  ])("%s: %s", (text, expected) => {
    expect(isCidr(text)).toBe(expected);
  });
});
