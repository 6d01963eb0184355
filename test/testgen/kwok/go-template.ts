import { createHash } from "node:crypto";

import { formatTime } from "../../../machines/api/time.ts";

/** The part of Go's text/template, sprig and KWOK that Stages are written in; throws at all else. */
export function evaluated(template: string, data: unknown, nowMs: number): string {
  const variables = new Map<string, unknown>();
  return template.replace(/\{\{(.*?)\}\}/g, (_, text: string) => {
    const [, name, value] = /^\s*\$(\w+) := (.*)$/.exec(text) ?? [];
    if (name === undefined) return printed(new Reader(text, { data, nowMs, variables }).whole());
    variables.set(name, new Reader(value ?? "", { data, nowMs, variables }).whole());
    return "";
  });
}

interface Scope {
  readonly data: unknown;
  readonly nowMs: number;
  readonly variables: ReadonlyMap<string, unknown>;
}

function printed(value: unknown): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw new Error(`a template prints ${JSON.stringify(value)}`);
}

const token = /\s*("(?:[^"\\]|\\.)*"|\d+|\$\w+|(?:\.\w+)+|\w+|[()])/y;

class Reader {
  readonly #words: readonly string[];
  readonly #scope: Scope;
  #at = 0;

  constructor(text: string, scope: Scope) {
    this.#words = wordsOf(text);
    this.#scope = scope;
  }

  whole(): unknown {
    const value = this.#call();
    if (this.#at < this.#words.length) throw new Error(`${this.#words.join(" ")}: too much`);
    return value;
  }

  #call(): unknown {
    const first = this.#words[this.#at] ?? "";
    if (!/^[A-Za-z]/.test(first)) return this.#term();
    this.#at++;
    const args: unknown[] = [];
    while (this.#at < this.#words.length && this.#words[this.#at] !== ")") args.push(this.#term());
    const call = functions[first];
    if (call === undefined) throw new Error(`KWOK has no function ${first} here`);
    return call(args, this.#scope);
  }

  #term(): unknown {
    const word = this.#words[this.#at++] ?? "";
    if (word.startsWith('"')) return JSON.parse(word);
    if (/^\d/.test(word)) return Number(word);
    if (word.startsWith("$")) return this.#scope.variables.get(word.slice(1));
    if (word.startsWith(".")) return fieldOf(this.#scope.data, word);
    if (/^[A-Za-z]/.test(word)) return functions[word]?.([], this.#scope);
    if (word !== "(") throw new Error(`unexpected ${word}`);
    const value = this.#call();
    if (this.#words[this.#at++] !== ")") throw new Error("a parenthesis is not closed");
    const after = this.#words[this.#at] ?? "";
    if (!after.startsWith(".")) return value;
    this.#at++;
    return fieldOf(value, after);
  }
}

function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  token.lastIndex = 0;
  for (let end = 0; text.slice(end).trim() !== ""; end = token.lastIndex) {
    const [, word] = token.exec(text) ?? [];
    if (word === undefined) throw new Error(`${text}: what is ${text.slice(end)}?`);
    words.push(word);
  }
  return words;
}

/** As in Go, of what is not there nothing can be asked. */
function fieldOf(value: unknown, path: string): unknown {
  return path
    .slice(1)
    .split(".")
    .reduce((inner: unknown, key) => {
      if (typeof inner === "object" && inner !== null) return Reflect.get(inner, key);
      throw new Error(`${path}: nil has no ${key}`);
    }, value);
}

type Call = (args: readonly unknown[], scope: Scope) => unknown;

const functions: Readonly<Record<string, Call>> = {
  or: (args) => args.find((one) => one !== undefined && one !== "" && one !== 0) ?? args.at(-1),
  index: ([list, at]) => {
    const found = Array.isArray(list) ? list[Number(at)] : undefined;
    if (found === undefined) throw new Error(`index ${String(at)} out of range`);
    return found;
  },
  print: (args) => args.map(printed).join(""),
  now: (_, { nowMs }) => nowMs,
  dateModify: ([by, time]) => {
    const [, sign, seconds] = /^([+-])(\d+)s$/.exec(String(by)) ?? [];
    if (seconds === undefined) throw new Error(`no duration: ${String(by)}`);
    return Number(time) + (sign === "-" ? -1_000 : 1_000) * Number(seconds);
  },
  dateInZone: ([layout, time, zone]) => {
    if (layout !== "2006-01-02T15:04:05Z07:00" || zone !== "UTC") throw new Error("another time");
    return formatTime(Number(time));
  },
  regexReplaceAll: ([pattern, text, by]) =>
    String(text).replace(new RegExp(String(pattern), "g"), String(by)),
  sha256sum: ([text]) => createHash("sha256").update(String(text)).digest("hex"),
  NodeIPWith: () => "192.168.0.2",
  PodIPWith: () => "10.88.0.1",
};
