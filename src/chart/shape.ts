import { didYouMean } from "../yaml/nearest.ts";
import { describeNode, entryOf, textOf, type YamlMap, type YamlNode } from "../yaml/node.ts";
import type { Finding } from "./finding.ts";
import type { FieldPath } from "./model.ts";

/** Every field that a chart must not have, that it lacks, or whose value is of the wrong kind. */
export function shapeFindings(root: YamlMap): readonly Finding[] {
  return [
    ...["events", "states"].flatMap((key) => {
      if (entryOf(root, key) !== undefined) return [];
      return [{ at: root, path: [key], expected: `the field ${key}`, got: "nothing" }];
    }),
    ...checkFields(root, [], chartFields),
  ];
}

type Check = (node: YamlNode, path: FieldPath) => readonly Finding[];

type Fields = Readonly<Record<string, Check>>;

/** Of every state; a test holds these fields against `machines/chart.schema.json`. */
export const stateFields: Fields = {
  description: text("a sentence"),
  source: oneOrMore(text("a source")),
  type: stateType,
  tags: oneOrMore(text("a tag")),
  meta: map("a map of fields"),
  initial: text("the key of a child state"),
  entry: oneOrMore(name),
  exit: oneOrMore(name),
  after: mapOf(transitions),
  always: transitions,
  on: mapOf(transitions),
  states: mapOf(fieldsOf("a state", () => stateFields)),
};

/** Of the root. */
export const chartFields: Fields = {
  id: text("the name of the machine"),
  events: listOf(text("the name of an event")),
  emits: listOf(text("the name of an event")),
  ...stateFields,
};

const minor = text('a Kubernetes minor in quotes, as "1.35"');

/** Of a transition that is more than its target. */
export const transitionFields: Fields = {
  description: text("a sentence"),
  source: oneOrMore(text("a source")),
  gate: text("the name of a feature gate"),
  since: minor,
  until: minor,
  guard: name,
  target: oneOrMore(text("a target")),
  reenter: flag,
  actions: oneOrMore(name),
  meta: map("a map of fields"),
};

const nameFields: Fields = { type: text("a name"), params: map("a map of constants") };

function checkFields(node: YamlMap, path: FieldPath, fields: Fields): readonly Finding[] {
  return node.entries.flatMap(({ key, keyAt, value }) => {
    const check = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (check !== undefined) return check(value, [...path, key]);
    const known = Object.keys(fields);
    const expected = `one of the fields ${known.join(", ")}`;
    const hint = didYouMean(key, known);
    return [{ at: keyAt, path: [...path, key], expected, got: JSON.stringify(key), hint }];
  });
}

function fieldsOf(kind: string, fields: () => Fields): Check {
  return (node, path) =>
    node.kind === "map" ? checkFields(node, path, fields()) : wrong(node, path, kind);
}

function mapOf(check: Check): Check {
  return (node, path) => {
    if (node.kind !== "map") return wrong(node, path, "a map");
    return node.entries.flatMap(({ key, value }) => check(value, [...path, key]));
  };
}

function map(expected: string): Check {
  return (node, path) => (node.kind === "map" ? [] : wrong(node, path, expected));
}

function listOf(check: Check): Check {
  return (node, path) => {
    if (node.kind !== "list") return wrong(node, path, "a list");
    return node.items.flatMap((item, index) => check(item, [...path, index]));
  };
}

function oneOrMore(check: Check): Check {
  return (node, path) => (node.kind === "list" ? listOf(check)(node, path) : check(node, path));
}

function transitions(node: YamlNode, path: FieldPath): readonly Finding[] {
  const expected = "a target, a transition, or a list of them";
  if (node.kind === "list" && node.items.length === 0) return wrong(node, path, expected, "none");
  return oneOrMore((branch, at) => {
    if (textOf(branch) !== undefined) return [];
    return fieldsOf(expected, () => transitionFields)(branch, at);
  })(node, path);
}

/** Of a guard or an action. */
function name(node: YamlNode, path: FieldPath): readonly Finding[] {
  if (textOf(node) !== undefined) return [];
  if (node.kind !== "map") return wrong(node, path, "a name, or { type: name, params: … }");
  const missing = entryOf(node, "type") === undefined;
  return [
    ...(missing ? wrong(node, [...path, "type"], "the field type, a name", "nothing") : []),
    ...checkFields(node, path, nameFields),
  ];
}

function text(expected: string): Check {
  return (node, path) => (textOf(node) ? [] : wrong(node, path, expected));
}

function flag(node: YamlNode, path: FieldPath): readonly Finding[] {
  const isFlag = node.kind === "scalar" && typeof node.value === "boolean";
  return isFlag ? [] : wrong(node, path, "true or false");
}

function stateType(node: YamlNode, path: FieldPath): readonly Finding[] {
  const type = textOf(node);
  if (type !== undefined && stateTypes.includes(type)) return [];
  const hint =
    type === "history"
      ? "charts have no history states: say with transitions where it goes on"
      : didYouMean(type ?? "", stateTypes);
  return [{ at: node, path, expected: oneOfTypes, got: describeNode(node), hint }];
}

const stateTypes = ["atomic", "compound", "parallel", "final"];
const oneOfTypes = `one of ${stateTypes.join(", ")}`;

function wrong(
  node: YamlNode,
  path: FieldPath,
  expected: string,
  got = describeNode(node),
): readonly Finding[] {
  return [{ at: node, path, expected, got }];
}
