import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { catalogue } from "../../machines/index.ts";
import { KnownSteps } from "./chart-differences.ts";
import { Judge } from "./judge.ts";
import { functionMutants, root } from "./mutated-modules.ts";
import { mutantsOf } from "./operators.ts";
import { sampleOf } from "./sample.ts";
import { type Fate, percentOf, type Result, resultText, scores, type Tried } from "./scores.ts";
import { triedSystem, type TriedSystem } from "./tried-system.ts";

const mostMutants = 2_000;
const neededPercent = 97;

interface Mistake extends Tried {
  readonly judge: (judge: Judge) => Fate;
}

/**
 * `npm run mutate [-- machine or module…] [--at-most N] [--seed N] [--systems a,b] [--progress]`: the
 * suites of the shipped systems as the only test of charts and functions with one mistake each.
 */
function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      "at-most": { type: "string", default: String(mostMutants) },
      seed: { type: "string", default: "1" },
      systems: { type: "string" },
      progress: { type: "boolean", default: false },
    },
  });
  const ofFunctions = functionMutants();
  const all = [...chartMistakes(), ...ofFunctions.map(functionMistake)];
  const subjects = new Set(all.map(({ subject }) => subject));
  const unknown = positionals.filter((one) => !subjects.has(one));
  if (unknown.length > 0) {
    console.error(`expected machines or modules of functions, got ${unknown.join(", ")}`);
    return 2;
  }
  const chosen = all.filter(({ subject }) => {
    return positionals.length === 0 || positionals.includes(subject);
  });
  const [atMost, seed] = [Number(values["at-most"]), Number(values.seed)];
  const tried = sampleOf(chosen, atMost, seed, ({ subject, operator, site }) => {
    return `${subject} ${operator} ${site}`;
  });
  const isAll = tried.length === chosen.length;
  console.log(`${tried.length} of ${chosen.length} mutants${isAll ? "" : `, seed ${seed}`}`);
  const judge = judgeOf(values.systems?.split(","), ofFunctions.length);
  const results = tried.map((one) => judged(one, judge, values.progress));
  console.log(scores(results));
  return percentOf(results) < neededPercent ? 1 : 0;
}

function chartMistakes(): readonly Mistake[] {
  return Object.values(catalogue)
    .flatMap((machine) => mutantsOf(machine))
    .map((mutant) => {
      const { machine: subject, operator, site } = mutant;
      return { subject, operator, site, judge: (judge) => judge.ofChart(mutant) };
    });
}

function functionMistake(mutant: ReturnType<typeof functionMutants>[number]): Mistake {
  const { module: subject, operator, site } = mutant;
  return { subject, operator, site, judge: (judge) => judge.ofFunction(mutant) };
}

/** Tells survivors as they come, and with `isTelling` how long each mistake has taken. */
function judged({ judge: by, ...mistake }: Mistake, judge: Judge, isTelling: boolean): Result {
  const begunAt = performance.now();
  const result = { ...mistake, fate: by(judge) };
  const { is } = result.fate;
  const took = Math.round(performance.now() - begunAt);
  if (is === "survived") console.log(`  ${resultText(result)}`);
  if (isTelling) console.error(`${is} in ${took} ms: ${resultText(result)}`);
  return result;
}

/** With the suites of all systems, or of those with these names. */
function judgeOf(names: readonly string[] | undefined, mutants: number): Judge {
  const folder = join(root, "machines", "systems");
  const files = readdirSync(folder).filter((file) => {
    return names === undefined || names.includes(file.replace(/\.yaml$/, ""));
  });
  const known = new KnownSteps();
  const systems = files.map((file): TriedSystem => {
    const tried = triedSystem(join(folder, file), mutants);
    known.add(tried.machines.values());
    return tried;
  });
  const paths = systems.reduce((sum, one) => sum + one.paths.length, 0);
  console.log(`${paths} paths of ${systems.length} systems`);
  return new Judge(systems, known);
}

process.exitCode = main();
