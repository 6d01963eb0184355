import { act, commandLine } from "./arguments.ts";
import type { ExitCode } from "./shell.ts";

/** `kubechart diagram <machine|chart.yaml>`. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  return act(commandLine("diagram"), args, () => 0);
}
