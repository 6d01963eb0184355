import { commandsAToC } from "./commands-a-c.ts";
import { commandsDToZ } from "./commands-d-z.ts";

/** A command of kubectl and what it takes; spf13/cobra Command. */
export interface Command {
  /** The words after `kubectl`: `rollout undo`; empty for kubectl itself. */
  readonly path: string;
  readonly aliases: readonly string[];
  readonly suggestFor: readonly string[];
  /** In order of their names, with those that a command above has for all below. */
  readonly flags: readonly FlagForm[];
}

/** A flag of a command; spf13/pflag Flag. */
export interface FlagForm {
  readonly name: string;
  readonly letter: string;
  readonly type: FlagType;
  /** The value where nothing is said. */
  readonly usual: string;
  /** The value of a flag that stands alone; undefined where it needs one. */
  readonly alone: string | undefined;
  readonly isRequired: boolean;
}

export type FlagType = "string" | "bool" | "csv" | "list" | "time" | "map" | IntType;
export type IntType = "int" | "int32" | "int64";

/** The command of that path. */
export function commandOf(path: string): Command | undefined {
  return commands.get(path);
}

/** The command below another that a word calls. */
export function subcommandOf({ path }: Command, word: string): Command | undefined {
  return below(path).find(({ path: own, aliases }) => {
    return lastWord(own) === word || aliases.includes(word);
  });
}

export function hasSubcommands({ path }: Command): boolean {
  return below(path).length > 0;
}

/** `kubectl rollout undo` */
export function commandPath({ path }: Command): string {
  return path === "" ? "kubectl" : `kubectl ${path}`;
}

/** kubectl's commands in the order in which its root gets them; kubectl/pkg/cmd/cmd.go */
export function rootCommands(): readonly Command[] {
  return rootOrder.flatMap((name) => commands.get(name) ?? []);
}

const rootOrder: readonly string[] = (
  "create expose run set explain get edit delete rollout scale autoscale certificate " +
  "cluster-info top cordon uncordon drain taint describe logs attach exec port-forward proxy cp " +
  "auth debug events diff apply patch replace wait kustomize label annotate completion config " +
  "plugin version api-versions api-resources"
).split(" ");

function lastWord(path: string): string {
  return path.slice(path.lastIndexOf(" ") + 1);
}

function below(path: string): readonly Command[] {
  const prefix = path === "" ? "" : `${path} `;
  return [...commands.values()].filter(({ path: own }) => {
    const rest = own.slice(prefix.length);
    return own !== path && own.startsWith(prefix) && !rest.includes(" ");
  });
}

/** What many commands take; cli-runtime/pkg/genericclioptions, kubectl/pkg/cmd/util/helpers.go */
const groups: Readonly<Record<string, string>> = {
  "@print": "allow-missing-template-keys?=true output/o show-managed-fields? template",
  "@files": "filename/f:csv kustomize/k recursive/R?",
  "@dry": "dry-run~unchanged=none",
  "@valid": "validate~strict=strict",
};

const flagWord = /^([\w-]+)(?:\/(\w))?(\?|:\w+)?(?:~(\w+))?(?:=(.*?))?(!)?$/;

function flagOf(word: string): FlagForm {
  const [, name = "", letter = "", type = "", alone, usual, required] = flagWord.exec(word) ?? [];
  const isBool = type === "?";
  return {
    name,
    letter,
    type: types.find((one) => `:${one}` === type) ?? (isBool ? "bool" : "string"),
    usual: usual ?? (isBool ? "false" : ""),
    alone: alone ?? (isBool ? "true" : undefined),
    isRequired: required === "!",
  };
}

const types = ["csv", "list", "time", "map", "int", "int32", "int64"] as const;

function parsed(line: string): Command {
  const [names = "", ...words] = line.split(/\s+/);
  const [path = "", aliases = "", suggestFor = ""] = names.split("|");
  const own = words.flatMap((word) => groups[word]?.split(" ") ?? word);
  const flags = own.map(flagOf).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return {
    path: path === "." ? "" : path.replaceAll(".", " "),
    aliases: wordsIn(aliases),
    suggestFor: wordsIn(suggestFor),
    flags,
  };
}

function wordsIn(text: string): readonly string[] {
  return text === "" ? [] : text.split(",");
}

function withInherited(command: Command, all: readonly Command[]): Command {
  const own = new Set(command.flags.map(({ name }) => name));
  const above = all.filter(({ path }) => {
    return path !== command.path && (path === "" || command.path.startsWith(`${path} `));
  });
  const persistent = above.filter(({ path }) => path === "" || path === "config");
  const inherited = persistent.flatMap(({ flags }) => flags.filter(({ name }) => !own.has(name)));
  return { ...command, flags: [...command.flags, ...inherited] };
}

const bare = `${commandsAToC.trim()}\n${commandsDToZ.trim()}`.split(/\n(?! )/).map(parsed);

const commands: ReadonlyMap<string, Command> = new Map(
  bare.map((command) => [command.path, withInherited(command, bare)]),
);
