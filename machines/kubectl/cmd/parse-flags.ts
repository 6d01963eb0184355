import { quote } from "../../api/quote.ts";
import type { Command, FlagForm } from "./command-tree.ts";
import { valueMistake } from "./flag-values.ts";

/** A command line after its command, taken apart; spf13/pflag FlagSet. */
export interface ParsedFlags {
  readonly args: readonly string[];
  /** How many of the words stand before `--`; undefined without it. */
  readonly dash: number | undefined;
  /** By long name, every value that was given. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** What is told of flags that will be gone. */
  readonly warnings: readonly string[];
}

/** Or the first mistake, in pflag's words. */
export function parseFlags(
  { flags }: Command,
  words: readonly string[],
): ParsedFlags | { readonly error: string } {
  const set = new FlagSet(flags);
  let rest = words;
  while (rest.length > 0) {
    const [word = "", ...others] = rest;
    if (word === "--") {
      set.dash = set.args.length;
      set.args.push(...others);
      break;
    }
    if (!/^-./.test(word)) {
      set.args.push(word);
      rest = others;
      continue;
    }
    const left = word.startsWith("--") ? set.long(word, others) : set.short(word, others);
    if ("error" in left) return left;
    rest = left.words;
  }
  return set;
}

interface Left {
  readonly words: readonly string[];
}

/** The flags that have been read so far. */
class FlagSet implements ParsedFlags {
  readonly args: string[] = [];
  readonly values = new Map<string, readonly string[]>();
  readonly warnings: string[] = [];
  dash: number | undefined = undefined;
  readonly #flags: readonly FlagForm[];

  constructor(flags: readonly FlagForm[]) {
    this.#flags = flags;
  }

  long(word: string, others: readonly string[]): Left | { readonly error: string } {
    const match = /^--([^-=][^=]*)(?:=([\s\S]*))?$/.exec(word);
    if (match === null) return { error: `bad flag syntax: ${word}` };
    const [, name = "", value] = match;
    const flag = this.#flags.find((one) => one.name === name.replaceAll("_", "-"));
    if (flag === undefined) return { error: `unknown flag: --${name}` };
    if (value !== undefined) return this.#set(flag, value, others);
    if (flag.alone !== undefined) return this.#set(flag, flag.alone, others);
    const [next, ...rest] = others;
    if (next === undefined) return { error: `flag needs an argument: --${name}` };
    return this.#set(flag, next, rest);
  }

  /** Letters may stand together, as in `-it`. */
  short(word: string, others: readonly string[]): Left | { readonly error: string } {
    for (let letters = word.slice(1); letters !== ""; letters = letters.slice(1)) {
      const flag = this.#flags.find(({ letter }) => letter !== "" && letter === letters[0]);
      const first = letters[0] ?? "";
      if (flag === undefined) {
        return { error: `unknown shorthand flag: '${first}' in -${letters}` };
      }
      if (/^.=./s.test(letters)) return this.#set(flag, letters.slice(2), others);
      if (flag.alone === undefined) {
        if (letters.length > 1) return this.#set(flag, letters.slice(1), others);
        const [next, ...rest] = others;
        if (next === undefined) return { error: `flag needs an argument: '${first}' in -${first}` };
        return this.#set(flag, next, rest);
      }
      const left = this.#set(flag, flag.alone, others);
      if ("error" in left) return left;
    }
    return { words: others };
  }

  #set(flag: FlagForm, text: string, words: readonly string[]): Left | { readonly error: string } {
    const { name, letter, type } = flag;
    const mistake = valueMistake(type, text);
    if (mistake !== undefined) {
      const told = letter === "" ? `--${name}` : `-${letter}, --${name}`;
      return { error: `invalid argument ${quote(text)} for "${told}" flag: ${mistake}` };
    }
    const deprecated = deprecatedFlags[name];
    if (deprecated !== undefined) {
      this.warnings.push(`Flag --${name} has been deprecated, ${deprecated}`);
    }
    this.values.set(name, [...(this.values.get(name) ?? []), text]);
    return { words };
  }
}

const deprecatedFlags: Readonly<Record<string, string>> = {
  record: "--record will be removed in the future",
  "cpu-percent":
    "Use --cpu with percentage or resource quantity format " +
    "(e.g., '70%' for utilization or '500m' for milliCPU).",
};
