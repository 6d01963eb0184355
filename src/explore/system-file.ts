import type { AnyStateMachine } from "xstate";

import type { CustomController } from "../system/custom-controller.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import { optionalMachines } from "../cluster/optional-machines.ts";
import { type ControlPlane, controlPlaneForm } from "../manifest/scenario/components.ts";
import type { KubeletSetting } from "../manifest/kubelets.ts";
import { type ManifestObject, readManifestNodes } from "../manifest/read.ts";
import {
  field,
  type Form,
  given,
  listOf,
  needed,
  record,
  scalar,
  someOf,
  words,
  wrong,
} from "../manifest/scenario/form.ts";
import { ruleForm, type ScenarioRule } from "../manifest/scenario/rule.ts";
import { duration, text } from "../manifest/scenario/scalar-forms.ts";
import type { JsonObject } from "../manifest/structure.ts";
import { compareIssues, type Issue } from "../yaml/issue.ts";
import { textOf, valueAt, valueOf, type YamlNode } from "../yaml/node.ts";
import { readYaml } from "../yaml/read.ts";
import { type OpenRule, openRuleForm } from "./open-rule.ts";
import { type OpenStep, openStepForm } from "./open-step.ts";

/** What is explored: objects, what of their environment is fixed and what is open, and bounds. */
export interface ExploredSystem {
  readonly name: string;
  readonly description: string;
  readonly objects: readonly KubeObject[];
  readonly kubelets: readonly KubeletSetting[];
  /** What is in the files that open steps name. */
  readonly files: Readonly<Record<string, readonly ManifestObject[]>>;
  /** Those of the optional machines that it has; see src/cluster/optional-machines.ts. */
  readonly machines: readonly string[];
  /** Several of what usually is one: then they elect who leads. */
  readonly controlPlane?: ControlPlane;
  /** What the environment always answers. */
  readonly environment: readonly ScenarioRule[];
  readonly open: OpenParts;
  readonly bounds: Bounds;
  /** Machines in the place of the catalogue's, by id; no file says this. */
  readonly instead?: Readonly<Record<string, AnyStateMachine>>;
  /** Controllers of one's own; no file says this. */
  readonly controllers?: readonly CustomController[];
  /** What it was read from: the file, or the name of a shipped system, and the text. */
  readonly source?: { readonly file: string; readonly text: string };
}

export interface OpenParts {
  /** `any order`: of what is ready now any link's oldest delivery may be next. */
  readonly deliveries: "in order" | "any order";
  /** Choices by the name under which they are asked, each with its alternatives. */
  readonly choices: Readonly<Record<string, readonly (string | number)[]>>;
  readonly environment: readonly OpenRule[];
  /** What users and faults may do, at any moment. */
  readonly steps: readonly OpenStep[];
}

/** Where the exploration ends; what is counted is a part of a state. */
export interface Bounds {
  /** Virtual milliseconds. */
  readonly horizonMs: number;
  /** Deliveries that wait at once. */
  readonly messages: number;
  /** Of each container. */
  readonly restarts?: number;
  /** Of each image for each pod. */
  readonly pulls?: number;
  /** Pods that are evicted at once. */
  readonly evictions?: number;
  /** Choices that are picked otherwise than usually; the usual alternative is the first. */
  readonly unusual?: number;
  /** Deliveries and steps that come before an older delivery of another link. */
  readonly overtakings?: number;
  /** Open steps of whatever kind. */
  readonly steps?: number;
}

export type BoundName = keyof Bounds;

export const defaultBounds: Bounds = { horizonMs: 3_600_000, messages: 100 };

/** Reads a System file; one with any mistake is no system, and all of them are told. */
export function readSystem(
  file: string,
  source: string,
): { readonly system?: ExploredSystem; readonly issues: readonly Issue[] } {
  const { documents, issues: mistakes, isWellFormed } = readYaml(source, file, "1.1");
  const issues = [...mistakes];
  const [root, extra] = documents;
  const place = { file, path: [], issues };
  if (root === undefined) return { issues };
  if (extra !== undefined) wrong(extra, place, "one System", `${documents.length} documents`);
  const told = isWellFormed ? systemForm.read(root, place) : undefined;
  const read = (nodes: readonly YamlNode[], path: readonly string[]) => {
    const entries = nodes.map((node, index) => ({ file, node, path: [...path, index] }));
    const manifests = readManifestNodes(entries);
    issues.push(...manifests.issues);
    return manifests;
  };
  const { objects, kubelets } = read(told?.objects ?? [], ["objects"]);
  const files = Object.entries(told?.files ?? {}).map(([name, nodes]) => {
    return [name, read(nodes, ["files", name]).manifests] as const;
  });
  if (told !== undefined) {
    issues.push(...unknownFiles(file, told), ...strayClocks(file, told.environment));
  }
  if (issues.length > 0 || told === undefined) return { issues: issues.toSorted(compareIssues) };
  const names = { name: nameOf(file), files: Object.fromEntries(files) };
  const system = { ...told, ...names, objects, kubelets, source: { file, text: source } };
  return { system, issues };
}

/** Steps that name a file which the system does not hold. */
function unknownFiles(
  file: string,
  { open, files }: Pick<ExploredSystem, "open"> & { readonly files: object },
): readonly Issue[] {
  const known = Object.keys(files);
  return open.steps.flatMap(({ step }) => {
    const named = step.do === "kubectl" ? (step.command.flags["filename"] ?? []) : [];
    const stray = named.filter((name) => !known.includes(name));
    const expected = known.length === 0 ? "a file among files" : `one of ${known.join(", ")}`;
    return stray.map((name): Issue => {
      const place = { file, line: step.line, column: 1, path: "open.steps" };
      return { ...place, expected, got: JSON.stringify(name) };
    });
  });
}

/** States are told apart by the age of their times, and all of one clock's. */
function strayClocks(file: string, rules: readonly ScenarioRule[]): readonly Issue[] {
  return rules.flatMap(({ node: { clockAheadMs = 0, line = 1 } = {} }) => {
    const [expected, got] = ["a node whose clock is right", "a clock apart"];
    const path = "environment.node.clock";
    return clockAheadMs === 0 ? [] : [{ file, line, column: 1, path, expected, got }];
  });
}

/** Whether a text is meant to be a System file. */
export function isSystem(source: string): boolean {
  const [root] = readYaml(source, "", "1.1").documents;
  return textOf(valueAt(root, "kind")) === "System";
}

/** The JSON Schema of the file, which editors complete and check with. */
export function systemSchema(): JsonObject {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "System",
    description: "What is explored: objects, what of their environment is open, and bounds.",
    ...systemForm.schema,
  };
}

function nameOf(file: string): string {
  return file.replace(/^.*[/\\]/, "").replace(/\.ya?ml$/, "");
}

/** Any value; who reads the objects says what is wrong with them. */
const anyObject: Form<YamlNode> = { schema: { type: "object" }, read: (node) => node };

const manifestList = someOf(anyObject, "a list of objects");

const alternative: Form<string | number> = scalar(
  "a word or a number",
  { type: ["string", "number"] },
  (value) => (typeof value === "string" || typeof value === "number" ? value : undefined),
);

const alternatives = someOf(alternative, "a list of alternatives");

const choicesForm: Form<OpenParts["choices"]> = {
  schema: { type: "object", additionalProperties: alternatives.schema },
  read: (node, place) => {
    if (node.kind !== "map") return wrong(node, place, "choices by their names");
    return Object.fromEntries(
      node.entries.map(({ key, value }) => [
        key,
        alternatives.read(value, { ...place, path: [...place.path, key] }) ?? [],
      ]),
    );
  },
};

const filesForm: Form<Readonly<Record<string, readonly YamlNode[]>>> = {
  schema: { type: "object", additionalProperties: manifestList.schema },
  read: (node, place) => {
    if (node.kind !== "map") return wrong(node, place, "lists of objects by the names of files");
    return Object.fromEntries(
      node.entries.map(({ key, value }) => [
        key,
        manifestList.read(value, { ...place, path: [...place.path, key] }) ?? [],
      ]),
    );
  },
};

const openForm: Form<OpenParts> = record(
  "what is open",
  {
    deliveries: field(
      words(
        ["in order", "Deliveries come as they were sent, timers as they were set."],
        ["any order", "Only time, and each link for itself, keep their order."],
      ),
      "Which delivery may be next; any order unless given.",
    ),
    choices: field(choicesForm, "Choices by name, each with the alternatives to be tried."),
    environment: field(
      listOf(openRuleForm, "a list of rules"),
      "What the environment may answer; the first rule that fits is asked.",
    ),
    steps: field(
      listOf(openStepForm, "a list of steps"),
      "What users and faults may do at any moment.",
    ),
  },
  ({ deliveries = "any order", choices = {}, environment = [], steps = [] }) => {
    return { deliveries, choices, environment, steps };
  },
);

const bound: Form<number> = scalar(
  "a whole number from 1 on",
  { type: "integer", minimum: 1 },
  (value) =>
    typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : undefined,
);

const horizon: Form<number> = {
  schema: duration.schema,
  read: (node, place) => {
    const ms = duration.read(node, place);
    return ms === 0 ? wrong(node, place, "a duration above 0", String(valueOf(node))) : ms;
  },
};

const boundsForm: Form<Bounds> = record(
  "bounds",
  {
    horizon: field(horizon, "Virtual time at which a life is left; 1h unless given."),
    messages: field(bound, "Deliveries that wait at once; 100 unless given."),
    restarts: field(bound, "Restarts of each container; without it they are not counted."),
    pulls: field(bound, "Pulls of each image for each pod; without it they are not counted."),
    evictions: field(bound, "Pods that are evicted at once; without it they are not counted."),
    unusual: field(bound, "Choices of one life that are not the first of their alternatives."),
    overtakings: field(bound, "Deliveries and steps of one life that come before older ones."),
    steps: field(bound, "Open steps of one life, of whatever kind."),
  },
  ({ horizon: horizonMs, messages, ...counted }) => ({
    horizonMs: horizonMs ?? defaultBounds.horizonMs,
    messages: messages ?? defaultBounds.messages,
    ...given(counted),
  }),
);

const nothingOpen: OpenParts = {
  deliveries: "any order",
  choices: {},
  environment: [],
  steps: [],
};

const systemForm = record(
  "a system",
  {
    apiVersion: needed(words(["kubechart/v1", "This form of the file."]), "Always kubechart/v1."),
    kind: needed(words(["System", "This file."]), "Always System."),
    description: field(text, "What of Kubernetes the system shows, in one sentence."),
    objects: needed(manifestList, "Manifests, as they would be applied one after the other."),
    files: field(filesForm, "By name what is in the files that steps of kubectl name."),
    machines: field(
      listOf(words(...optionalMachines), "a list of machines"),
      "Machines that systems do without unless they are named.",
    ),
    controlPlane: field(controlPlaneForm, "Several of what usually is one of each."),
    environment: field(
      listOf(ruleForm, "a list of rules"),
      "What the environment always answers, as in a Scenario.",
    ),
    open: field(openForm, "What is left open: each alternative of it is tried."),
    bounds: field(boundsForm, "Where the exploration ends."),
  },
  ({ description = "", objects, files = {}, machines = [], environment = [], ...told }) => {
    const { controlPlane } = told;
    const { open = nothingOpen, bounds = defaultBounds } = told;
    const own = { description, objects, files, machines, environment, open, bounds };
    return controlPlane === undefined ? own : { ...own, controlPlane };
  },
);
