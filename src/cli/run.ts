import { InvalidArgumentError, Option } from "commander";

import { parseDuration } from "../../machines/api/go-duration.ts";
import { Cluster } from "../cluster/cluster.ts";
import { formatIssue } from "../yaml/issue.ts";
import { act, commandLine } from "./arguments.ts";
import type { CommandText, ExitCode } from "./command.ts";
import { readRunInput } from "./run-input.ts";
import { outputForms, type OutputForm, printRun } from "./run-output.ts";

interface RunOptions {
  readonly scenario?: string;
  readonly seed?: number;
  readonly nodes?: number;
  readonly until: number;
  readonly output: OutputForm;
  readonly watch?: boolean;
  readonly opaque?: boolean;
  readonly keepGoing?: boolean;
}

const usualUntilMs = 600_000; // 10m

/** `kubechart run <files…|->`: lets manifests live, and tells what came of them. */
export async function main(args: readonly string[], text: CommandText): Promise<ExitCode> {
  const until = new Option("--until <time>", "virtual time at which the run ends at the latest");
  const output = new Option("-o, --output <form>", "what to print");
  const command = commandLine(text)
    .argument("<files...>", "manifests in YAML or JSON; - is standard input")
    .option("--scenario <file>", "what the environment answers, and what users and faults do")
    .option("--seed <number>", "picks what nobody has decided; without it all goes as usual", whole)
    .option("--nodes <number>", "how many nodes there are besides those in the files", positive)
    .addOption(until.default(usualUntilMs, "10m").argParser(duration))
    .addOption(output.choices(outputForms).default("timeline"))
    .option("--keep-going", "goes on when a step of the scenario cannot apply, and tells why")
    .option("--opaque", "keeps objects of kinds that nobody has defined, without behaviour")
    .option("--watch", "prints each line of the time line at its moment");
  return act(command, args, () => {
    const options = command.opts<RunOptions>();
    if (options.watch !== true || options.output === "timeline") return run(command.args, options);
    console.error(`kubechart: --watch goes with -o timeline, not with -o ${options.output}`);
    return 2;
  });
}

async function run(names: readonly string[], options: RunOptions): Promise<ExitCode> {
  const { input, issues } = readRunInput(names, options.scenario, options);
  for (const issue of issues) console.error(formatIssue(issue));
  if (input === undefined) return 1;
  const { seed, nodes, output } = options;
  const { objects, kubelets, scenario, files } = input;
  const cluster = Cluster.create({
    objects,
    kubelets,
    scenario,
    files: (name) => files[name],
    record: output === "json" || output === "choices",
    ...(seed !== undefined && { seed }),
    ...(nodes !== undefined && { nodes }),
  });
  const isWatched = options.watch === true;
  const keepsGoing = options.keepGoing === true;
  const stops: string[] = [];
  const onStop = (why: string): void => void stops.push(why);
  const untilMs = options.until;
  await printRun(output, { cluster, input, nodes, untilMs, isWatched, keepsGoing, onStop });
  for (const why of stops) console.error(`kubechart: the run has stopped: ${why}`);
  return stops.length === 0 ? 0 : 1;
}

function whole(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("It is a whole number.");
  return Number(text);
}

function positive(text: string): number {
  const number = whole(text);
  if (number < 1) throw new InvalidArgumentError("There is at least one node.");
  return number;
}

function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms >= 0) return ms;
  throw new InvalidArgumentError("It is a time such as 90s, 10m or 1h30m.");
}
