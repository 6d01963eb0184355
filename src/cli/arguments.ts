import { Command, CommanderError } from "commander";

import type { CommandText, ExitCode } from "./command.ts";

/** A commander command with its text; it throws instead of ending the process. */
export function commandLine({ name, summary, example }: CommandText): Command {
  return new Command(`kubechart ${name}`)
    .description(summary)
    .addHelpText("after", `\nExample:\n  $ ${example}`)
    .exitOverride();
}

/** Parses the words behind the command and acts; a wrong word has been told and exits 2. */
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
