import { parseDuration } from "../../../machines/api/go-duration.ts";
import { didYouMean } from "../../yaml/nearest.ts";
import { shortFlags, type VerbForm } from "./kubectl-verbs.ts";

/** A command line after its verb, taken apart. */
export interface KubectlWords {
  readonly positional: readonly string[];
  /** By long name without dashes, all the values that it was given; a switch has `true`. */
  readonly flags: Readonly<Record<string, readonly string[]>>;
  /** What follows `--`; undefined without it. */
  readonly command: readonly string[] | undefined;
}

/** Why a line is no command that a step can have. */
export interface KubectlMistake {
  readonly expected: string;
  readonly got: string;
  readonly hint?: string | undefined;
}

/** Tells flags from names by what the verb knows: `--wait false` is one and a name. */
export function readFlags(words: readonly string[], form: VerbForm): KubectlWords | KubectlMistake {
  const end = words.indexOf("--");
  const command = end < 0 ? undefined : words.slice(end + 1);
  const before = end < 0 ? words : words.slice(0, end);
  const positional: string[] = [];
  const flags: Record<string, string[]> = {};
  for (let at = 0; at < before.length; at++) {
    const word = before[at] ?? "";
    if (!/^-./.test(word)) {
      positional.push(word);
      continue;
    }
    const { name, value, mistake } = readFlag(word, before[at + 1], form);
    if (mistake !== undefined) return mistake;
    if (value.isNext) at += 1;
    (flags[name] ??= []).push(value.text);
  }
  return { positional, flags, command };
}

interface Flag {
  readonly name: string;
  readonly value: { readonly text: string; readonly isNext: boolean };
  readonly mistake?: KubectlMistake;
}

function readFlag(word: string, next: string | undefined, form: VerbForm): Flag {
  const match = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? /^-(\w)(?:=?([\s\S]+))?$/.exec(word);
  const written = match?.[1] ?? word;
  const name = word.startsWith("--") ? written : (shortFlags[written] ?? written);
  const isSwitch = form.switches.includes(name);
  const isNext = match?.[2] === undefined && !isSwitch;
  const value = { text: match?.[2] ?? (isSwitch ? "true" : (next ?? "")), isNext };
  const mistake = mistakeOf(
    name,
    word,
    isNext && next === undefined ? undefined : value.text,
    form,
  );
  return mistake === undefined ? { name, value } : { name, value, mistake };
}

function mistakeOf(
  name: string,
  word: string,
  value: string | undefined,
  { values, switches }: VerbForm,
): KubectlMistake | undefined {
  const known = [...values, ...switches, "namespace"];
  if (!known.includes(name)) {
    const list = known.map((one) => `--${one}`);
    return {
      expected: `one of the flags ${list.join(", ")}`,
      got: word,
      hint: nearFlag(word, list),
    };
  }
  if (value === undefined) return { expected: `a value for --${name}`, got: "nothing" };
  const expected = switches.includes(name) ? "true or false" : valueForms[name]?.expected;
  const isRight = switches.includes(name) ? isBoolean : valueForms[name]?.isRight;
  if (expected === undefined || isRight === undefined || isRight(value)) return undefined;
  return { expected: `${expected} as --${name}`, got: JSON.stringify(value) };
}

function nearFlag(word: string, known: readonly string[]): string | undefined {
  return didYouMean(word.replace(/=[\s\S]*$/, ""), known);
}

interface ValueForm {
  readonly expected: string;
  readonly isRight: (value: string) => boolean;
}

const integer: ValueForm = {
  expected: "a whole number",
  isRight: (value) => /^-?\d+$/.test(value),
};

const valueForms: Readonly<Record<string, ValueForm>> = {
  "grace-period": integer,
  replicas: integer,
  "current-replicas": integer,
  "to-revision": integer,
  revision: integer,
  timeout: {
    expected: 'a duration as "30s"',
    isRight: (value) => parseDuration(value) !== undefined,
  },
  type: oneOf("strategic", "merge", "json"),
  cascade: oneOf("background", "orphan", "foreground"),
  subresource: oneOf("status", "resize"),
};

function oneOf(...words: readonly string[]): ValueForm {
  return { expected: `one of ${words.join(", ")}`, isRight: (value) => words.includes(value) };
}

function isBoolean(value: string): boolean {
  return value === "true" || value === "false";
}
