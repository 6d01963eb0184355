import { Command, CommanderError } from "commander";

import { commands } from "./commands.ts";
import type { ExitCode } from "./shell.ts";

/** A commander command that knows its help from the table of commands. */
export function commandLine(name: string): Command {
  const { summary = "", example = "" } = commands.find((command) => command.name === name) ?? {};
  return new Command(`kubechart ${name}`)
    .description(summary)
    .addHelpText("after", `\nExample:\n  $ ${example}`)
    .exitOverride();
}

/** Parses the words behind the command and acts; a wrong word has been told on stderr and exits 2. */
export async function act(
  command: Command,
  args: readonly string[],
  action: () => Promise<ExitCode> | ExitCode,
): Promise<ExitCode> {
  try {
    command.parse(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  return action();
}
