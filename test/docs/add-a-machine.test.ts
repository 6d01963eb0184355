import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { afterAll, describe, expect, it } from "vitest";

import { projectRoot } from "../support/fidelity.ts";
import { blocksOf, exchangesOf, isPrinted, wordsOf } from "./blocks.ts";
import { piped } from "./pipeline.ts";
import { compiledCopy, copyWith, kubechartOf } from "./ten-steps.ts";

const page = "docs/add-a-machine.md";
const text = readFileSync(fileURLToPath(new URL(page, projectRoot())), "utf8");
const copy = copyWith(page);
const mistakes = compiledCopy(copy);

describe(page, () => {
  it("has ten steps", () => {
    expect(text.match(/^## \d+\. /gm)).toHaveLength(10);
  });

  it("compiles in a copy of the project", () => {
    expect(mistakes).toBe("");
  });

  const sessions = blocksOf(text).filter(({ language }) => language === "console");
  it.each(sessions.flatMap(exchangesOf))("shows what happens: $command", (exchange) => {
    const { command, printed } = exchange;
    const [words = [], ...pipe] = command.split(" | ").map(wordsOf);
    const { out, err, code } = kubechartOf(copy, words.slice(1));
    expect({ err, code }).toEqual({ err: "", code: 0 });
    const shown = piped(out, pipe);
    if (!isPrinted(printed, shown)) expect(printed).toBe(shown);
  });

  afterAll(() => rmSync(copy, { recursive: true }), 60_000);
});
