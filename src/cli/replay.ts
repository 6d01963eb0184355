import { readFileSync } from "node:fs";

import { Lives } from "../explore/life.ts";
import { remadePath } from "../explore/path.ts";
import { toldPath } from "../explore/suite.ts";
import { readPathDocument } from "../testgen/path-document.ts";
import { pathText } from "../testgen/suite-text.ts";
import { act, commandLine } from "./arguments.ts";
import type { CommandText, ExitCode } from "./command.ts";
import { systemOf } from "./system-input.ts";

/** `kubechart replay`: makes the moves of a Path file again. */
export async function main(args: readonly string[], text: CommandText): Promise<ExitCode> {
  const command = commandLine(text).argument("<file>", "a file of kind: Path");
  return act(command, args, () => replay(command.args[0] ?? ""));
}

function replay(file: string): ExitCode {
  const read = readPathDocument(readFileSync(file, "utf8"));
  if ("mistake" in read) {
    console.error(`${file}: ${read.mistake}`);
    return 1;
  }
  const { document, moves } = read;
  const input = systemOf(document.system);
  if (typeof input === "number") return input;
  const { system } = input;
  const endedBy = "state that was looked for";
  const path = toldPath(remadePath(system, new Lives(system), { moves, endedBy }), []);
  console.log(`${document.shows}\n\n${pathText(path)}`);
  if (path.id === document.id) return 0;
  console.error(`kubechart: this is not the life ${document.id}: the charts have changed since`);
  return 1;
}
