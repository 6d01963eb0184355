import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Exploration } from "../explore/explorer.ts";
import { Lives } from "../explore/life.ts";
import { remadePath } from "../explore/path.ts";
import { PropertyCheck, type Verdict } from "../explore/properties.ts";
import { type SuitePath, toldPath } from "../explore/suite.ts";
import { explorationText } from "../testgen/coverage-text.ts";
import { pathDocument } from "../testgen/path-document.ts";
import { verdictsText } from "../testgen/verdict-text.ts";
import type { ExitCode } from "./command.ts";
import { exploreWithProgress, type ExploringOptions } from "./exploring.ts";
import { readProperties } from "./properties-file.ts";
import type { SystemInput } from "./system-input.ts";

interface CheckOptions extends ExploringOptions {
  readonly out?: string;
}

/** Asks a module's properties in every state; tells the shortest way to what violates one. */
export async function checkProperties(
  input: SystemInput,
  file: string,
  options: CheckOptions,
): Promise<ExitCode> {
  const read = await readProperties(file);
  if ("mistake" in read) {
    console.error(`kubechart: ${read.mistake}`);
    return 1;
  }
  const { system } = input;
  const check = new PropertyCheck(read.properties);
  const { exploration } = await exploreWithProgress(system, { ...options, states: "all" }, check);
  const verdicts = check.verdicts(exploration);
  const ways = new Map(verdicts.map((one) => [one, wayTo(input, exploration, one)]));
  console.log(explorationText(system.name, exploration));
  console.log(`\n${verdictsText(verdicts, (one) => ways.get(one))}`);
  for (const [{ sentence, outcome }, way] of ways) {
    if (outcome === "violated" && way !== undefined) write(input, way, sentence, options.out);
  }
  return verdicts.every(({ outcome }) => outcome === "holds") ? 0 : 1;
}

function wayTo(
  { system }: SystemInput,
  { movesTo }: Exploration,
  { state }: Verdict,
): SuitePath | undefined {
  if (state === undefined) return undefined;
  const moves = movesTo(state);
  const end = { moves, endedBy: "state that was looked for" };
  return toldPath(remadePath(system, new Lives(system), end), []);
}

function write(
  { source }: SystemInput,
  way: SuitePath,
  sentence: string,
  folder: string | undefined,
): void {
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${way.id}.path.json`);
  writeFileSync(file, `${JSON.stringify(pathDocument(way, sentence, source), null, 2)}\n`);
  console.log(`kubechart replay ${file}`);
}
