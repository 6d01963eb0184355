import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { generateChart } from "../chart/generate.ts";
import { formatIssue, type Issue } from "../yaml/issue.ts";

/** A chart and the TypeScript file that it becomes. */
export interface ChartTarget {
  readonly chart: string;
  readonly target: string;
}

/** Writes what has changed and prints its name; false when there are mistakes, which it prints. */
export function writeCharts(targets: readonly ChartTarget[], command: string): boolean {
  const issues = sameTargets(targets);
  for (const { chart, target } of targets) {
    const generated = generateChart(readFileSync(chart, "utf8"), chart, command);
    issues.push(...generated.issues);
    if (generated.text === undefined) continue;
    if (existsSync(target) && readFileSync(target, "utf8") === generated.text) continue;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, generated.text);
    console.log(target);
  }
  for (const issue of issues) console.error(formatIssue(issue));
  return issues.length === 0;
}

/** Two charts of one noun would overwrite each other. */
function sameTargets(targets: readonly ChartTarget[]): Issue[] {
  const charts = new Map<string, string>();
  return targets.flatMap(({ chart, target }) => {
    const other = charts.get(target);
    charts.set(target, chart);
    if (other === undefined) return [];
    const got = `the name of ${other}`;
    return [{ file: chart, line: 1, column: 1, path: "", expected: "a file name of its own", got }];
  });
}
