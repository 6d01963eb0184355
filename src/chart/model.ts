import type { Position } from "../yaml/issue.ts";
import {
  entryOf,
  textOf,
  valueAt,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
} from "../yaml/node.ts";

/** Where a field stands in the chart: `["states", "idle", "on", "image.pulled", 0]`. */
export type FieldPath = readonly (string | number)[];

/** A word that names something, and where it is written. */
export interface Word {
  readonly text: string;
  readonly at: Position;
  readonly path: FieldPath;
}

export type StateType = "atomic" | "compound" | "parallel" | "final" | "history";

/** A state of a chart, which may have mistakes: what is no state or transition is left out. */
export interface ChartState {
  readonly key: string;
  /** The keys from the root, which is the state without any. */
  readonly names: readonly string[];
  readonly at: Position;
  readonly path: FieldPath;
  readonly type: StateType;
  readonly parent: ChartState | undefined;
  readonly children: readonly ChartState[];
  readonly initial: Word | undefined;
  readonly hasDescription: boolean;
  readonly sources: readonly Word[];
  /** Of `entry` and `exit`. */
  readonly actions: readonly Word[];
  readonly choices: readonly Choice[];
}

/** What may follow an event, a delay, or at once: the first branch that may be taken is. */
export interface Choice {
  readonly trigger: "on" | "after" | "always";
  /** The event or the delay; `always` otherwise. */
  readonly name: Word;
  readonly branches: readonly Branch[];
}

export interface Branch {
  readonly at: Position;
  readonly path: FieldPath;
  readonly targets: readonly Word[];
  /** With its params, so that two uses of one guard can be told apart. */
  readonly guard: Word | undefined;
  readonly actions: readonly Word[];
  readonly sources: readonly Word[];
  readonly gate: Word | undefined;
  readonly since: Word | undefined;
  readonly until: Word | undefined;
}

/** The states of a chart as a tree; the key of the root is the machine's id. */
export function chartStates(root: YamlMap): ChartState {
  const key = textOf(valueAt(root, "id")) ?? "";
  return readState({ key, keyAt: root, value: root }, undefined, []);
}

/** A state and everything inside it, in the order of the text. */
export function withDescendants(state: ChartState): readonly ChartState[] {
  return [state, ...state.children.flatMap(withDescendants)];
}

/** A state and everything around it, from the inside out. */
export function withAncestors(state: ChartState): readonly ChartState[] {
  return state.parent === undefined ? [state] : [state, ...withAncestors(state.parent)];
}

function readState(
  { key, keyAt, value: node }: YamlEntry,
  parent: ChartState | undefined,
  path: FieldPath,
): ChartState {
  const children: ChartState[] = [];
  const state: ChartState = {
    key,
    names: parent === undefined ? [] : [...parent.names, key],
    at: { line: keyAt.line, column: keyAt.column },
    path,
    type: typeOf(node),
    parent,
    children,
    initial: wordAt(node, "initial", path),
    hasDescription: entryOf(node, "description") !== undefined,
    sources: wordsAt(node, "source", path),
    actions: [...namesAt(node, "entry", path), ...namesAt(node, "exit", path)],
    choices: readChoices(node, path),
  };
  for (const child of entriesAt(node, "states")) {
    children.push(readState(child, state, [...path, "states", child.key]));
  }
  return state;
}

function typeOf(node: YamlNode): StateType {
  const type = textOf(valueAt(node, "type"));
  if (type === "parallel" || type === "final" || type === "history") return type;
  return entriesAt(node, "states").length > 0 ? "compound" : "atomic";
}

function readChoices(node: YamlNode, path: FieldPath): readonly Choice[] {
  const always = entryOf(node, "always");
  return [
    ...(always === undefined ? [] : [readChoice("always", always, path)]),
    ...entriesAt(node, "after").map((entry) => readChoice("after", entry, [...path, "after"])),
    ...entriesAt(node, "on").map((entry) => readChoice("on", entry, [...path, "on"])),
  ];
}

function readChoice(
  trigger: Choice["trigger"],
  { key, keyAt, value }: YamlEntry,
  around: FieldPath,
): Choice {
  const path = [...around, key];
  const name = { text: key, at: keyAt, path };
  const nodes = value.kind === "list" ? value.items : [value];
  const branches = nodes.flatMap((node, index) =>
    readBranch(node, value.kind === "list" ? [...path, index] : path),
  );
  return { trigger, name, branches };
}

function readBranch(node: YamlNode, path: FieldPath): readonly Branch[] {
  if (node.kind !== "map" && textOf(node) === undefined) return [];
  const target = node.kind === "map" ? valueAt(node, "target") : node;
  return [
    {
      at: { line: node.line, column: node.column },
      path,
      targets: words(target, node.kind === "map" ? [...path, "target"] : path),
      guard: namesAt(node, "guard", path)[0],
      actions: namesAt(node, "actions", path),
      sources: wordsAt(node, "source", path),
      gate: wordAt(node, "gate", path),
      since: wordAt(node, "since", path),
      until: wordAt(node, "until", path),
    },
  ];
}

/** Names of guards or actions: a word, `{ type: word }`, or a list of both. */
function namesAt(node: YamlNode, key: string, around: FieldPath): readonly Word[] {
  const value = valueAt(node, key);
  const path = [...around, key];
  if (value?.kind !== "list") return nameOf(value, path);
  return value.items.flatMap((item, index) => nameOf(item, [...path, index]));
}

function nameOf(node: YamlNode | undefined, path: FieldPath): readonly Word[] {
  return node?.kind === "map" ? words(valueAt(node, "type"), [...path, "type"]) : words(node, path);
}

function wordAt(node: YamlNode, key: string, around: FieldPath): Word | undefined {
  const value = valueAt(node, key);
  return value?.kind === "scalar" ? words(value, [...around, key])[0] : undefined;
}

function wordsAt(node: YamlNode, key: string, around: FieldPath): readonly Word[] {
  return words(valueAt(node, key), [...around, key]);
}

function words(node: YamlNode | undefined, path: FieldPath): readonly Word[] {
  if (node?.kind === "list") {
    return node.items.flatMap((item, index) => words(item, [...path, index]));
  }
  const text = textOf(node);
  if (node === undefined || text === undefined) return [];
  return [{ text, at: { line: node.line, column: node.column }, path }];
}

function entriesAt(node: YamlNode, key: string): readonly YamlEntry[] {
  const value = valueAt(node, key);
  return value?.kind === "map" ? value.entries : [];
}
