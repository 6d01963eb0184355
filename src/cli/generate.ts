import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { generateChart } from "../chart/generate.ts";
import { formatIssue, type Issue } from "../yaml/issue.ts";
import { chartFiles, nounOf } from "./chart-files.ts";

/** `kubechart generate <chart.yaml…>`: writes `<noun>.chart.ts` beside each chart, or into `out`. */
export function generate(paths: readonly string[], out: string | undefined): number {
  const targets = chartFiles(paths).map((chart) => {
    return { chart, target: join(out ?? dirname(chart), `${nounOf(chart)}.chart.ts`) };
  });
  return write(targets, "kubechart generate");
}

/** `npm run generate`: every chart of `machines/`, and nothing else, is in `machines/generated/`. */
export function generateMachines(): number {
  const folder = join("machines", "generated");
  const targets = chartFiles(["machines"]).map((chart) => {
    return { chart, target: join(folder, `${nounOf(chart)}.ts`) };
  });
  const current = new Set(targets.map(({ target }) => target));
  const present = existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
  for (const file of present) if (!current.has(file)) rmSync(file);
  return write(targets, "npm run generate");
}

interface Target {
  readonly chart: string;
  readonly target: string;
}

function write(targets: readonly Target[], command: string): number {
  const issues: Issue[] = sameTargets(targets);
  for (const { chart, target } of targets) {
    const generated = generateChart(readFileSync(chart, "utf8"), chart, command);
    issues.push(...generated.issues);
    if (generated.text === undefined) continue;
    mkdirSync(dirname(target), { recursive: true });
    const isCurrent = existsSync(target) && readFileSync(target, "utf8") === generated.text;
    if (!isCurrent) writeFileSync(target, generated.text);
    if (!isCurrent) console.log(target);
  }
  for (const issue of issues) console.error(formatIssue(issue));
  return issues.length === 0 ? 0 : 1;
}

/** Two charts of one noun would overwrite each other. */
function sameTargets(targets: readonly Target[]): Issue[] {
  const charts = new Map<string, string>();
  return targets.flatMap(({ chart, target }) => {
    const other = charts.get(target);
    charts.set(target, chart);
    if (other === undefined) return [];
    const got = `the name of ${other}`;
    return [{ file: chart, line: 1, column: 1, path: "", expected: "a file name of its own", got }];
  });
}
