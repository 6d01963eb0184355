import { expect, it } from "vitest";

import { quote } from "../../../machines/api/quote.ts";

it.each([
  ["plain text", '"plain text"'],
  ['a "b" \\', '"a \\"b\\" \\\\"'],
  ["line\nand\ttab", '"line\\nand\\ttab"'],
  ["\u0000\u007f", '"\\x00\\x7f"'],
  ["größe 世界 😀", '"größe 世界 😀"'],
  ["no\u00a0break \ufeff", '"no\\u00a0break \\ufeff"'],
])("%j is quoted as Go does", (text, quoted) => {
  expect(quote(text)).toBe(quoted);
});
