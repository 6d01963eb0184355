import { Option } from "commander";

import { coverageOf } from "../explore/coverage.ts";
import { coverageTable, explorationText, missingText } from "../testgen/coverage-text.ts";
import { act, commandLine } from "./arguments.ts";
import type { CommandText, ExitCode } from "./command.ts";
import { checkProperties } from "./explore-properties.ts";
import { exploreWithProgress, type ExploringOptions, searchOptions } from "./exploring.ts";
import { maxStates, maxTime } from "./limits.ts";
import { systemInput } from "./system-input.ts";

interface ExploreCommand extends ExploringOptions {
  readonly output: "text" | "json";
  readonly everyDelivery?: boolean;
  readonly properties?: string;
  readonly out?: string;
}

/** `kubechart explore`: every state of a system within its bounds. */
export async function main(args: readonly string[], text: CommandText): Promise<ExitCode> {
  const command = commandLine(text)
    .argument("<name|file>", "a shipped system, a System file, or manifests")
    .addOption(new Option("-o, --output <form>").choices(["text", "json"]).default("text"))
    .option("--every-delivery", "counts the states between deliveries that must follow each other")
    .option("--properties <file>", "a module that exports properties, asked in every state")
    .option("--out <folder>", "where a violation is written for kubechart replay")
    .addOption(maxStates)
    .addOption(maxTime);
  for (const option of searchOptions) command.addOption(option);
  return act(command, args, () => run(command.args[0] ?? "", command.opts<ExploreCommand>()));
}

async function run(name: string, options: ExploreCommand): Promise<ExitCode> {
  const input = systemInput(name);
  if (typeof input === "number") return input;
  if (options.properties !== undefined) return checkProperties(input, options.properties, options);
  const { system } = input;
  const { exploration, coverage } = await exploreWithProgress(system, {
    ...options,
    states: options.everyDelivery === true ? "all" : "branching",
  });
  const report = coverageOf(exploration.machines, coverage, exploration);
  if (options.output === "json") {
    const { states, edges, depth, stoppedBy } = exploration;
    const boundsReached = Object.fromEntries(exploration.passed);
    console.log(
      JSON.stringify(
        { system: system.name, states, edges, depth, stoppedBy, boundsReached, ...report },
        null,
        2,
      ),
    );
  } else {
    const missing = report.missing.length === 0 ? [] : [missingText(report.missing)];
    const parts = [explorationText(system.name, exploration), coverageTable(report), ...missing];
    console.log(parts.join("\n\n"));
  }
  return exploration.stoppedBy === undefined ? 0 : 1;
}
