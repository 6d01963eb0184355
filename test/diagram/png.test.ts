import { describe, expect, it } from "vitest";
import { createMachine } from "xstate";

import { outlineOf } from "../../src/diagram/outline.ts";
import { png } from "../../src/diagram/png.ts";
import { svg } from "../../src/diagram/svg.ts";

const outline = outlineOf(createMachine({ id: "m", initial: "a", states: { a: {} } }));

describe("a PNG", () => {
  it("has the pixels of the SVG, times its scale", async () => {
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(await svg(outline)) ?? [];
    for (const scale of [1, 3]) {
      const bytes = await png(outline, { scale });
      expect([...bytes.subarray(1, 4)]).toEqual([..."PNG"].map((sign) => sign.charCodeAt(0)));
      const header = new DataView(bytes.buffer, bytes.byteOffset);
      const size = [header.getUint32(16), header.getUint32(20)];
      expect(size).toEqual([Number(width) * scale, Number(height) * scale]);
    }
  });

  it("has other colours in the dark", async () => {
    expect(await png(outline, { theme: "dark" })).not.toEqual(await png(outline));
  });
});
