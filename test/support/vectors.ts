import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { deviations } from "./fidelity.ts";
import { firstDifference } from "./json-difference.ts";

/** One line of a vector file, recorded from Kubernetes' own code. */
export interface VectorCase {
  readonly id: string;
  readonly note?: string;
  readonly in: Readonly<Record<string, unknown>>;
  readonly out: unknown;
}

/** Answers one case by calling our functions; `skip` leaves a case to a later runner. */
export type VectorRunner = (input: VectorCase["in"], id: string) => unknown;

export interface Disagreement {
  readonly id: string;
  readonly path: string;
  readonly expected: unknown;
  readonly got: unknown;
  /** Set when `docs/fidelity.md` lists the case. */
  readonly listed?: string;
}

export interface VectorResult {
  /** The last two path parts, or four under `versions/<minor>/`. */
  readonly name: string;
  readonly total: number;
  readonly disagreements: readonly Disagreement[];
  readonly hasRunner: boolean;
}

/** Every `.jsonl` file below the paths, in order. Throws when a path does not exist. */
export function vectorFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (!statSync(path).isDirectory()) return [resolve(path)];
    const entries = readdirSync(path, { recursive: true }).map(String).toSorted();
    return entries.filter((entry) => entry.endsWith(".jsonl")).map((entry) => resolve(path, entry));
  });
}

/** Runs one vector file with the runner of its name; `runners` is the folder that holds them. */
export async function runVectorFile(file: string, runners: string): Promise<VectorResult> {
  const name = vectorName(file);
  const { run, normalize = asIs } = await runnerOf(name, runners);
  const cases = readCases(file);
  if (run === undefined) return { name, total: cases.length, disagreements: [], hasRunner: false };
  const listed = deviations(name);
  const disagreements = cases.flatMap((one) => {
    const difference = firstDifference(changed(one.out, normalize), answer(run, one, normalize));
    if (difference === undefined) return [];
    const reason = listed.get(one.id);
    return [{ id: one.id, ...difference, ...(reason === undefined ? {} : { listed: reason }) }];
  });
  return { name, total: cases.length, disagreements, hasRunner: true };
}

function asIs(text: string): string {
  return text;
}

function changed(value: unknown, normalize: (text: string) => string): unknown {
  return JSON.parse(normalize(JSON.stringify(value ?? null)));
}

function answer(run: VectorRunner, one: VectorCase, normalize: (text: string) => string): unknown {
  try {
    return changed(run(one.in, one.id), normalize);
  } catch (error) {
    return { threw: String(error) };
  }
}

interface RunnerModule {
  readonly run?: VectorRunner;
  /** Takes out of an answer, as JSON, what differs from run to run. */
  readonly normalize?: (text: string) => string;
}

async function runnerOf(name: string, runners: string): Promise<RunnerModule> {
  const parts = name.split("/").slice(-2);
  const path = join(runners, parts.join("/").replace(/\.jsonl$/, ""));
  const file = [`${path}.ts`, `${path}.js`].find((candidate) => existsSync(candidate));
  if (file === undefined) return {};
  const module: RunnerModule = await import(pathToFileURL(file).href);
  return module;
}

function readCases(file: string): VectorCase[] {
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line): VectorCase => JSON.parse(line));
}

function vectorName(file: string): string {
  const minor = /versions\/[^/]+\/[^/]+\/[^/]+$/.exec(file)?.[0];
  return minor ?? join(basename(dirname(file)), basename(file));
}
