import { didYouMean } from "../../yaml/nearest.ts";
import { describeNode, entryOf, type YamlMap, type YamlNode } from "../../yaml/node.ts";
import type { Credential } from "../../../machines/apiserver/user-info.ts";
import type { JsonObject } from "../structure.ts";
import { type Fault, faultForms } from "./faults.ts";
import { userForm } from "./user-form.ts";
import { field, type Form, inside, needed, type Place, record, scalar, wrong } from "./form.ts";
import { type KubectlCommand, parseKubectl } from "./kubectl.ts";

/** What a user or a fault does, and when. */
export type ScenarioStep = Timed & (KubectlStep | Fault);

export interface Timed {
  readonly line: number;
  /** Virtual time; below 0 is before the manifests are created. */
  readonly atMs: number;
}

export interface KubectlStep {
  readonly do: "kubectl";
  /** As it is written. */
  readonly text: string;
  readonly command: KubectlCommand;
  /** Who types it; whoever set the cluster up unless somebody is named. */
  readonly user?: Credential;
}

/** A step is a time and either a line of kubectl or a word of what is done. */
export const stepForm: Form<ScenarioStep> = {
  get schema() {
    const faults = Object.entries(faultForms).map(([word, { meaning, form }]) =>
      timedSchema(form.schema, { do: { description: meaning, const: word } }),
    );
    return { anyOf: [timedSchema(kubectlForm.schema, {}), ...faults] };
  },
  read: (node, place) => {
    if (node.kind !== "map") return wrong(node, place, "a step, a map with atSeconds");
    const atMs = readTime(node, place);
    const form = formOf(node, place);
    const step = form?.read(without(node, form === kubectlForm ? timeKeys : faultKeys), place);
    if (atMs === undefined || step === undefined) return undefined;
    return { line: node.line, atMs, ...step };
  },
};

const timeKeys = ["atSeconds"];
const faultKeys = [...timeKeys, "do"];

const seconds: Form<number> = scalar("seconds as 90 or 14.2", { type: "number" }, (value) =>
  typeof value === "number" ? Math.round(value * 1_000) : undefined,
);

const line: Form<KubectlStep> = {
  schema: { type: "string", minLength: 1 },
  read: (node, place) => {
    const value = node.kind === "scalar" ? node.value : undefined;
    if (typeof value !== "string") return wrong(node, place, "a line of kubectl");
    const command = parseKubectl(value);
    if (!("expected" in command)) return { do: "kubectl", text: value, command };
    return wrong(node, place, command.expected, command.got, command.hint);
  },
};

const kubectlForm: Form<KubectlStep> = record(
  "a step of kubectl",
  {
    kubectl: needed(line, "What a user types after `kubectl`."),
    user: field(userForm, "Who types it; whoever set the cluster up unless it is said."),
  },
  ({ kubectl, user }) => ({ ...kubectl, ...(user && { user }) }),
);

function readTime(node: YamlMap, place: Place): number | undefined {
  const time = entryOf(node, "atSeconds");
  const where = inside(place, "atSeconds");
  if (time === undefined) return wrong(node, where, "the field atSeconds of a step", "nothing");
  return seconds.read(time.value, where);
}

function formOf(node: YamlMap, place: Place): Form<KubectlStep | Fault> | undefined {
  if (entryOf(node, "kubectl") !== undefined) return kubectlForm;
  const known = Object.keys(faultForms);
  const word = entryOf(node, "do")?.value;
  if (word === undefined) return wrong(node, place, "the field kubectl or do of a step", "neither");
  const name = nameOf(word);
  if (Object.hasOwn(faultForms, name)) return faultForms[name]?.form;
  const expected = `one of ${known.join(", ")}`;
  return wrong(word, inside(place, "do"), expected, describeNode(word), didYouMean(name, known));
}

function nameOf(node: YamlNode): string {
  return node.kind === "scalar" ? String(node.value) : "";
}

function without(node: YamlMap, keys: readonly string[]): YamlMap {
  return { ...node, entries: node.entries.filter(({ key }) => !keys.includes(key)) };
}

function timedSchema(schema: JsonObject, more: JsonObject): JsonObject {
  const { required = [], properties = {} } = schema;
  const own = Array.isArray(required) ? required : [];
  const why = "Seconds since the manifests were created; below 0 is before them.";
  return {
    ...schema,
    required: ["atSeconds", ...Object.keys(more), ...own],
    properties: {
      atSeconds: { description: why, ...seconds.schema },
      ...more,
      ...(isObject(properties) ? properties : {}),
    },
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
