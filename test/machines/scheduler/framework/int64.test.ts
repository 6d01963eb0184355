import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { mulDiv } from "../../../../machines/scheduler/framework/int64.ts";

describe("mulDiv", () => {
  it("is exact where floating point is not", () => {
    const amount = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    const divisor = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(amount, divisor, (a, c) => {
        const exact = BigInt.asIntN(64, BigInt(a) * 100n) / BigInt(c);
        expect(mulDiv(a, 100, c)).toBe(Number(exact));
      }),
    );
  });

  it("wraps around as Go does", () => {
    expect(mulDiv(2 ** 52, 2 ** 11, 1)).toBe(-(2 ** 63));
  });
});
