import { compareIssues, type Issue } from "../yaml/issue.ts";
import type { YamlNode } from "../yaml/node.ts";
import { readYaml } from "../yaml/read.ts";
import { type ControlPlane, controlPlaneForm } from "./scenario/components.ts";
import {
  field,
  type Form,
  listOf,
  needed,
  type Place,
  record,
  words,
  wrong,
} from "./scenario/form.ts";
import { ruleForm, type ScenarioRule } from "./scenario/rule.ts";
import { type ScenarioStep, stepForm } from "./scenario/steps.ts";
import type { JsonObject } from "./structure.ts";

/** What is outside Kubernetes in a run: what its environment answers, what users and faults do. */
export interface Scenario {
  readonly file: string;
  /** Several of what usually is one: then they elect who leads. */
  readonly controlPlane?: ControlPlane;
  /** In the order of the text: the first rule that fits and answers a choice wins. */
  readonly environment: readonly ScenarioRule[];
  /** In the order of time. */
  readonly steps: readonly ScenarioStep[];
}

/** A run without a scenario. */
export const emptyScenario: Scenario = { file: "", environment: [], steps: [] };

/** Reads a scenario file; one with any mistake is no scenario, and all of them are told. */
export function readScenario(
  file: string,
  text: string,
): { readonly scenario: Scenario | undefined; readonly issues: readonly Issue[] } {
  const { documents, issues: mistakes, isWellFormed } = readYaml(text, file);
  const issues = [...mistakes];
  const root = onlyDocument(documents, { file, path: [], issues });
  const told = isWellFormed
    ? root && scenarioForm.read(root, { file, path: [], issues })
    : undefined;
  if (issues.length > 0) return { scenario: undefined, issues: issues.toSorted(compareIssues) };
  return { scenario: told && { file, ...told }, issues };
}

/** The JSON Schema of the file, which editors complete and check with. */
export function scenarioSchema(): JsonObject {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Scenario",
    description: "What the environment of a cluster does, by selector, and what users do, by time.",
    ...scenarioForm.schema,
  };
}

const scenarioForm: Form<Omit<Scenario, "file">> = record(
  "a scenario",
  {
    apiVersion: needed(words(["kubechart/v1", "This form of the file."]), "Always kubechart/v1."),
    kind: needed(words(["Scenario", "This file."]), "Always Scenario."),
    environment: field(
      listOf(ruleForm, "a list of rules"),
      "What the environment answers; the first rule that fits and answers a choice wins.",
    ),
    steps: field(listOf(stepForm, "a list of steps"), "What users and faults do, and when."),
    controlPlane: field(controlPlaneForm, "Several of what usually is one of each."),
  },
  ({ controlPlane, environment = [], steps = [] }) => ({
    ...(controlPlane && { controlPlane }),
    environment,
    steps: steps.toSorted((a, b) => a.atMs - b.atMs),
  }),
);

function onlyDocument(documents: readonly YamlNode[], place: Place): YamlNode | undefined {
  const [root, extra] = documents;
  if (extra !== undefined)
    return wrong(extra, place, "one scenario", `${documents.length} documents`);
  if (root !== undefined || place.issues.length > 0) return root;
  return wrong({ line: 1, column: 1 }, place, "a scenario");
}
