import { expect, it } from "vitest";

import { textWidth, wrapped } from "../../src/diagram/text-width.ts";

it("a text is as wide as its letters are in Helvetica", () => {
  expect(textWidth("Will", { sizePx: 10 })).toBeCloseTo(9.44 + 3 * 2.22);
  expect(textWidth("Will", { sizePx: 10, isBold: true })).toBeCloseTo(9.44 + 3 * 2.78);
});

it("a letter that the table lacks is taken to be wide", () => {
  expect(textWidth("→", { sizePx: 11 })).toBe(11);
});

it("words fill lines, and a long one has a line of its own", () => {
  expect(wrapped("to be or not", 5)).toEqual(["to be", "or", "not"]);
  expect(wrapped("a considerable b", 4)).toEqual(["a", "considerable", "b"]);
});
