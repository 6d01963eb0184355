import { resolve } from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { TappedRuns } from "./support/tapped-runs.ts";
import { type VectoredFunction, vectoredFunctions } from "./support/vectored-functions.ts";

const root = resolve(import.meta.dirname, "..");

/** Functions of pure text, and of numbers as text. */
const texts: readonly { readonly files: RegExp; readonly reason: string }[] = [
  { files: /^machines\/api\/(table-)?printers\.ts$/, reason: "prints an object" },
  {
    files: /^machines\/(kubectl\/describe|api\/(describe|table))[-\w]*\.ts$/,
    reason: "prints objects",
  },
  { files: /^src\/manifest\/write\.ts$/, reason: "writes an object" },
  { files: /^src\/yaml\/read\.ts$/, reason: "reads a text" },
  { files: /^machines\/api\/duration\.ts$/, reason: "a duration as text" },
  { files: /^machines\/api\/time\.ts$/, reason: "a time as text" },
  { files: /^machines\/api\/quantity(-text)?\.ts$/, reason: "a quantity and its text" },
  { files: /^machines\/api\/names\.ts$/, reason: "what is wrong with a text, as text" },
  { files: /^machines\/api\/(field-)?selector-text\.ts$/, reason: "a selector as text" },
  { files: /^machines\/api\/labels\.ts$/, reason: "labels and their selector as text" },
  { files: /^machines\/kubectl\/rollout-status\.ts$/, reason: "how far a rollout is, as text" },
  { files: /^machines\/apiserver\/field-error\.ts$/, reason: "one error as text" },
  {
    files: /^machines\/apiserver\/validation-(?:domains|ip|labels|numbers)\.ts$/,
    reason: "what is wrong, as text",
  },
  { files: /^machines\/apiserver\/invalid-status\.ts$/, reason: "the words of a refusal" },
  { files: /^machines\/apiserver\/field-conflicts\.ts$/, reason: "the words of a conflict" },
  {
    files: /^machines\/(api\/kubectl-error|kubectl\/cmd\/kubectl)\.ts$/,
    reason: "the words of kubectl",
  },
  { files: /^machines\/assert\.ts$/, reason: "the words of a mistake of ours" },
];

/** What no run shows yet, by file and name. */
const notRunYet: readonly { readonly functions: RegExp; readonly reason: string }[] = [
  { functions: /^machines\/apiserver\/pod-security-/, reason: "no namespace of a run has a level" },
  { functions: /^machines\/api\/(int-or-string|objects)\.ts /, reason: "no example needs it" },
  {
    functions: /\/deployment\/fenceposts\.ts minAvailable$/,
    reason: "only a status is told by it",
  },
  { functions: /\/deployment\/compute-hash\.ts /, reason: "wrong names let runs go on for ever" },
  {
    functions: /\/node-lifecycle\/zone-state\.ts /,
    reason: "no run has zones of different health",
  },
  {
    functions: /\/prioritize-nodes\.ts popSortedNodeScores$/,
    reason: "a run needs the best node alone",
  },
  {
    functions: /\/monitor-node-health\.ts newMemory$/,
    reason: "what is known of no node is always the same",
  },
  {
    functions: /\/replica-set\/active-pods-with-ranks\.ts compareActivePods$/,
    reason: "pods are ranked by a function of its file, which is called instead",
  },
];

const functions = vectoredFunctions(root);
const deciding = functions.filter(({ module, name }) => {
  const isNotRun = notRunYet.some((one) => one.functions.test(`${module} ${name}`));
  return !isNotRun && !texts.some(({ files }) => files.test(module));
});

describe("a function that agrees with recorded answers decides in runs", () => {
  const runs = new TappedRuns();

  beforeAll(async () => {
    globalThis.tapFunction = runs.tap;
    const { startsOf } = await import("./support/starts.ts");
    runs.see(startsOf(root));
  }, 120_000);

  it.each(texts)("$reason: $files is called by a runner", ({ files }) => {
    expect(functions.some(({ module }) => files.test(module))).toBe(true);
  });

  it.each(notRunYet)("is listed only while it is one: $functions", (one) => {
    expect(functions.some(({ module, name }) => one.functions.test(`${module} ${name}`))).toBe(
      true,
    );
  });

  it.each(namesOf(deciding))("%s of %s", (name, module) => {
    const key = `${module} ${name}`;
    expect(runs.results(key).length, "different results").toBeGreaterThanOrEqual(2);
    expect(runs.changedBy(key), "a run that a wrong result changes").toBeDefined();
  });
});

function namesOf(some: readonly VectoredFunction[]): readonly (readonly [string, string])[] {
  return some.map(({ module, name }) => [name, module]);
}
