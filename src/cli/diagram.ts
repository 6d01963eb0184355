import { existsSync, readFileSync } from "node:fs";

import { type AnyStateMachine, createMachine } from "xstate";

import { catalogue } from "../../machines/index.ts";
import { chartConfig } from "../chart/config.ts";
import { lintChart } from "../chart/lint.ts";
import { readChart } from "../chart/read.ts";
import { mermaid } from "../diagram/mermaid.ts";
import { outlineOf } from "../diagram/outline.ts";
import { formatIssue } from "../yaml/issue.ts";
import { didYouMean } from "../yaml/nearest.ts";
import { valueOf } from "../yaml/node.ts";
import { act, commandLine } from "./arguments.ts";
import type { CommandText, ExitCode } from "./command.ts";

/** `kubechart diagram`: a machine of the catalogue, or a chart of one's own. */
export async function main(args: readonly string[], text: CommandText): Promise<ExitCode> {
  const command = commandLine(text).argument(
    "<machine|chart.yaml>",
    "an id that kubechart machines lists, or a chart file",
  );
  return act(command, args, () => diagram(command.args[0] ?? ""));
}

function diagram(name: string): ExitCode {
  const known = Object.hasOwn(catalogue, name) ? catalogue[name] : undefined;
  if (known !== undefined) return draw(known);
  if (existsSync(name) || /\.ya?ml$/.test(name)) return drawChart(name);
  const near = didYouMean(name, Object.keys(catalogue)) ?? "kubechart machines lists them";
  console.error(`kubechart: no machine ${name}; ${near}`);
  return 2;
}

function drawChart(file: string): ExitCode {
  const text = readFileSync(file, "utf8");
  const issues = lintChart(text, file);
  for (const issue of issues) console.error(formatIssue(issue));
  const { chart } = readChart(text, file);
  if (chart === undefined || issues.length > 0) return 1;
  return draw(createMachine(JSON.parse(JSON.stringify(chartConfig(valueOf(chart.root))))));
}

function draw(machine: AnyStateMachine): ExitCode {
  console.log(mermaid(outlineOf(machine)).trimEnd());
  return 0;
}
