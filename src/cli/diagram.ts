import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { InvalidArgumentError, Option } from "commander";
import { type AnyStateMachine, createMachine } from "xstate";

import { catalogue } from "../../machines/index.ts";
import { chartConfig } from "../chart/config.ts";
import { lintChart } from "../chart/lint.ts";
import { readChart } from "../chart/read.ts";
import { outlineOf } from "../diagram/outline.ts";
import { formatIssue } from "../yaml/issue.ts";
import { didYouMean } from "../yaml/nearest.ts";
import { valueOf } from "../yaml/node.ts";
import { act, commandLine } from "./arguments.ts";
import type { CommandText, ExitCode } from "./command.ts";
import { type DrawingFormat, drawings } from "./drawings.ts";
import { catalogueLines } from "./machines.ts";

interface DiagramOptions {
  readonly output: DrawingFormat;
  readonly out?: string;
  readonly list?: true;
}

/** `kubechart diagram`: a machine of the catalogue, or a chart of one's own. */
export async function main(args: readonly string[], text: CommandText): Promise<ExitCode> {
  const formats = new Option("-o, --output <format>", `one of ${formatNames.join(", ")}`);
  const command = commandLine(text)
    .argument("[machine|chart.yaml]", "an id that --list lists, or a chart file")
    .addOption(formats.default("mermaid").argParser(format))
    .option("--out <folder>", "writes a file there, named after the machine, instead of printing")
    .option("--list", "lists the machines instead");
  return act(command, args, () => diagram(command.args[0], command.opts<DiagramOptions>()));
}

const formatNames = Object.keys(drawings);

function format(text: string): string {
  if (Object.hasOwn(drawings, text)) return text;
  const near = didYouMean(text, formatNames);
  const allowed = `It is one of ${formatNames.join(", ")}`;
  throw new InvalidArgumentError(near === undefined ? `${allowed}.` : `${allowed}; ${near}`);
}

async function diagram(name: string | undefined, options: DiagramOptions): Promise<ExitCode> {
  if (options.list === true) {
    for (const line of catalogueLines()) console.log(line);
    return 0;
  }
  if (name === undefined) {
    console.error("kubechart: missing a machine or a chart file; --list lists the machines");
    return 2;
  }
  const known = Object.hasOwn(catalogue, name) ? catalogue[name] : undefined;
  if (known !== undefined) return draw(known, options);
  if (existsSync(name) || /\.ya?ml$/.test(name)) return drawChart(name, options);
  const near = didYouMean(name, Object.keys(catalogue)) ?? "kubechart machines lists them";
  console.error(`kubechart: no machine ${name}; ${near}`);
  return 2;
}

async function drawChart(file: string, options: DiagramOptions): Promise<ExitCode> {
  const text = readFileSync(file, "utf8");
  const issues = lintChart(text, file);
  for (const issue of issues) console.error(formatIssue(issue));
  const { chart } = readChart(text, file);
  if (chart === undefined || issues.length > 0) return 1;
  const config = chartConfig(valueOf(chart.root));
  return draw(createMachine(JSON.parse(JSON.stringify(config))), options);
}

async function draw(machine: AnyStateMachine, { output, out }: DiagramOptions): Promise<ExitCode> {
  const { extension, draw: textOf } = drawings[output];
  const text = await textOf(outlineOf(machine));
  if (out === undefined) {
    console.log(text.trimEnd());
    return 0;
  }
  mkdirSync(out, { recursive: true });
  const file = join(out, `${machine.id}.${extension}`);
  writeFileSync(file, text);
  console.log(file);
  return 0;
}
