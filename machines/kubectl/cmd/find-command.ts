import {
  commandPath,
  type Command,
  commandOf,
  hasSubcommands,
  rootCommands,
  subcommandOf,
} from "./command-tree.ts";

/** Which command a line means, and what of it is left; spf13/cobra Command.Find. */
export function findCommand(
  words: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } | { readonly error: string } {
  let command = commandOf("");
  let rest = words;
  for (;;) {
    if (command === undefined) return { error: "kubectl has no commands" };
    const [next] = withoutFlags(rest, command);
    const below = next === undefined ? undefined : subcommandOf(command, next);
    if (next === undefined || below === undefined) break;
    rest = withoutFirst(rest, next, command);
    command = below;
  }
  const [stray] = withoutFlags(rest, command);
  if (command.path !== "" || stray === undefined || !hasSubcommands(command)) {
    return { command, rest };
  }
  const unknown = `unknown command ${JSON.stringify(stray)} for "${commandPath(command)}"`;
  return { error: unknown + suggestionsFor(stray) };
}

/** Commands that may have been meant; Command.findSuggestions. */
function suggestionsFor(word: string): string {
  const small = word.toLowerCase();
  const found = rootCommands().flatMap(({ path, suggestFor }) => {
    const isNear = levenshtein(small, path) <= 2 || path.startsWith(small);
    const isMeant = suggestFor.some((one) => one.toLowerCase() === small);
    return [...(isNear ? [path] : []), ...(isMeant ? [path] : [])];
  });
  if (found.length === 0) return "";
  return `\n\nDid you mean this?\n${found.map((one) => `\t${one}\n`).join("")}`;
}

/** Letters to insert, leave out or replace. */
function levenshtein(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1];
    for (const [column, against] of [...other].entries()) {
      const isSame = letter === against;
      const swap = (row[column] ?? 0) + (isSame ? 0 : 1);
      next.push(Math.min((row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1, swap));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Whether a flag has its value in the next word. */
function takesNext(word: string, { flags }: Command): boolean {
  if (!word.startsWith("-") || word.includes("=")) return false;
  if (word.startsWith("--")) {
    return flags.find(({ name }) => name === word.slice(2))?.alone === undefined;
  }
  if (word.length !== 2) return false;
  return flags.find(({ letter }) => letter === word[1])?.alone === undefined;
}

function withoutFlags(words: readonly string[], command: Command): readonly string[] {
  const names: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") break;
    if (takesNext(word, command)) at += 1;
    else if (word !== "" && !word.startsWith("-")) names.push(word);
  }
  return names;
}

/** The words without the one that named a command. */
function withoutFirst(words: readonly string[], name: string, command: Command): readonly string[] {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") break;
    if (takesNext(word, command)) at += 1;
    else if (word === name) return words.toSpliced(at, 1);
  }
  return words;
}
