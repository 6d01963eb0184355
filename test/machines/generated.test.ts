import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { generateChart } from "../../src/chart/generate.ts";
import { chartFiles, nounOf } from "../../src/cli/chart-files.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(project, "machines/generated");
const charts = chartFiles([join(project, "machines")]).map((file) => relative(project, file));

describe("machines/generated", () => {
  it.each(charts)("says what %s says (else: npm run generate)", (chart) => {
    const text = readFileSync(join(project, chart), "utf8");
    const generated = readFileSync(join(folder, `${nounOf(chart)}.ts`), "utf8");
    expect(generated).toBe(generateChart(text, chart, "npm run generate").text);
  });

  it("holds nothing but charts", () => {
    expect(readdirSync(folder).toSorted()).toEqual(charts.map((c) => `${nounOf(c)}.ts`).toSorted());
  });
});
