import { Buffer } from "node:buffer";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { truncateBytes } from "../../../machines/api/truncate-bytes.ts";

describe("truncateBytes", () => {
  it("leaves a text that fits and cuts another one to the byte", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(text, fc.nat(40), (message, limit) => {
        const bytes = Buffer.from(message, "utf8");
        const cut = truncateBytes(message, limit);
        if (bytes.length <= limit) expect(cut).toBe(message);
        else expect(cut.replace(/\ufffd+$/, "")).toBe(wholeCharacters(bytes, limit));
      }),
    );
  });

  it.each([
    ["aé", 2, "a\ufffd"],
    ["a€", 3, "a\ufffd\ufffd"],
    ["a😀", 4, "a\ufffd\ufffd\ufffd"],
    ["a€", 1, "a"],
  ])("a character of %s that is cut after %i bytes leaves its bytes: %s", (text, limit, cut) => {
    expect(truncateBytes(text, limit)).toBe(cut);
  });
});

function wholeCharacters(bytes: Buffer, limit: number): string {
  return bytes
    .subarray(0, limit)
    .toString("utf8")
    .replace(/\ufffd+$/, "");
}
