import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";

import { catalogue } from "../../machines/index.ts";
import { hashOf } from "./hash.ts";
import { Judge } from "./judge.ts";
import { installSwitches } from "./machine-steps.ts";
import { chartMistake, functionMistake, type Mistake } from "./mistake.ts";
import { functionMutants, root } from "./mutated-modules.ts";
import { mutantsOf } from "./operators.ts";
import { mutantsPage } from "./page.ts";
import { sampleOf } from "./sample.ts";
import { type Fate, percentOf, type Result, resultText, scores } from "./scores.ts";
import { inOrderOfSize } from "./system-size.ts";
import { Verdicts } from "./verdicts.ts";

const mostMutants = 2_000;
const neededPercent = 97;

const options = {
  "at-most": { type: "string", default: String(mostMutants) },
  seed: { type: "string", default: "1" },
  systems: { type: "string" },
  /** What was found out is kept in this file, and a run that was stopped goes on from there. */
  resume: { type: "string" },
  /** Of so many that are said to do the same, systems are explored anew as they are with each. */
  check: { type: "string", default: "0" },
  /** No system is begun after so many minutes; what is not known by then stays open. */
  minutes: { type: "string" },
  /** Writes what was found out to this file, as Markdown. */
  page: { type: "string" },
  progress: { type: "boolean", default: false },
} as const;

/**
 * `npm run mutate [-- machine or module…] [--at-most N] [--seed N] [--systems a,b] [--progress]
 * [--resume FILE] [--minutes N] [--check N] [--page FILE]`: the suites of the shipped systems as the only test of charts and
 * functions with one mistake each.
 */
function main(): number {
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
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
  installSwitches(ofFunctions.length);
  const files = inOrderOfSize(systemFiles(values.systems?.split(",")));
  const about = JSON.stringify({ seed, positionals, tried: tried.length, files, code: codeHash() });
  const verdicts = new Verdicts(values.resume, about);
  const tell = (line: string): void => void (values.progress && console.error(line));
  const untilMs = performance.now() + Number(values.minutes ?? "Infinity") * 60_000;
  const judge = new Judge(tried, ofFunctions.length, verdicts, tell, untilMs);
  const results = resultsOf(tried, judge.judged(files));
  for (const one of results) {
    if (one.fate.is === "survived") console.log(`  ${resultText(one)}`);
    tell(`${one.fate.is}: ${resultText(one)}`);
  }
  console.log(scores(results));
  if (values.page !== undefined) {
    const sample = { all: chosen.length, seed, systems: files.length, leftOut: leftOutOf(files) };
    writeFileSync(values.page, mutantsPage(results, sample));
  }
  const isTrue = isConfirmed(judge.contradictions(files, Number(values.check)));
  return !isTrue || percentOf(results) < neededPercent ? 1 : 0;
}

function resultsOf(tried: readonly Mistake[], fates: readonly Fate[]): readonly Result[] {
  return tried.flatMap(({ subject, operator, site }, nth) => {
    const fate = fates[nth];
    return fate === undefined ? [] : [{ subject, operator, site, fate }];
  });
}

function isConfirmed(contradictions: readonly Mistake[]): boolean {
  for (const { subject, operator, site } of contradictions) {
    console.log(`not the same when explored anew: ${subject}: ${operator} ${site}`);
  }
  return contradictions.length === 0;
}

function chartMistakes(): readonly Mistake[] {
  return Object.values(catalogue).flatMap((machine) => mutantsOf(machine).map(chartMistake));
}

/** Those of all shipped systems, or of those with these names. */
function systemFiles(names: readonly string[] | undefined): readonly string[] {
  const folder = join(root, "machines", "systems");
  const files = readdirSync(folder).filter((file) => {
    return names === undefined || names.includes(file.replace(/\.yaml$/, ""));
  });
  return files.map((file) => join(folder, file));
}

/** Names of shipped systems that are not among those. */
function leftOutOf(files: readonly string[]): readonly string[] {
  const others = systemFiles(undefined).filter((file) => !files.includes(file));
  return others.map((file) => basename(file, ".yaml"));
}

/** Of all that is judged; what was found out about another version is not true of this one. */
function codeHash(): number {
  const folders = ["dist/machines", "dist/src", "machines/systems"].map((name) => join(root, name));
  const files = folders.flatMap((folder) => {
    return readdirSync(folder, { recursive: true }).map((file) => join(folder, String(file)));
  });
  const texts = files.filter((file) => /\.(js|yaml)$/.test(file)).toSorted();
  return hashOf(texts.map((file) => readFileSync(file, "utf8")).join("\n"));
}

process.exitCode = main();
