import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { catalogue } from "../../machines/index.ts";
import { coverTransitions } from "../../src/explore/suite.ts";
import { readSystem } from "../../src/explore/system-file.ts";
import { formatIssue } from "../../src/yaml/issue.ts";
import { doesTheSame } from "./bisimulation.ts";
import { type Mutant, mutantsOf } from "./operators.ts";
import { sampleOf } from "./sample.ts";
import { type Result, resultText, scores } from "./scores.ts";
import { type Expectation, expectationOf, isKilled } from "./trial.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const mostMutants = 2_000;

/**
 * `npm run mutate [-- machine…] [--at-most N] [--seed N]`: the shipped suites as the only test of
 * charts with one mistake each.
 */
function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      "at-most": { type: "string", default: String(mostMutants) },
      seed: { type: "string", default: "1" },
    },
  });
  const unknown = positionals.filter((id) => !(id in catalogue));
  if (unknown.length > 0) {
    console.error(`expected machines of the catalogue, got ${unknown.join(", ")}`);
    return 2;
  }
  const ids = positionals.length === 0 ? Object.keys(catalogue) : positionals;
  const mutants = ids.flatMap((id) => {
    const machine = catalogue[id];
    return machine === undefined ? [] : mutantsOf(machine);
  });
  const [atMost, seed] = [Number(values["at-most"]), Number(values.seed)];
  const tried = sampleOf(mutants, atMost, seed);
  const isAll = tried.length === mutants.length;
  console.log(`${tried.length} of ${mutants.length} mutants${isAll ? "" : `, seed ${seed}`}`);
  const results = tryAll(tried, expectationsOf(new Set(ids)));
  console.log(scores(results));
  return 0;
}

/** Every path of every shipped system in which one of the machines takes part. */
function expectationsOf(ids: ReadonlySet<string>): readonly Expectation[] {
  const folder = join(root, "machines", "systems");
  return readdirSync(folder).flatMap((file) => {
    const path = join(folder, file);
    const { system, issues } = readSystem(path, readFileSync(path, "utf8"));
    if (system === undefined) throw new Error(issues.map(formatIssue).join("\n"));
    const paths = coverTransitions(system).paths.filter(({ taken }) => {
      return taken.some(({ machine }) => ids.has(machine));
    });
    return paths.map((one) => {
      const abouts = one.covers.map((name) => name.replace(/#\d+$/, ""));
      return expectationOf(system, one, new Set(abouts));
    });
  });
}

/** Tells the survivors as they come. */
function tryAll(mutants: readonly Mutant[], expectations: readonly Expectation[]): Result[] {
  return mutants.map((mutant) => {
    const result: Result = { mutant, fate: fateOf(mutant, expectations) };
    if (result.fate === "survived") console.log(`  ${resultText(result)}`);
    return result;
  });
}

/** Paths that take a branch beside the mistake come first. */
function fateOf(mutant: Mutant, expectations: readonly Expectation[]): Result["fate"] {
  const machine = mutant.make();
  const id = mutant.machine;
  const original = catalogue[id];
  if (original !== undefined && doesTheSame(original, machine)) return "equivalent";
  const concerned = expectations.filter(({ machines }) => machines.has(id));
  const near = concerned.filter(({ abouts }) => abouts.has(mutant.about));
  const far = concerned.filter(({ abouts }) => !abouts.has(mutant.about));
  return [...near, ...far].some((one) => isKilled(one, id, machine)) ? "killed" : "survived";
}

process.exitCode = main();
