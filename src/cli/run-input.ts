import { readFileSync } from "node:fs";

import { type KubeletSetting } from "../manifest/kubelets.ts";
import { readManifests } from "../manifest/read.ts";
import { emptyScenario, readScenario, type Scenario } from "../manifest/scenario.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { Issue } from "../yaml/issue.ts";
import { type JsonValue, valueOf } from "../yaml/node.ts";
import { readYaml } from "../yaml/read.ts";

/** What a run is made from. */
export interface RunInput {
  readonly objects: readonly KubeObject[];
  readonly kubelets: readonly KubeletSetting[];
  readonly scenario: Scenario;
  /** The scenario as its file says it; undefined without one. */
  readonly scenarioValue: JsonValue | undefined;
}

/** Reads manifests and a scenario; `-` is standard input. All mistakes in all files are told. */
export function readRunInput(
  files: readonly string[],
  scenarioFile: string | undefined,
): { readonly input?: RunInput; readonly issues: readonly Issue[] } {
  const manifests = readManifests(files.map(readText));
  const { objects, kubelets } = manifests;
  if (scenarioFile === undefined) {
    const input = { objects, kubelets, scenario: emptyScenario, scenarioValue: undefined };
    return manifests.issues.length > 0 ? manifests : { input, issues: [] };
  }
  const { file, text } = readText(scenarioFile);
  const { scenario, issues: mistakes } = readScenario(file, text);
  const issues = [...manifests.issues, ...mistakes];
  if (issues.length > 0 || scenario === undefined) return { issues };
  const [document] = readYaml(text, file).documents;
  const scenarioValue = document && valueOf(document);
  return { input: { objects, kubelets, scenario, scenarioValue }, issues };
}

function readText(name: string): { readonly file: string; readonly text: string } {
  if (name === "-") return { file: "<stdin>", text: readFileSync(0, "utf8") };
  return { file: name, text: readFileSync(name, "utf8") };
}
