import { readFileSync } from "node:fs";

import { Lives, type Move } from "../explore/life.ts";
import { remadePath } from "../explore/path.ts";
import { type SuitePath, toldPath } from "../explore/suite.ts";
import type { ExploredSystem } from "../explore/system-file.ts";
import { parseMoves } from "../testgen/moves-text.ts";
import { readPathDocument } from "../testgen/path-document.ts";
import { pathText } from "../testgen/suite-text.ts";
import { act, commandLine } from "./arguments.ts";
import type { CommandText, ExitCode } from "./command.ts";
import { systemInput, systemOf } from "./system-input.ts";

/** `kubechart replay`: makes the moves of a Path file again, or those of the command line. */
export async function main(args: readonly string[], text: CommandText): Promise<ExitCode> {
  const command = commandLine(text)
    .argument("<file|name>", "a file of kind: Path; with --moves a system")
    .option("--moves <moves>", "makes these moves of the system, as a failing test prints them");
  return act(command, args, () => {
    const { moves } = command.opts<{ readonly moves?: string }>();
    const name = command.args[0] ?? "";
    return moves === undefined ? replay(name) : replayMoves(name, moves);
  });
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
  const path = lived(input.system, moves);
  if (path === undefined) return 1;
  console.log(`${document.shows}\n\n${pathText(path)}`);
  if (path.id === document.id) return 0;
  console.error(`kubechart: this is not the life ${document.id}: the charts have changed since`);
  return 1;
}

function replayMoves(name: string, text: string): ExitCode {
  const read = parseMoves(text);
  if ("mistake" in read) {
    console.error(`kubechart: --moves: ${read.mistake}`);
    return 2;
  }
  const input = systemInput(name);
  if (typeof input === "number") return input;
  const path = lived(input.system, read.moves);
  if (path === undefined) return 1;
  console.log(pathText(path));
  return 0;
}

/** Undefined, and told, when the moves are not those of this system as it is now. */
function lived(system: ExploredSystem, moves: readonly Move[]): SuitePath | undefined {
  const endedBy = "moves";
  try {
    return toldPath(remadePath(system, new Lives(system), { moves, endedBy }), []);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    console.error(
      `kubechart: these moves do not fit (${said}): the system or its charts have changed since`,
    );
    return undefined;
  }
}
