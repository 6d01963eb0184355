import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { noColours, terminalColours } from "../../src/trace/colours.ts";
import type { TimelineRow } from "../../src/trace/timeline.ts";
import { timelineStart, timelineText, timeText } from "../../src/trace/timeline-text.ts";

const plain = { colours: noColours };
const evicted: TimelineRow = {
  atMs: 31_250,
  namespace: "default",
  name: "web",
  status: "Error",
  ready: "0/1",
  restarts: 2,
  reason: "Evicted",
  cause: "Evicted: The node was low on resource: memory.",
};
const started = { ...evicted, atMs: 400, status: "Running", reason: "", cause: "Started" };
const escape = "\u001b";

describe("the text of a time line", () => {
  it("has kubectl's columns under their names", () => {
    expect(timelineText([started, evicted], plain).lines).toEqual([
      "TIME    POD   STATUS    READY   RESTARTS   REASON    EVENT",
      "0.4s    web   Running   0/1     2                    Started",
      "31.2s   web   Error     0/1     2          Evicted   Evicted: The node was low on resource: memory.",
    ]);
  });

  it.each([
    [0, "0.0s"],
    [59_999, "59.9s"],
    [80_000, "1m20.0s"],
    [7_205_100, "2h0m5.1s"],
  ])("writes %i ms as %s", (atMs, text) => {
    expect(timeText(atMs)).toBe(text);
  });

  it("names the namespace only where it is not default", () => {
    const lines = timelineText([{ ...started, namespace: "shop" }], plain).lines;
    expect(lines[1]).toContain(" shop/web ");
  });

  it("is cut to the terminal's width in its last column", () => {
    const [, whole = ""] = timelineText([evicted], plain).lines;
    const [, cut = ""] = timelineText([evicted], { ...plain, columns: 60 }).lines;
    expect(cut).toBe(`${whole.slice(0, 59)}…`);
  });

  it("paints STATUS and nothing else of a line", () => {
    const [, line = ""] = timelineText([evicted], { colours: terminalColours }).lines;
    expect(line).toContain(`web   ${escape}[31mError${escape}[0m  `);
    expect(line.split(escape)).toHaveLength(3);
  });

  it("differs from the plain text by its colours only", () => {
    const words = fc.constantFrom("Running", "Init:0/2", "CrashLoopBackOff", "Error");
    const rows = fc.array(fc.record({ status: words, atMs: fc.nat(1e7) }), { minLength: 1 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 120 }), (some, columns) => {
        const all = some.map((one) => ({ ...evicted, ...one }));
        const coloured = timelineText(all, { colours: terminalColours, columns }).lines;
        const codes = new RegExp(`${escape}\\[\\d+m`, "g");
        expect(coloured.map((line) => line.replaceAll(codes, ""))).toEqual(
          timelineText(all, { ...plain, columns }).lines,
        );
      }),
    );
  });

  it("goes on under the lines of a watch without a second header", () => {
    const first = timelineText([started], plain, timelineStart(["web"]));
    const next = timelineText([evicted], plain, first.table);
    expect(next.lines).toHaveLength(1);
    expect(next.lines[0]?.indexOf("Evicted:")).toBe(first.lines[1]?.indexOf("Started"));
  });
});
