import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

import type { KubeObject } from "../../machines/api/meta.ts";
import { actionsOf } from "../cluster/steps.ts";
import type { KubeletSetting } from "../manifest/kubelets.ts";
import { type ManifestObject, readManifests } from "../manifest/read.ts";
import { emptyScenario, readScenario, type Scenario } from "../manifest/scenario.ts";
import type { ScenarioStep } from "../manifest/scenario/steps.ts";
import type { Issue } from "../yaml/issue.ts";
import { type JsonValue, valueOf } from "../yaml/node.ts";
import { readYaml } from "../yaml/read.ts";

/** What a run is made from. */
export interface RunInput {
  readonly objects: readonly KubeObject[];
  /** The same beside what their authors wrote. */
  readonly manifests: readonly ManifestObject[];
  readonly kubelets: readonly KubeletSetting[];
  readonly scenario: Scenario;
  /** The scenario as its file says it; undefined without one. */
  readonly scenarioValue: JsonValue | undefined;
  /** What is in the files that the scenario's steps name. */
  readonly files: Readonly<Record<string, readonly ManifestObject[]>>;
}

export interface RunInputOptions {
  readonly opaque?: boolean;
  /** Steps that nobody could do are told, and left out. */
  readonly keepGoing?: boolean;
}

/** Reads manifests and a scenario; `-` is standard input. All mistakes in all files are told. */
export function readRunInput(
  names: readonly string[],
  scenarioFile: string | undefined,
  { opaque = false, keepGoing = false }: RunInputOptions = {},
): { readonly input?: RunInput; readonly issues: readonly Issue[] } {
  const {
    objects,
    manifests,
    kubelets,
    issues: mistakes,
  } = readManifests(names.map(readText), [], [], {
    opaque,
  });
  const read =
    scenarioFile === undefined
      ? withoutScenario
      : readScenarioFile(scenarioFile, { kubelets, objects, opaque });
  const { undone = [], scenarioValue, files } = read;
  const mistaken = [...mistakes, ...read.issues];
  const issues = [...mistaken, ...undone.map(({ issue }) => issue)];
  const isWrong = mistaken.length > 0 || (undone.length > 0 && !keepGoing);
  if (isWrong || read.scenario === undefined) return { issues };
  const left = new Set(undone.map(({ step }) => step));
  const scenario = {
    ...read.scenario,
    steps: read.scenario.steps.filter((step) => !left.has(step)),
  };
  return { input: { objects, manifests, kubelets, scenario, scenarioValue, files }, issues };
}

interface ScenarioInput extends Pick<RunInput, "scenarioValue" | "files"> {
  readonly scenario: Scenario | undefined;
  readonly issues: readonly Issue[];
  /** Steps that nobody could do, and why. */
  readonly undone?: readonly { readonly step: ScenarioStep; readonly issue: Issue }[];
}

const withoutScenario: ScenarioInput = {
  scenario: emptyScenario,
  scenarioValue: undefined,
  files: {},
  issues: [],
};

/** What the files of steps are read beside. */
interface Beside extends Pick<RunInput, "kubelets" | "objects"> {
  readonly opaque: boolean;
}

function readScenarioFile(name: string, beside: Beside): ScenarioInput {
  const { file, text } = readText(name);
  const { scenario, issues } = readScenario(file, text);
  if (scenario === undefined) return { ...withoutScenario, scenario, issues };
  const [document] = readYaml(text, file).documents;
  const { files, issues: mistakes } = readStepFiles(scenario, beside);
  const unsupported = mistakes.length > 0 ? [] : scenario.steps.flatMap(unsupportedBy(file, files));
  const scenarioValue = document && valueOf(document);
  return { scenario, scenarioValue, files, issues: mistakes, undone: unsupported };
}

/** The files lie beside the scenario's own. */
function readStepFiles(
  { file, steps }: Scenario,
  { kubelets, objects, opaque }: Beside,
): {
  readonly files: RunInput["files"];
  readonly issues: readonly Issue[];
} {
  const issues: Issue[] = [];
  const files: Record<string, readonly ManifestObject[]> = {};
  const known = [...objects];
  for (const step of steps) {
    for (const name of fileNames(step)) {
      const path = resolve(dirname(file), name);
      if (existsSync(path)) {
        const manifests = readManifests([readText(path)], kubelets, known, { opaque });
        known.push(...manifests.objects);
        files[name] = manifests.manifests;
        issues.push(...manifests.issues);
      } else {
        issues.push(issueAt(file, step, "a file beside the scenario", JSON.stringify(name)));
      }
    }
  }
  return { files, issues };
}

function fileNames(step: ScenarioStep): readonly string[] {
  if (step.do === "static-pod") return [step.file];
  return step.do === "kubectl" ? (step.command.flags["filename"] ?? []) : [];
}

function unsupportedBy(file: string, files: RunInput["files"]) {
  return (step: ScenarioStep): { readonly step: ScenarioStep; readonly issue: Issue } | [] => {
    const actions = actionsOf(step, (name) => files[name]);
    if (!("expected" in actions)) return [];
    const issue = issueAt(file, step, actions.expected, JSON.stringify(actions.text));
    return { step, issue };
  };
}

function issueAt(file: string, { line }: ScenarioStep, expected: string, got: string): Issue {
  return { file, line, column: 1, path: "steps", expected, got };
}

function readText(name: string): { readonly file: string; readonly text: string } {
  if (name === "-") return { file: "<stdin>", text: readFileSync(0, "utf8") };
  return { file: name, text: readFileSync(name, "utf8") };
}
