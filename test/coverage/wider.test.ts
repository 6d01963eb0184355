import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { coverTransitions } from "../../src/explore/suite.ts";
import { readSystem } from "../../src/explore/system-file.ts";
import { widerSystems } from "./wider.ts";

const root = new URL("../../", import.meta.url);
const page = readFileSync(fileURLToPath(new URL("docs/coverage.md", root)), "utf8");

describe("a branch that only a wider system takes", () => {
  it.each(widerSystems)("$what: it is taken there", ({ of, branches, widened }) => {
    const file = fileURLToPath(new URL(`machines/systems/${of}.yaml`, root));
    const { system } = readSystem(file, readFileSync(file, "utf8"));
    const covered = system && coverTransitions(widened(system)).coverage.covered;
    expect(covered).toEqual(expect.arrayContaining([...branches]));
  });

  it.each(widerSystems)("$what: the page says so", ({ what, branches }) => {
    for (const branch of branches) expect(page).toContain(`- \`${branch}\`: ${what}\n`);
  });
});
