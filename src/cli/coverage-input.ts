import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { parseDuration } from "../../machines/api/go-duration.ts";
import type { ChoiceRecord } from "../choice/choices.ts";
import { Cluster } from "../cluster/cluster.ts";
import { readManifests } from "../manifest/read.ts";
import { emptyScenario, readScenario } from "../manifest/scenario.ts";
import { RunVisits } from "../testgen/run-visits.ts";
import type { CoveredSuite } from "../testgen/suite-marks.ts";
import { formatIssue, type Issue } from "../yaml/issue.ts";
import { readRunInput } from "./run-input.ts";

/** What is to say what was covered cannot be read. */
export class SuiteError extends Error {
  override readonly name = "SuiteError";
}

/** What is to be run again is wrong. */
export class RerunError extends Error {
  override readonly name = "RerunError";
}

/** A suite, a run that is run again, or recordings, whose lives are lived again. */
export function coveredIn(path: string): CoveredSuite {
  if (existsSync(path) && statSync(path).isDirectory()) return coveredByRecordings(path);
  const text = readFileSync(path, "utf8");
  const value = parsed(text);
  if (isSuite(value)) return value;
  if (isRun(value)) return coveredByRun(path, value);
  const isTrace = text.startsWith('{"seq":1,"at":0,"from":');
  const expected = isTrace
    ? "a trace does not say which branch was taken; kubechart run … -o json writes the run, which does"
    : "expected a PathSuite (kubechart paths … -o json), a Run (kubechart run … -o json) or a folder of recordings";
  throw new SuiteError(`${path}: ${expected}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSuite(value: unknown): value is CoveredSuite {
  if (typeof value !== "object" || value === null) return false;
  const [kind, ...lists] = ["kind", "universe", "paths"].map((key) => Reflect.get(value, key));
  return kind === "PathSuite" && lists.every((list) => Array.isArray(list));
}

/** The part of a Run's document that says what was run. */
interface Rerun {
  readonly objects: readonly object[];
  readonly scenario?: unknown;
  readonly files?: Readonly<Record<string, readonly object[]>>;
  readonly choices: readonly ChoiceRecord[];
  readonly nodes?: number;
  readonly until: string;
}

function isRun(value: unknown): value is Rerun {
  if (typeof value !== "object" || value === null) return false;
  const { kind, objects, choices, until }: Partial<Record<string, unknown>> = { ...value };
  const isWhole = Array.isArray(objects) && Array.isArray(choices) && typeof until === "string";
  return kind === "Run" && isWhole;
}

/** With the choices that were made, it is the same run. */
function coveredByRun(file: string, run: Rerun): CoveredSuite {
  const { objects: given, scenario: told, files = {}, choices, nodes, until } = run;
  const read = (items: readonly object[]) => {
    const text = JSON.stringify({ apiVersion: "v1", kind: "List", items });
    return readManifests([{ file, text }]);
  };
  const { objects, kubelets, issues } = read(given);
  const named = Object.entries(files).map(([name, items]) => [name, read(items)] as const);
  const { scenario = emptyScenario, issues: mistakes } =
    told === undefined ? { issues: [] } : readScenario(file, JSON.stringify(told));
  refuse([...issues, ...mistakes, ...named.flatMap(([, one]) => one.issues)]);
  const manifests = new Map(named.map(([name, one]) => [name, one.manifests]));
  const visits = new RunVisits();
  const cluster = Cluster.create({
    objects,
    kubelets,
    scenario,
    files: (name) => manifests.get(name),
    recorded: choices,
    ...(nodes !== undefined && { nodes }),
  });
  visits.listenTo(cluster);
  cluster.run(parseDuration(until) ?? usualMs);
  return visits.suite();
}

function coveredByRecordings(folder: string): CoveredSuite {
  const inner = readdirSync(folder).map((name) => join(folder, name));
  const recordings = [folder, ...inner].filter((one) => existsSync(join(one, "manifest.yaml")));
  if (recordings.length === 0) {
    const expected = "expected a recording, which has a manifest.yaml and a scenario.yaml";
    throw new SuiteError(`${folder}: ${expected}, or a folder of such folders`);
  }
  const visits = new RunVisits();
  for (const recording of recordings.toSorted()) {
    const scenarioFile = join(recording, "scenario.yaml");
    const scenario = existsSync(scenarioFile) ? scenarioFile : undefined;
    const { input, issues } = readRunInput([join(recording, "manifest.yaml")], scenario);
    refuse(issues);
    if (input === undefined) continue;
    const { files, ...others } = input;
    const cluster = Cluster.create({ ...others, files: (name) => files[name] });
    visits.listenTo(cluster);
    cluster.run(recordedMs(recording));
  }
  return visits.suite();
}

const usualMs = 600_000;

/** How long the recording went on, as its `about.md` says: `Recorded for 640 s.` */
function recordedMs(recording: string): number {
  const about = join(recording, "about.md");
  const text = existsSync(about) ? readFileSync(about, "utf8") : "";
  const [, seconds] = /Recorded for (\d+) s/.exec(text) ?? [];
  return seconds === undefined ? usualMs : Number(seconds) * 1_000;
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new RerunError(issues.map(formatIssue).join("\n"));
}
