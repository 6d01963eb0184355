import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Pod } from "../../machines/api/pod.ts";
import { everyVersionOf } from "../../machines/for-version.ts";
import { catalogue } from "../../machines/index.ts";
import { coverTransitions, type SuitePath } from "../../src/explore/suite.ts";
import { readSystem } from "../../src/explore/system-file.ts";
import { branchesOf } from "../../src/explore/universe.ts";
import { routes } from "../../src/system/routes.ts";
import { formatIssue } from "../../src/yaml/issue.ts";
import { Observed, observedText } from "./observed.ts";
import { coveragePage, type SystemRow } from "./page.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const maxStates = 100_000;

/** `npm run coverage`: explores every shipped system, writes docs/coverage.md and coverage.json. */
function main(): number {
  const folder = join(root, "machines", "systems");
  const observed = new Observed();
  observed.tap(routes);
  const rows = readdirSync(folder)
    .toSorted()
    .map((file) => exploreFile(join(folder, file), observed));
  const whole = Object.entries(catalogue).map(([id, one]) => [id, everyVersionOf(one)] as const);
  const branches = branchesOf(new Map(whole)).map(({ machine, name }) => ({ machine, name }));
  const page = coveragePage(rows, branches);
  writeFileSync(join(root, "docs", "coverage.md"), page);
  writeFileSync(join(root, "docs", "coverage.json"), observedText(observed.file()));
  return rows.every(({ stoppedBy }) => stoppedBy === undefined) ? 0 : 1;
}

function exploreFile(file: string, observed: Observed): SystemRow {
  const { system, issues } = readSystem(file, readFileSync(file, "utf8"));
  if (system === undefined) throw new Error(issues.map(formatIssue).join("\n"));
  const { exploration, coverage, paths } = coverTransitions(system, { maxStates });
  const { states, edges, stoppedBy } = exploration;
  console.log(`${system.name}: ${states} states, ${paths.length} paths`);
  const { covered } = coverage;
  for (const path of paths) observed.add(system, path);
  const own = paths.map((path: SuitePath) => {
    const { id, description, covers } = path;
    return { id, description, covers, reasons: reasonsIn(path), changes: changesIn(path) };
  });
  return {
    name: system.name,
    description: system.description,
    states,
    edges,
    stoppedBy,
    covered,
    paths: own,
  };
}

/** Reasons of pods, of their disruptions, and of their containers' states. */
function reasonsIn({ steps }: SuitePath): readonly string[] {
  const pods = steps.flatMap(({ objects }) => objects.filter(isPod));
  const reasons = pods.flatMap(({ status = {} }) => {
    const { initContainerStatuses = [], containerStatuses = [] } = status;
    const states = [...initContainerStatuses, ...containerStatuses].map(({ state }) => state);
    const told = states.map((state) => state?.waiting?.reason ?? state?.terminated?.reason);
    const disruption = status.conditions?.find(({ type }) => type === "DisruptionTarget");
    return [status.reason, disruption?.reason, ...told].filter((reason) => reason !== undefined);
  });
  return [...new Set(reasons)];
}

/** Changes of the phase at the API, as `Pending → Running`. */
function changesIn({ steps }: SuitePath): readonly string[] {
  const phases = new Map<string, string>();
  const changes: string[] = [];
  for (const { metadata, status = {} } of steps.flatMap(({ objects }) => objects.filter(isPod))) {
    const { name, uid = name } = metadata;
    const [before, phase = "Pending"] = [phases.get(uid), status.phase];
    if (before !== undefined && before !== phase) changes.push(`${before} → ${phase}`);
    phases.set(uid, phase);
  }
  return [...new Set(changes)];
}

function isPod(object: { readonly kind: string }): object is Pod {
  return object.kind === "Pod";
}

process.exitCode = main();
