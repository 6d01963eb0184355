import { InvalidArgumentError, Option } from "commander";

import type { CoverWord } from "../explore/coverable.ts";
import { coverageOf } from "../explore/coverage.ts";
import { type Goal, isReached, parseGoal } from "../explore/goal.ts";
import { Lives } from "../explore/life.ts";
import { StepSearch } from "../explore/local-steps.ts";
import { lived } from "../explore/memo/lived.ts";
import { remadePath } from "../explore/path.ts";
import { PairSearch } from "../explore/pairs.ts";
import { bestOf, coveredBy, pairSuiteOf, stepSuiteOf, type Suite } from "../explore/suite.ts";
import { suiteOf, toldPath } from "../explore/suite.ts";
import type { ExploredSystem } from "../explore/system-file.ts";
import { pathText } from "../testgen/suite-text.ts";
import { act, commandLine } from "./arguments.ts";
import type { CommandText, ExitCode } from "./command.ts";
import { exploreWithProgress, type ExploringOptions, searchOptions } from "./exploring.ts";
import { maxStates, maxTime, positive } from "./limits.ts";
import { type PathForm, pathForms, printPaths } from "./path-forms.ts";
import { type SystemInput, systemInput } from "./system-input.ts";

const coverWords = ["transitions", "states", "pairs", "steps"] as const;

interface PathsCommand extends ExploringOptions {
  readonly output: PathForm;
  readonly out?: string;
  readonly cover: CoverWord | "pairs" | "steps";
  readonly maxPaths?: number;
  readonly require?: "all";
  readonly reach?: Goal;
}

/** `kubechart paths`: few paths that take every branch which a system can take. */
export async function main(args: readonly string[], text: CommandText): Promise<ExitCode> {
  const forms = Object.keys(pathForms);
  const command = commandLine(text)
    .argument("<name|file>", "a shipped system, a System file, or manifests")
    .addOption(new Option("-o, --output <form>").choices(forms).default("text"))
    .addOption(
      new Option("--cover <what>", "what of every chart the paths take")
        .choices(coverWords)
        .default("transitions"),
    )
    .option("--out <folder>", "writes a file there instead of printing")
    .option(
      "--max-paths <number>",
      "the best so many, and what is lost without the others",
      positive,
    )
    .option("--reach <goal>", "only the shortest path to it, such as 'app: OOMKilled'", goal)
    .addOption(new Option("--require <what>", "exits 1 when a branch is missing").choices(["all"]))
    .addOption(maxStates)
    .addOption(maxTime);
  for (const option of searchOptions) command.addOption(option);
  return act(command, args, () => run(command.args[0] ?? "", command.opts<PathsCommand>()));
}

async function run(name: string, options: PathsCommand): Promise<ExitCode> {
  const input = systemInput(name);
  if (typeof input === "number") return input;
  const { system } = input;
  if (options.symmetry === true && (options.reach !== undefined || options.cover === "pairs")) {
    console.error("kubechart: --symmetry: --reach and --cover pairs ask which of equal ones it is");
    return 2;
  }
  if (options.reach !== undefined) return reach(input, options.reach, options);
  const whole = await wholeSuite(system, options);
  const { suite, lost } = bestOf(whole, options.maxPaths);
  await printPaths(system.name, { ...suite, file: input.source.file }, options);
  if (lost.length > 0) {
    const [left, all] = [suite.paths.length, whole.paths.length];
    console.error(`${left} of ${all} paths; without the others nobody takes`);
    for (const branch of lost) console.error(`  ${branch}`);
  }
  const isIncomplete = options.require === "all" && suite.coverage.missing.length > 0;
  return suite.exploration.stoppedBy !== undefined || isIncomplete ? 1 : 0;
}

/** Of one path nobody can say which pairs or steps are missing. */
function coverWord({ cover }: PathsCommand): CoverWord {
  return cover === "states" ? cover : "transitions";
}

async function wholeSuite(system: ExploredSystem, options: PathsCommand): Promise<Suite> {
  const { cover } = options;
  const pairs = cover === "pairs" ? new PairSearch() : undefined;
  const steps = cover === "steps" ? new StepSearch() : undefined;
  const hearing = { ...options, pairs, steps };
  const { exploration, coverage } = await exploreWithProgress(system, hearing);
  if (pairs !== undefined) return pairSuiteOf(system, exploration, pairs);
  if (steps !== undefined) return stepSuiteOf(system, exploration, steps);
  return suiteOf(system, exploration, coverage, coverWord(options));
}

/** Breadth first, and with every delivery counted, the first such state is the nearest one. */
async function reach(
  { system, source: { file } }: SystemInput,
  wanted: Goal,
  options: PathsCommand,
): Promise<ExitCode> {
  const { exploration, coverage, found } = await exploreWithProgress(system, {
    ...options,
    states: "all",
    isSought: (seen) => isReached(seen, wanted),
  });
  if (found === undefined) {
    const end = exploration.stoppedBy ?? "all states within the bounds were seen";
    console.error(`kubechart: nothing leads to ${wanted.name}: ${wanted.reason}; ${end}`);
    return 1;
  }
  const lives = new Lives(system);
  const { walk } = exploration;
  const life = lived(walk, exploration.movesTo(found), system.bounds.horizonMs, "all");
  const path = toldPath(
    remadePath(system, lives, life),
    coveredBy(life, exploration, coverWord(options)),
  );
  const report = coverageOf(exploration.machines, coverage, exploration, coverWord(options));
  if (options.output === "text" && options.out === undefined) {
    console.log(pathText(path, report));
    return 0;
  }
  await printPaths(system.name, { exploration, coverage: report, paths: [path], file }, options);
  return 0;
}

function goal(text: string): Goal {
  const parsed = parseGoal(text);
  if (parsed !== undefined) return parsed;
  throw new InvalidArgumentError("It is a pod or container and a reason, as 'app: OOMKilled'.");
}
