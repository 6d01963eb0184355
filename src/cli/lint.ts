import { readFileSync } from "node:fs";

import { lintChart } from "../chart/lint.ts";
import { formatIssue } from "../yaml/issue.ts";
import { act, commandLine } from "./arguments.ts";
import { chartFiles } from "./chart-files.ts";
import type { CommandText, ExitCode } from "./command.ts";
import { loadImplementation } from "./implementation.ts";

/** `kubechart lint <file…>`: every mistake, one a line; only a count when there is none. */
export async function main(args: readonly string[], text: CommandText): Promise<ExitCode> {
  const command = commandLine(text)
    .argument("<file...>", "charts, or folders of charts")
    .option("--implementation <file>", "the built machine, if not <noun>.machine.js");
  return act(command, args, () => {
    const { implementation } = command.opts<{ implementation?: string }>();
    return lint(chartFiles(command.args), implementation);
  });
}

async function lint(files: readonly string[], given: string | undefined): Promise<ExitCode> {
  let found = 0;
  for (const file of files) {
    const implementation = await loadImplementation(file, given);
    const issues = lintChart(readFileSync(file, "utf8"), file, implementation.names);
    found += issues.length;
    for (const issue of issues) console.log(formatIssue(issue));
    if (implementation.names === undefined) {
      console.log(`${file}: names were not checked, because ${implementation.missing}`);
    }
  }
  console.log(`${count(files.length, "chart")}, ${count(found, "mistake")}`);
  return found === 0 ? 0 : 1;
}

function count(number: number, noun: string): string {
  return `${number === 0 ? "no" : number} ${noun}${number === 1 ? "" : "s"}`;
}
