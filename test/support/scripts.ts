import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { ChoicesOptions } from "../../src/choice/choices.ts";
import { Cluster, type ClusterOptions } from "../../src/cluster/cluster.ts";
import { readRunInput, type RunInput } from "../../src/cli/run-input.ts";
import { formatIssue } from "../../src/yaml/issue.ts";

/** Manifests, and what the environment and the users do: all of a run but the choices. */
export interface Script extends Pick<RunInput, "objects" | "kubelets" | "scenario" | "files"> {
  /** How long it is run, virtual milliseconds. */
  readonly untilMs: number;
}

/** Two files of a folder. */
export interface ScriptNames {
  readonly manifest?: string;
  readonly scenario?: string;
}

/** What a folder holds of a run. */
export function scriptOf(folder: string, names: ScriptNames = {}): Script {
  const { manifest = "manifest.yaml", scenario = "scenario.yaml" } = names;
  const { input, issues } = readRunInput([join(folder, manifest)], join(folder, scenario));
  if (input === undefined) throw new Error(issues.map((issue) => formatIssue(issue)).join("\n"));
  return { ...input, untilMs: recordedMs(folder) };
}

/** The cluster of a script at its beginning, under some choices and on a host. */
export function playing(
  script: Script,
  options: ChoicesOptions & Pick<ClusterOptions, "host"> = {},
): Cluster {
  const { files, ...others } = script;
  return Cluster.create({ ...others, files: (name) => files[name], ...options });
}

/** How long the recording went on, as its `about.md` says: `Recorded for 640 s.` */
function recordedMs(folder: string): number {
  if (!existsSync(join(folder, "about.md"))) return usualMs;
  const text = readFileSync(join(folder, "about.md"), "utf8");
  const seconds = /Recorded for (\d+) s/.exec(text)?.[1];
  if (seconds === undefined) throw new Error(`${folder}/about.md: expected "Recorded for N s"`);
  return Number(seconds) * 1_000;
}

/** Of what was not recorded. */
const usualMs = 600_000;
