import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Exploration } from "../explore/explorer.ts";
import { Lives, type Move } from "../explore/life.ts";
import { remadePath } from "../explore/path.ts";
import {
  type Endless,
  type Properties,
  PropertyCheck,
  type Verdict,
} from "../explore/properties.ts";
import { type SuitePath, toldPath } from "../explore/suite.ts";
import type { ExploredSystem } from "../explore/system-file.ts";
import { violationOf } from "../explore/violation.ts";
import { explorationText } from "../testgen/coverage-text.ts";
import { movesText } from "../testgen/moves-text.ts";
import { pathDocument } from "../testgen/path-document.ts";
import { verdictsText } from "../testgen/verdict-text.ts";
import { TimeIsUp, within } from "../testkit/watch.ts";
import type { ExitCode } from "./command.ts";
import { exploreWithProgress, type ExploringOptions, propertiesTimeoutMs } from "./exploring.ts";
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
  const { check, exploration } = await checked(system, read.properties, options);
  const verdicts = check.verdicts(exploration);
  const ways = new Map(
    verdicts.map((one) => [one, wayTo(input, exploration, one, read.properties)]),
  );
  console.log(explorationText(system.name, exploration));
  console.log(`\n${verdictsText(verdicts, (one) => ways.get(one))}`);
  for (const [verdict, way] of ways)
    if (way !== undefined) tellReplay(input, way, verdict, options);
  return verdicts.every(({ outcome }) => outcome === "holds") ? 0 : 1;
}

/** One that never returns is asked no more: the others are asked from the beginning. */
async function checked(
  system: ExploredSystem,
  properties: Properties,
  options: CheckOptions,
  endless: Endless = new Map(),
): Promise<{ readonly check: PropertyCheck; readonly exploration: Exploration }> {
  const check = new PropertyCheck(properties, endless);
  try {
    const told = { ...options, states: "all" } as const;
    const { exploration } = await exploreWithProgress(system, told, check);
    return { check, exploration };
  } catch (error) {
    if (!(error instanceof TimeIsUp) || check.asking === undefined) throw error;
    const { sentence, state } = check.asking;
    const said = `it has not returned after ${propertiesTimeoutMs / 1_000} s; look for a loop`;
    console.error(`kubechart: ${sentence}: ${said}; what else is asked goes on from the beginning`);
    return checked(system, properties, options, new Map(endless).set(sentence, { state, said }));
  }
}

function wayTo(
  { system }: SystemInput,
  exploration: Exploration,
  verdict: Verdict,
  properties: Properties,
): SuitePath | undefined {
  const moves = shortestTo(system, exploration, verdict, properties);
  if (moves === undefined) return undefined;
  const end = { moves, endedBy: verdict.outcome };
  return toldPath(remadePath(system, new Lives(system), end), []);
}

/** As it was found where a property does not return while the way is made shorter. */
function shortestTo(
  system: ExploredSystem,
  exploration: Exploration,
  verdict: Verdict,
  properties: Properties,
): readonly Move[] | undefined {
  const shorten = () => violationOf(system, exploration, verdict, properties);
  try {
    return within(shorteningTimeoutMs, shorten);
  } catch (error) {
    if (!(error instanceof TimeIsUp) || verdict.state === undefined) throw error;
    return verdict.moves ?? exploration.movesTo(verdict.state);
  }
}

const shorteningTimeoutMs = 20_000;

/** The line that lives it again; with a folder for it, a file that tests can import, too. */
function tellReplay(
  { source }: SystemInput,
  way: SuitePath,
  { sentence }: Verdict,
  { out: folder }: CheckOptions,
): void {
  if (folder === undefined) {
    console.log(`kubechart replay ${source.file} --moves '${movesText(way.moves)}'`);
    return;
  }
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${way.id}.path.json`);
  writeFileSync(file, `${JSON.stringify(pathDocument(way, sentence, source), null, 2)}\n`);
  console.log(`kubechart replay ${file}`);
}
