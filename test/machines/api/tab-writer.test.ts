import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { alignTabs } from "../../../machines/api/tab-writer.ts";

describe("tabs", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "é", "𝒳"), maxLength: 6 });
  const lines = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1 });

  it("become columns that start at the same place in every line", () => {
    fc.assert(
      fc.property(lines, (rows) => {
        const marked = rows.map((cells) => cells.map((one) => `|${one}`).join("\t"));
        const { text } = alignTabs(marked.join("\n"), { minWidth: 0, padding: 2 });
        const starts = text
          .split("\n")
          .map((line) => [...line].flatMap((letter, at) => (letter === "|" ? [at] : [])).join());
        expect(new Set(starts).size).toBe(1);
      }),
    );
  });

  it("end a column at a line that does not have it", () => {
    const { text } = alignTabs("long cell\tx\nalone\na\tb\n", { minWidth: 0, padding: 2 });
    expect(text).toBe("long cell  x\nalone\na  b\n");
  });
});
