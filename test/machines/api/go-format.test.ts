import { describe, expect, it } from "vitest";

import { sprintf } from "../../../machines/api/go-format.ts";

describe("a text that Go takes for a format", () => {
  it.each([
    ["100% sure", "100%!s(MISSING)ure"],
    ["50%", "50%!(NOVERB)"],
    ["50%%", "50%"],
    ["%5.2f and %d", "%!f(MISSING) and %!d(MISSING)"],
    ["%[1]s", "%!s(BADINDEX)"],
    ["%*d", "%!(BADWIDTH)%!d(MISSING)"],
    ["%.*f", "%!(BADPREC)%!f(MISSING)"],
    ["%.", "%!.(MISSING)"],
    ["%5", "%!(NOVERB)"],
    ["plain", "plain"],
  ])("%j becomes %j", (text, expected) => {
    expect(sprintf(text)).toBe(expected);
  });
});
