import { existsSync, readFileSync } from "node:fs";

import { InvalidArgumentError, Option } from "commander";
import { type AnyStateMachine, createMachine } from "xstate";

import { catalogue } from "../../machines/index.ts";
import { chartConfig } from "../chart/config.ts";
import { lintChart } from "../chart/lint.ts";
import { readChart } from "../chart/read.ts";
import { formatIssue } from "../yaml/issue.ts";
import { didYouMean } from "../yaml/nearest.ts";
import { valueOf } from "../yaml/node.ts";
import { act, commandLine } from "./arguments.ts";
import type { CommandText, ExitCode } from "./command.ts";
import { addOutlineOptions, drawnOutline, type OutlineOptions } from "./diagram-outline.ts";
import { type DrawingFormat, drawings } from "./drawings.ts";
import { catalogueLines } from "./machines.ts";
import { writeFiles } from "./write-files.ts";

interface DiagramOptions extends OutlineOptions {
  readonly output: DrawingFormat;
  readonly theme?: "light" | "dark";
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
    .addOption(theme)
    .option("--list", "lists the machines instead");
  addOutlineOptions(command);
  return act(command, args, () => diagram(command.args[0], command.opts<DiagramOptions>()));
}

const theme = new Option("--theme <colours>", "of svg and png; svg follows the reader's otherwise");
theme.choices(["light", "dark"]);

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

async function draw(machine: AnyStateMachine, options: DiagramOptions): Promise<ExitCode> {
  const { output, out } = options;
  const { extension, draw: contentOf } = drawings[output];
  const content = await contentOf(await drawnOutline(machine, options), options);
  if (out !== undefined) {
    for (const place of writeFiles(out, [{ file: `${machine.id}.${extension}`, content }])) {
      console.log(place);
    }
    return 0;
  }
  if (typeof content === "string") console.log(content.trimEnd());
  else if (process.stdout.isTTY) return notForTerminals(output);
  else process.stdout.write(content);
  return 0;
}

function notForTerminals(output: DrawingFormat): ExitCode {
  console.error(`kubechart: ${output} is no text; --out <folder> writes it, or send it to a file`);
  return 2;
}
