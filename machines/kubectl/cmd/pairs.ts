import { isValidLabelValue } from "../../api/names.ts";
import { quote } from "../../api/quote.ts";
import { failed, type Failure } from "./failure.ts";

/** Words before the changes, and the changes. */
export interface Pairs {
  readonly resources: readonly string[];
  readonly changes: readonly string[];
}

/** kubectl/pkg/cmd/util/helpers.go GetResourcesAndPairs */
export function resourcesAndPairs(args: readonly string[], type: string): Pairs | Failure {
  const first = args.findIndex(isPair);
  if (first < 0) return { resources: args, changes: [] };
  const stray = args.slice(first).find((word) => !isPair(word));
  if (stray !== undefined) {
    return failed(`all resources must be specified before ${type} changes: ${stray}`);
  }
  return { resources: args.slice(0, first), changes: args.slice(first) };
}

export interface Changes {
  readonly set: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
}

/** kubectl/pkg/cmd/label/label.go parseLabels */
export function parseLabels(words: readonly string[]): Changes | Failure {
  const set = new Map<string, string>();
  const removed: string[] = [];
  for (const word of words) {
    if (!word.includes("=")) {
      removed.push(word.slice(0, -1));
      continue;
    }
    const [key = "", value = "", ...more] = word.split("=");
    if (more.length > 0) return failed(`invalid label spec: ${word}`);
    const errors = isValidLabelValue(value);
    if (errors.length > 0) {
      return failed(`invalid label value: ${quote(word)}: ${errors.join(";")}`);
    }
    set.set(key, value);
  }
  return removed.some((key) => set.has(key))
    ? failed("can not both modify and remove a label in the same command")
    : { set, removed };
}

/** kubectl/pkg/cmd/util/helpers.go ParsePairs */
export function parsePairs(words: readonly string[]): Changes {
  const set = new Map<string, string>();
  const removed: string[] = [];
  for (const word of words) {
    const at = word.indexOf("=");
    if (at > 0) set.set(word.slice(0, at), word.slice(at + 1));
    else removed.push(word.slice(0, -1));
  }
  return { set, removed };
}

/** kubectl/pkg/cmd/annotate/annotate.go */
export function parseAnnotations(words: readonly string[]): Changes | Failure {
  const changes = parsePairs(words);
  const both = changes.removed.filter((key) => changes.set.has(key));
  return both.length === 0
    ? changes
    : failed(
        `can not both modify and remove the following annotation(s) in the same command: ${both.join(", ")}`,
      );
}

function isPair(word: string): boolean {
  return /^[^=].*=|.-$/s.test(word);
}
