import { catalogue } from "../../machines/index.ts";
import { act, commandLine } from "./arguments.ts";
import type { CommandText, ExitCode } from "./command.ts";

/** `kubechart machines`: the catalogue, one machine a line, its id first. */
export async function main(args: readonly string[], text: CommandText): Promise<ExitCode> {
  return act(commandLine(text), args, () => {
    for (const line of catalogueLines()) console.log(line);
    return 0;
  });
}

/** One machine a line, its id first. */
export function catalogueLines(): readonly string[] {
  const machines = Object.values(catalogue);
  const width = Math.max(0, ...machines.map(({ id }) => id.length));
  return machines.map(({ id, root }) => `${id.padEnd(width)}  ${root.description ?? ""}`.trimEnd());
}
