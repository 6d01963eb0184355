import type { ExitCode } from "./command.ts";
import { commands } from "./commands.ts";

/** Runs one command line; nothing but the asked command is loaded, so that `--help` is quick. */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  const [word, ...rest] = args;
  if (word === undefined || word === "--help" || word === "-h" || word === "help") {
    const { helpText } = await import("./help.ts");
    const print = word === undefined ? console.error : console.log;
    print(helpText());
    return word === undefined ? 2 : 0;
  }
  if (word === "--version" || word === "-V") {
    const { versionText } = await import("./version.ts");
    console.log(versionText());
    return 0;
  }
  const command = commands.find(({ name }) => name === word);
  if (command === undefined) return unknownCommand(word);
  const { main } = await command.load();
  return main(rest, command).catch(exitCodeOf);
}

async function unknownCommand(word: string): Promise<ExitCode> {
  const { didYouMean } = await import("../yaml/nearest.ts");
  const kind = word.startsWith("-") ? "option" : "command";
  const near = didYouMean(
    word,
    commands.map(({ name }) => name),
  );
  console.error(`kubechart: unknown ${kind} ${word}; ${near ?? "see kubechart --help"}`);
  return 2;
}

/** What the caller can mend is a sentence; all else is our bug and shows where it comes from. */
function exitCodeOf(error: unknown): ExitCode {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (error instanceof Error && namedErrors.has(error.name)) {
    console.error(`kubechart: ${error.message}`);
    return 2;
  }
  if (error instanceof Error && error.name === "RerunError") {
    console.error(error.message);
    return 1;
  }
  const path = error instanceof Error && "path" in error ? String(error.path) : "";
  if (code === "ENOENT") console.error(`kubechart: no such file: ${path}`);
  else if (code === "EISDIR" || code === "EACCES") console.error(`kubechart: cannot read ${path}`);
  else if (code === "EEXIST" || code === "ENOTDIR") console.error(`kubechart: no folder: ${path}`);
  else throw error;
  return 2;
}

/** Their sentences say what the caller can do. */
const namedErrors = new Set([
  "MissingPackageError",
  "NoFontError",
  "NoLifeError",
  "SuiteError",
  "TooLargeError",
  "UnknownStateError",
  "UnwritableError",
]);
