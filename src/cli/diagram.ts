import { existsSync, readFileSync } from "node:fs";

import { InvalidArgumentError, Option } from "commander";
import { createMachine } from "xstate";

import { catalogue } from "../../machines/index.ts";
import { chartConfig } from "../chart/config.ts";
import { lintChart } from "../chart/lint.ts";
import { readChart } from "../chart/read.ts";
import { bundled } from "../diagram/composition.ts";
import type { Outline } from "../diagram/outline.ts";
import { viewOf } from "../diagram/view.ts";
import { formatIssue } from "../yaml/issue.ts";
import { didYouMean } from "../yaml/nearest.ts";
import { valueAt, valueOf } from "../yaml/node.ts";
import { readYaml } from "../yaml/read.ts";
import { act, commandLine } from "./arguments.ts";
import type { CommandText, ExitCode } from "./command.ts";
import {
  addOutlineOptions,
  addSystemOptions,
  drawnOutline,
  type OutlineOptions,
  type SystemPicture,
} from "./diagram-outline.ts";
import { type DrawingFormat, drawings } from "./drawings.ts";
import { catalogueLines } from "./machines.ts";
import { writeFiles } from "./write-files.ts";

interface DiagramOptions extends OutlineOptions, SystemPicture {
  readonly output: DrawingFormat;
  readonly theme?: "light" | "dark";
  readonly out?: string;
  readonly list?: true;
}

/** `kubechart diagram`: a machine of the catalogue, or a chart of one's own. */
export async function main(args: readonly string[], text: CommandText): Promise<ExitCode> {
  const formats = new Option("-o, --output <format>", `one of ${formatNames.join(", ")}`);
  const command = commandLine(text)
    .argument("[machine|chart.yaml|system]", "an id that --list lists, a chart file, or a system")
    .addOption(formats.default("mermaid").argParser(format))
    .option("--out <folder>", "writes a file there, named after the machine, instead of printing")
    .addOption(theme)
    .option("--list", "lists the machines instead");
  addSystemOptions(command);
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
  if (name === undefined && options.composition === true) return drawWhole(options);
  if (name === undefined) {
    console.error("kubechart: missing a machine, a chart file or a system; --list lists machines");
    return 2;
  }
  const isSystemAsked = options.composition === true || options.graph !== undefined;
  if (isSystemAsked) return drawSystem(name, options);
  const known = Object.hasOwn(catalogue, name) ? catalogue[name] : undefined;
  if (known !== undefined) return draw(known.id, await drawnOutline(known, options), options);
  const isFile = existsSync(name) || /\.ya?ml$/.test(name);
  if (isFile && isChart(name)) return drawChart(name, options);
  const { systemNames } = await import("../testkit/load-system.ts");
  if (isFile || systemNames().includes(name)) return drawSystem(name, options);
  const near = didYouMean(name, [...Object.keys(catalogue), ...systemNames()]);
  console.error(`kubechart: no machine ${name}; ${near ?? "kubechart machines lists them"}`);
  return 2;
}

/** Other files say of which kind they are. */
function isChart(file: string): boolean {
  const [root] = readYaml(readFileSync(file, "utf8"), file, "1.1").documents;
  return valueAt(root, "kind") === undefined;
}

/** The composition of every cluster. */
async function drawWhole(options: DiagramOptions): Promise<ExitCode> {
  if (options.graph !== undefined) {
    console.error("kubechart: --graph is of a system: name one");
    return 2;
  }
  if (isOfMachine(options)) return 2;
  const { wholeComposition } = await import("./diagram-system.ts");
  const outline = viewOf(wholeComposition(), options);
  return draw(fileName(outline.id, undefined), readable(outline, options), options);
}

/** Whether something is asked for that no system has; says so. */
function isOfMachine(options: DiagramOptions): boolean {
  const { output, graph, coverage, comparedTo, featureGates } = options;
  const strange = { coverage, "compared-to": comparedTo, "feature-gates": featureGates };
  const [option] = Object.entries(strange).find(([, value]) => value !== undefined) ?? [];
  if (option !== undefined) {
    console.error(`kubechart: --${option} is of a machine, not of a system`);
    return true;
  }
  const isRun = output === "scxml" || output === "xstate";
  if (graph !== undefined || !isRun) return false;
  console.error(`kubechart: a composition is no machine that -o ${output} could run`);
  return true;
}

async function drawSystem(name: string, options: DiagramOptions): Promise<ExitCode> {
  const { systemOutline } = await import("./diagram-system.ts");
  const { systemInput } = await import("./system-input.ts");
  const { graph } = options;
  if (isOfMachine(options)) return 2;
  const input = systemInput(name);
  if (typeof input === "number") return input;
  const outline = viewOf(await systemOutline(input.system, options), options);
  return draw(fileName(outline.id, graph), readable(outline, options), options);
}

/** Who writes a line for each arrow gets one for all that goes the same way. */
function readable(outline: Outline, { graph, output }: DiagramOptions): Outline {
  const isPainted = output === "svg" || output === "png" || output === "json";
  return graph !== undefined || isPainted ? outline : bundled(outline);
}

function fileName(id: string, graph: string | undefined): string {
  return `${id}.${graph === undefined ? "composition" : graph}`;
}

async function drawChart(file: string, options: DiagramOptions): Promise<ExitCode> {
  const text = readFileSync(file, "utf8");
  const issues = lintChart(text, file);
  for (const issue of issues) console.error(formatIssue(issue));
  const { chart } = readChart(text, file);
  if (chart === undefined || issues.length > 0) return 1;
  const config = chartConfig(valueOf(chart.root));
  const machine = createMachine(JSON.parse(JSON.stringify(config)));
  return draw(machine.id, await drawnOutline(machine, options), options);
}

async function draw(name: string, outline: Outline, options: DiagramOptions): Promise<ExitCode> {
  const { output, out } = options;
  const { extension, draw: contentOf } = drawings[output];
  const content = await contentOf(outline, options);
  if (out !== undefined) {
    for (const place of writeFiles(out, [{ file: `${name}.${extension}`, content }])) {
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
