import { describe, expect, it } from "vitest";

import { createProgress, type Output, styleOf } from "../../src/cli/terminal.ts";
import { noColours, terminalColours } from "../../src/trace/colours.ts";

const terminal = { isTTY: true, columns: 80 };

describe("the style of an output", () => {
  it.each([
    ["colours on a terminal", terminal, {}, { colours: terminalColours, columns: 80 }],
    [
      "none where NO_COLOR is set",
      terminal,
      { NO_COLOR: "1" },
      { colours: noColours, columns: 80 },
    ],
    [
      "colours where it is empty",
      terminal,
      { NO_COLOR: "" },
      { colours: terminalColours, columns: 80 },
    ],
    ["none on a dumb terminal", terminal, { TERM: "dumb" }, { colours: noColours, columns: 80 }],
    ["neither colours nor a width in a file", { columns: 80 }, {}, { colours: noColours }],
  ])("is %s", (_, output, environment, style) => {
    expect(styleOf(output, environment)).toEqual(style);
  });
});

/** What is written when something is reported at these moments. */
function written(
  { isTTY, isAsked = false }: { readonly isTTY: boolean; readonly isAsked?: boolean },
  ...moments: readonly number[]
): readonly string[] {
  const texts: string[] = [];
  let now = 0;
  const output: Output = { isTTY, write: (text) => texts.push(text) };
  const progress = createProgress(output, () => now, isAsked);
  for (now of moments) progress.report(`at ${now}`);
  progress.end();
  return texts.map((text) => text.replace("\r", "").replace("\u001b[K", ""));
}

describe("progress", () => {
  it("says nothing of a run that is over within a second", () => {
    expect(written({ isTTY: true }, 0, 500, 999)).toEqual([]);
  });

  it("says nothing where there is no terminal", () => {
    expect(written({ isTTY: false }, 5_000)).toEqual([]);
  });

  it("is a line a second where there is none, if somebody asks for it", () => {
    const moments = [999, 1_000, 1_500, 2_100];
    const lines = written({ isTTY: false, isAsked: true }, ...moments);
    expect(lines).toEqual(["at 1000\n", "at 2100\n"]);
  });

  it("is told at most ten times a second, and wiped at the end", () => {
    expect(written({ isTTY: true }, 1_000, 1_050, 1_100, 1_210)).toEqual([
      "at 1000",
      "at 1100",
      "at 1210",
      "",
    ]);
  });
});
