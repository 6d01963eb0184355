import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  addQuantity,
  cmpQuantity,
  isZero,
  quantityMilliValue,
  quantityValue,
  subQuantity,
} from "../../../machines/api/quantity.ts";
import { formatQuantity, mustParse, parseQuantity } from "../../../machines/api/quantity-text.ts";

const units = ["n", "u", "m", "", "k", "M", "G", "Ki", "Mi", "Gi", "e3", "E-2"] as const;
const texts = fc
  .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.constantFrom(...units))
  .map(([amount, unit]) => `${amount}${unit}`);

describe("a quantity", () => {
  it("keeps its amount when it is written and read again", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const quantity = mustParse(text);
        expect(cmpQuantity(mustParse(formatQuantity(quantity)), quantity)).toBe(0);
      }),
    );
  });

  it("is written in one canonical form", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const canonical = formatQuantity(addQuantity(mustParse(text), mustParse("0")));
        expect(formatQuantity(mustParse(canonical))).toBe(canonical);
      }),
    );
  });

  it("adds and subtracts exactly", () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const sum = addQuantity(mustParse(a), mustParse(b));
        expect(isZero(subQuantity(subQuantity(sum, mustParse(b)), mustParse(a)))).toBe(true);
        expect(cmpQuantity(sum, addQuantity(mustParse(b), mustParse(a)))).toBe(0);
      }),
    );
  });

  it.each([
    ["100m", 1, 100],
    ["-0.5", -1, -500],
    ["128Mi", 134_217_728, 134_217_728_000],
    ["1n", 1, 1],
    ["2e3", 2_000, 2_000_000],
  ])("%s is %d rounded away from zero, %d thousandths", (text, whole, milli) => {
    expect(quantityValue(mustParse(text))).toBe(whole);
    expect(quantityMilliValue(mustParse(text))).toBe(milli);
  });

  it.each([
    ["1024Mi", "1Gi"],
    ["0.5Ki", "512"],
    ["0.1Gi", "107374182400m"],
    ["1500m", "1500m"],
    ["007", "007"],
    ["1000E", "1"],
  ])("%s is written %s", (text, written) => {
    expect(formatQuantity(mustParse(text))).toBe(written);
  });

  it("keeps the left side's format in a sum unless that is zero", () => {
    expect(formatQuantity(addQuantity(mustParse("1Gi"), mustParse("1000")))).toBe("1073742824");
    expect(formatQuantity(addQuantity(mustParse("0"), mustParse("2Gi")))).toBe("2Gi");
  });
});

describe("a text that is no quantity", () => {
  it.each([
    ["", "quantities must match the regular expression"],
    ["1 Gi", "quantities must match the regular expression"],
    ["1.2.3", "quantities must match the regular expression"],
    ["1K", "unable to parse quantity's suffix"],
    ["1e9999999", "unable to parse quantity's suffix"],
    ["e-10", "unable to parse numeric part of quantity"],
  ])("%j says why", (text, error) => {
    expect(parseQuantity(text)).toEqual({ error: expect.stringContaining(error) });
  });

  it("throws where validation must have refused it", () => {
    expect(() => mustParse("lots")).toThrow("cannot parse 'lots': quantities must match");
  });

  it("is refused in linear time", () => {
    expect(parseQuantity(`${"0".repeat(1e6)}${"1".repeat(1e6)}x`)).toHaveProperty("error");
  });
});
