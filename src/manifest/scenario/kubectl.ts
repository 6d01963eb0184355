import { parseFieldSelector } from "../../../machines/api/field-selector.ts";
import { parseSelector } from "../../../machines/api/parse-selector.ts";
import { convertFieldSelector } from "../../../machines/apiserver/selectable-fields.ts";
import { didYouMean } from "../../yaml/nearest.ts";
import { type JsonValue, valueOf } from "../../yaml/node.ts";
import { readYaml } from "../../yaml/read.ts";
import { splitArgv } from "./argv.ts";
import { given } from "./form.ts";
import { type KubectlMistake, type KubectlWords, readFlags } from "./kubectl-flags.ts";
import { type KubectlVerb, kubectlVerbs, type VerbForm } from "./kubectl-verbs.ts";
import { kindOfResource, resourceWords } from "../../../machines/kubectl/resource-kinds.ts";

/** What somebody does with kubectl, in words that need no more parsing. */
export interface KubectlCommand {
  readonly verb: KubectlVerb;
  /** `undo` of `rollout undo`, `generic` of `create secret generic`. */
  readonly subcommand?: string;
  /** Empty where a file says what is meant. */
  readonly targets: readonly KubectlTarget[];
  /** `key=value` and `key-`, as label, annotate, taint and set have them. */
  readonly changes: readonly string[];
  readonly flags: KubectlWords["flags"];
  /** What follows `--`. */
  readonly command: readonly string[];
  /** The parsed text of `--patch`. */
  readonly patch?: JsonValue;
}

/** Objects of one kind; without names all of them, or those of `--selector`. */
export interface KubectlTarget {
  readonly kind: string;
  readonly names: readonly string[];
}

/** Reads a line as it would be typed after the word kubectl. */
export function parseKubectl(line: string): KubectlCommand | KubectlMistake {
  const argv = splitArgv(line);
  if ("expected" in argv) return argv;
  const [verb = "", ...rest] = argv.words;
  if (!isVerb(verb)) {
    const known = Object.keys(kubectlVerbs);
    const expected = `one of the verbs ${known.join(", ")}`;
    const hint = notYet[verb] ?? didYouMean(verb, known);
    return { expected, got: JSON.stringify(verb), hint };
  }
  const form: VerbForm = kubectlVerbs[verb];
  const words = readFlags(rest, form);
  if ("expected" in words) return words;
  const target = readTarget(verb, form, words);
  if ("expected" in target) return target;
  const patch = readPatch(words);
  if ("expected" in patch) return patch;
  const mistake = selectorMistake(form, words, target) ?? incomplete(form, words, target);
  return mistake ?? { verb, flags: words.flags, command: words.command ?? [], ...target, ...patch };
}

/** Verbs for whose objects nobody acts. */
const notYet: Readonly<Record<string, string>> = {
  autoscale: "no controller scales by load yet, so nothing would come of it",
};

/** The last value of a flag, which is the one that counts. */
export function flagOf({ flags }: Pick<KubectlCommand, "flags">, name: string): string | undefined {
  return flags[name]?.at(-1);
}

type Target = Pick<KubectlCommand, "subcommand" | "targets" | "changes">;

function isVerb(word: string): word is KubectlVerb {
  return Object.hasOwn(kubectlVerbs, word);
}

function readTarget(
  verb: KubectlVerb,
  { usage, takes, subcommands, hasChanges = false }: VerbForm,
  { positional, flags }: KubectlWords,
): Target | KubectlMistake {
  const [first, ...others] = positional;
  if (subcommands !== undefined) {
    const subcommand = subcommands.find((one) => one === first);
    if (subcommand === undefined) return { expected: usage, got: first ?? "nothing more" };
    const target = readObjects(others, hasChanges);
    return "expected" in target ? target : { ...target, subcommand };
  }
  if (takes === "file" || flags["filename"] !== undefined) {
    if (first !== undefined) return { expected: usage, got: `${first} beside the file` };
    return { targets: [], changes: [] };
  }
  if (takes === "pod" || takes === "node") return namesOf(positional, takes);
  const target = readObjects(positional, hasChanges);
  if (verb !== "create" || "expected" in target) return target;
  return secretTarget(target);
}

/** `create secret generic NAME` has its type where other kinds have a name. */
function secretTarget(target: Target): Target {
  const [first] = target.targets;
  if (first?.kind !== "Secret") return target;
  const [subcommand, ...names] = first.names;
  return given({ ...target, subcommand, targets: [{ kind: "Secret", names }] });
}

/** `TYPE NAME…` or `TYPE/NAME…`, and then the changes. */
function readObjects(words: readonly string[], hasChanges: boolean): Target | KubectlMistake {
  const split = hasChanges ? words.findIndex(isChange) : -1;
  const objects = split < 0 ? words : words.slice(0, split);
  const changes = split < 0 ? [] : words.slice(split);
  const stray = changes.find((word) => !isChange(word));
  if (stray !== undefined) return { expected: "a change as key=value or key-", got: stray };
  const [first = "", ...names] = objects;
  const pairs = first.includes("/") ? objects.map(pairOf) : [{ type: first, names }];
  const targets: KubectlTarget[] = [];
  for (const { type, names: own } of pairs) {
    const kind = kindOfResource(type);
    if (kind === undefined) return unknownType(type);
    const before = targets.at(-1);
    if (before?.kind === kind) targets.splice(-1, 1, { kind, names: [...before.names, ...own] });
    else targets.push({ kind, names: own });
  }
  return { targets, changes };
}

/** `{pod:app=web:0}` stands for a name that is not known beforehand. */
function isChange(word: string): boolean {
  return !word.startsWith("{") && (word.includes("=") || word.endsWith("-"));
}

interface Pair {
  readonly type: string;
  readonly names: readonly string[];
}

function pairOf(word: string): Pair {
  const slash = word.indexOf("/");
  return { type: word.slice(0, Math.max(slash, 0)), names: [word.slice(slash + 1)] };
}

function unknownType(word: string): KubectlMistake {
  const expected = "a kind as pod, deployment or sts";
  return { expected, got: JSON.stringify(word), hint: didYouMean(word, resourceWords()) };
}

function namesOf(words: readonly string[], type: "pod" | "node"): Target | KubectlMistake {
  const kind = type === "pod" ? "Pod" : "Node";
  const names: string[] = [];
  for (const word of words) {
    const { type: written, names: own } = pairOf(word);
    if (written !== "" && kindOfResource(written) !== kind) {
      return { expected: `the name of a ${type}`, got: word };
    }
    names.push(...own);
  }
  return { targets: [{ kind, names }], changes: [] };
}

function readPatch({ flags }: KubectlWords): { readonly patch?: JsonValue } | KubectlMistake {
  const text = flags["patch"]?.at(-1);
  if (text === undefined) return {};
  const { documents, issues } = readYaml(text, "patch");
  const [patch] = documents;
  const [issue] = issues;
  if (issue !== undefined) return { expected: `${issue.expected} as --patch`, got: issue.got };
  if (patch === undefined || patch.kind === "scalar") {
    return { expected: "a map or a list as --patch", got: JSON.stringify(text) };
  }
  return { patch: valueOf(patch) };
}

/** A selector must be one, and stands in the place of names. */
function selectorMistake(
  { usage }: VerbForm,
  { flags }: KubectlWords,
  { targets }: Target,
): KubectlMistake | undefined {
  const [name] = targets.flatMap(({ names }) => names);
  for (const [flag, { expected, error }] of Object.entries(selectorForms)) {
    const text = flags[flag]?.at(-1);
    if (text === undefined) continue;
    const hint = error(text, targets);
    if (hint !== undefined) return { expected, got: JSON.stringify(text), hint };
    if (name !== undefined) return { expected: usage, got: `${name} beside --${flag}` };
  }
  return undefined;
}

interface SelectorForm {
  readonly expected: string;
  readonly error: (text: string, targets: readonly KubectlTarget[]) => string | undefined;
}

const selectorForms: Readonly<Record<string, SelectorForm>> = {
  selector: {
    expected: "a label selector as app=web,tier!=front",
    error: (text) => errorOf(parseSelector(text)),
  },
  "field-selector": {
    expected: "a field selector as status.phase!=Running",
    error: (text, targets) => {
      const parsed = parseFieldSelector(text);
      if ("error" in parsed) return parsed.error;
      const errors = targets.map(({ kind }) => errorOf(convertFieldSelector(kind, parsed)));
      return errors.find((error) => error !== undefined);
    },
  },
};

function errorOf(parsed: object): string | undefined {
  return "error" in parsed ? String(parsed.error) : undefined;
}

/** What is missing, or is there and has no place. */
function incomplete(
  { usage, takes, needs = [], command: commandForm, hasChanges = false }: VerbForm,
  { flags, command }: KubectlWords,
  { targets, changes, subcommand }: Target,
): KubectlMistake | undefined {
  const missing = needs.find((name) => flags[name] === undefined);
  if (missing !== undefined) return { expected: usage, got: `no --${missing}` };
  if (command !== undefined && commandForm === undefined) {
    return { expected: usage, got: "-- and a command" };
  }
  if (commandForm === "needed" && (command ?? []).length === 0) {
    return { expected: usage, got: "no command" };
  }
  const names = targets.flatMap((target) => target.names);
  const isSelected = Object.keys(selectorForms).some((flag) => flags[flag] !== undefined);
  const isNamed = names.length > 0 || isSelected;
  const isWhole = flags["filename"] !== undefined || flags["all"] !== undefined;
  if (!isNamed && !isWhole && !usage.startsWith("get")) return { expected: usage, got: "no name" };
  if (names.length > 1 && takes === "pod") {
    return { expected: usage, got: names.join(" ") };
  }
  if (!hasChanges || changes.length > 0 || subcommand === "resources") return undefined;
  return { expected: usage, got: "no change" };
}
