import { commands } from "../../src/cli/commands.ts";
import { block, generatedBy, page } from "./markdown.ts";

/** By the name of a command, and by nothing for all of them: what `--help` prints. */
export type Helps = ReadonlyMap<string, string>;

export const helpNames: readonly string[] = ["", ...commands.map(({ name }) => name)];

/** docs/cli.md: what each `--help` prints. */
export function cliPage(helps: Helps): string {
  const groups = [...new Set(commands.map(({ group }) => group))];
  return page(
    generatedBy("npm run docs"),
    "# The command line",
    "In a clone `node dist/cli/main.js` stands for `kubechart`.",
    block("text", `$ kubechart --help\n${helps.get("") ?? ""}`),
    ...groups.flatMap((group) => {
      const members = commands.filter((one) => one.group === group);
      return [
        `## ${group}`,
        ...members.flatMap(({ name, summary }) => [
          `### \`kubechart ${name}\``,
          summary,
          block("text", helps.get(name) ?? ""),
        ]),
      ];
    }),
  );
}
