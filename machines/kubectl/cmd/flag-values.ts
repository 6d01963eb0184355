import { readDuration } from "../../api/go-duration-error.ts";
import { quote } from "../../api/quote.ts";
import type { FlagType } from "./command-tree.ts";

/** Why a flag of a type cannot have a value, in Go's words; undefined where it can. */
export function valueMistake(type: FlagType, text: string): string | undefined {
  switch (type) {
    case "bool":
      return bools.has(text) ? undefined : syntaxError("ParseBool", text);
    case "int":
    case "int64":
      return intMistake(text, 2n ** 63n);
    case "int32":
      return intMistake(text, 2n ** 31n);
    case "time": {
      const read = readDuration(text);
      return typeof read === "number" ? undefined : read.error;
    }
    case "map":
      return pairsOf(text).find((pair) => !pair.includes("=")) === undefined
        ? undefined
        : `${pairsOf(text).find((pair) => !pair.includes("="))} must be formatted as key=value`;
    case "csv":
    case "list":
    case "string":
      return undefined;
  }
}

/** strconv.ParseInt's and ParseUint's words. */
export function syntaxError(name: string, text: string): string {
  return `strconv.${name}: parsing ${quote(text)}: invalid syntax`;
}

export function rangeError(name: string, text: string): string {
  return `strconv.${name}: parsing ${quote(text)}: value out of range`;
}

/** What a switch says; strconv.ParseBool. */
export function isTrue(text: string): boolean {
  return bools.get(text) === true;
}

const bools: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "T", "TRUE", "true", "True"].map((word) => [word, true] as const),
  ...["0", "f", "F", "FALSE", "false", "False"].map((word) => [word, false] as const),
]);

/** The parts of a list in one text; encoding/csv. */
export function csvParts(text: string): readonly string[] {
  if (text === "") return [];
  const parts = [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
  return parts.map(([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain);
}

function pairsOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(",");
}

const number = /^[+-]?(0[xX][\da-fA-F](?:_?[\da-fA-F])*|0[bB][01]+|0[oO]?[0-7]*|[1-9]\d*)$/;

/** Base 0: what a number begins with says in which base it is. */
function intMistake(text: string, limit: bigint): string | undefined {
  const match = number.exec(text);
  if (match === null) return syntaxError("ParseInt", text);
  const digits = (match[1] ?? "").replaceAll("_", "").replace(/^0(?=[0-7])/, "0o");
  const value = text.startsWith("-") ? -BigInt(digits) : BigInt(digits);
  return value >= limit || value < -limit ? rangeError("ParseInt", text) : undefined;
}
