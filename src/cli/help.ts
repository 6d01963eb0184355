import { commands } from "./commands.ts";

/** What `kubechart --help` prints: the commands in groups, an example with each. */
export function helpText(): string {
  const groups = [...new Set(commands.map(({ group }) => group))];
  return [
    "Kubernetes' pod lifecycle and control plane as executable statecharts.",
    "",
    "Usage: kubechart <command> [options]",
    ...groups.flatMap((group) => ["", `${group}:`, ...linesOf(group)]),
    "",
    "Options:",
    "  -h, --help     this text; kubechart <command> --help tells more about one command",
    "  -V, --version  the version of kubechart and of the Kubernetes that it models",
    "",
    "Exit codes: 0 done, 1 the content is wrong or something was found, 2 the command is wrong.",
  ].join("\n");
}

function linesOf(group: string): readonly string[] {
  const members = commands.filter((command) => command.group === group);
  return members.flatMap(({ name, parameters, summary, example }) => [
    `  ${`${name} ${parameters}`.trim().padEnd(nameWidth)} ${summary}`,
    `  ${"".padEnd(nameWidth)} $ ${example}`,
  ]);
}

const nameWidth = Math.max(...commands.map((one) => `${one.name} ${one.parameters}`.length));
