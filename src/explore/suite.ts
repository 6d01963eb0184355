import { type Coverable, coverablesOf, type CoverWord } from "./coverable.ts";
import { Coverage, coverageOf, type CoverageReport } from "./coverage.ts";
import { type Exploration, explore, type ExploreOptions } from "./explorer.ts";
import { Lives, type Move } from "./life.ts";
import type { StepSearch } from "./local-steps.ts";
import { type Lived, livesOf } from "./memo/lived.ts";
import { moveText } from "./move-text.ts";
import { pairReport, type PairSearch, pairsIn } from "./pairs.ts";
import { type Path, remadePath } from "./path.ts";
import type { ExploredSystem } from "./system-file.ts";

/** Few paths that together take every branch which a system can take within its bounds. */
export interface Suite {
  readonly exploration: Exploration;
  readonly coverage: CoverageReport;
  readonly paths: readonly SuitePath[];
  /** What `kubechart replay` is told of its system, where that is not its name. */
  readonly file?: string;
}

export interface SuitePath extends Path {
  /** Follows from the contents, so that it stays when other paths come or go. */
  readonly id: string;
  /** The STATUS of the pods from one step to the next. */
  readonly description: string;
  /** Names of all branches, or states, that it takes. */
  readonly covers: readonly string[];
}

/** Explores a system and picks the paths. */
export function coverTransitions(system: ExploredSystem, options: ExploreOptions = {}): Suite {
  const coverage = new Coverage();
  const exploration = explore(system, { ...options, onEdge: (edge) => coverage.add(edge) });
  return suiteOf(system, exploration, coverage);
}

/** The paths through what an exploration has seen; `coverage` has heard all of its edges. */
export function suiteOf(
  system: ExploredSystem,
  exploration: Exploration,
  coverage: Coverage,
  cover: CoverWord = "transitions",
): Suite {
  const all = coverablesOf(exploration.machines, cover);
  const report = coverageOf(exploration.machines, coverage, exploration, cover);
  const ways = all.flatMap((one) => {
    const first = coverage.firstOf(one);
    return first === undefined ? [] : [[...exploration.movesTo(first.from), first.move]];
  });
  const candidates = candidatesOf(system, exploration, ways, (life) => coveredOf(all, life));
  return { exploration, coverage: report, paths: pathsOf(system, candidates) };
}

function pathsOf(system: ExploredSystem, candidates: readonly Candidate[]): readonly SuitePath[] {
  const lives = new Lives(system);
  return fewest(candidates).map(({ life, covers }) => {
    return toldPath(remadePath(system, lives, life), covers);
  });
}

/** The paths that take every two branches which some actor can take one after the other. */
export function pairSuiteOf(
  system: ExploredSystem,
  exploration: Exploration,
  search: PairSearch,
): Suite {
  const pairs = search.found(exploration);
  const ways = pairs.map(({ way }) => way);
  const known = new Set(pairs.map(({ name }) => name));
  const candidates = candidatesOf(system, exploration, ways, ({ all }) =>
    pairsIn(all, exploration).filter((name) => known.has(name)),
  );
  return { exploration, coverage: pairReport(pairs), paths: pathsOf(system, candidates) };
}

/** The lives that `stepSuiteOf` tells, without what the API shows of them. */
export function stepLives(
  system: ExploredSystem,
  exploration: Exploration,
  search: StepSearch,
): readonly Lived[] {
  return fewest(stepCandidates(system, exploration, search)).map(({ life }) => life);
}

/** The paths on which machines do all that they can do in any state on any event. */
export function stepSuiteOf(
  system: ExploredSystem,
  exploration: Exploration,
  search: StepSearch,
): Suite {
  const candidates = stepCandidates(system, exploration, search);
  return { exploration, coverage: search.report(), paths: pathsOf(system, candidates) };
}

function stepCandidates(
  system: ExploredSystem,
  exploration: Exploration,
  search: StepSearch,
): readonly Candidate[] {
  const ways = search.found().map(({ from, move }) => [...exploration.movesTo(from), move]);
  const names = search.names();
  return candidatesOf(system, exploration, ways, ({ steps }) =>
    [...new Set([...steps].flatMap((step) => names.get(step) ?? []))].toSorted(),
  );
}

/** The first so many paths of a suite, which take most; and what only the others take. */
export function bestOf(
  suite: Suite,
  maxPaths = suite.paths.length,
): { readonly suite: Suite; readonly lost: readonly string[] } {
  const paths = suite.paths.slice(0, maxPaths);
  const taken = new Set(paths.flatMap(({ covers }) => covers));
  const lost = suite.coverage.covered.filter((name) => !taken.has(name));
  return { suite: { ...suite, paths }, lost };
}

/** A life that may become a path of the suite. */
interface Candidate {
  readonly life: Lived;
  readonly covers: readonly string[];
}

/** The lives that begin with these ways, of which some may be the same. */
function candidatesOf(
  { bounds }: ExploredSystem,
  { walk }: Exploration,
  ways: readonly (readonly Move[])[],
  coveredIn: (life: Lived) => readonly string[],
): readonly Candidate[] {
  const byText = new Map(ways.map((way) => [way.map(moveText).join(" "), way]));
  const lives = livesOf(walk, [...byText.values()], bounds.horizonMs);
  return lives.map((life) => ({ life, covers: coveredIn(life) }));
}

/** Names of what one life covers. */
export function coveredBy(
  life: Lived,
  { machines }: Pick<Exploration, "machines">,
  cover: CoverWord = "transitions",
): readonly string[] {
  return coveredOf(coverablesOf(machines, cover), life);
}

function coveredOf(all: readonly Coverable[], { taken }: Lived): readonly string[] {
  const covered = all.filter(({ by }) => by.some((branch) => taken.has(branch)));
  return covered.map(({ name }) => name).toSorted();
}

/** Always the life that takes most of what is still missing, of two the shorter one. */
function fewest(candidates: readonly Candidate[]): readonly Candidate[] {
  const missing = new Set(candidates.flatMap(({ covers }) => covers));
  const chosen: Candidate[] = [];
  while (missing.size > 0) {
    let [best, most] = [candidates[0], 0];
    for (const one of candidates) {
      const gain = one.covers.filter((name) => missing.has(name)).length;
      const isShorter = best !== undefined && lengthOf(one) < lengthOf(best);
      if (gain > most || (gain === most && isShorter)) [best, most] = [one, gain];
    }
    if (best === undefined || most === 0) break;
    chosen.push(best);
    for (const name of best.covers) missing.delete(name);
  }
  return withoutNeedless(chosen);
}

function lengthOf({ life }: Candidate): number {
  return life.moves.length;
}

/** One that was chosen early may have been made needless by later ones. */
function withoutNeedless(chosen: readonly Candidate[]): readonly Candidate[] {
  let kept = chosen;
  for (const one of chosen.toReversed()) {
    const others = kept.filter((other) => other !== one);
    const covered = new Set(others.flatMap(({ covers }) => covers));
    if (one.covers.every((name) => covered.has(name))) kept = others;
  }
  return kept;
}

/** One path by itself, told as one of a suite is. */
export function toldPath(path: Path, covers: readonly string[]): SuitePath {
  return { ...path, id: idOf(path), description: descriptionOf(path), covers };
}

function descriptionOf({ steps }: Path): string {
  const words: string[] = [];
  for (const { did, facts } of steps) {
    if (did !== undefined) words.push(`(${did})`);
    for (const [key, { statusText }] of Object.entries(facts)) {
      const name = key.replace(/^default\//, "");
      const told = Object.keys(facts).length === 1 ? statusText : `${name} ${statusText}`;
      const last = words.findLast((word) => isOf(word, facts, name));
      if (last !== told) words.push(told);
    }
  }
  return words.join(" → ");
}

function isOf(word: string, facts: Path["steps"][number]["facts"], name: string): boolean {
  if (word.startsWith("(")) return false;
  return Object.keys(facts).length === 1 || word.startsWith(`${name} `);
}

/** What decides about it and what is seen of it, in 48 bits. */
function idOf({ steps }: Path): string {
  const text = steps
    .map(({ atMs, did = "", choices, facts }) => {
      const picks = choices.map(({ name, picked }) => `${name}=${picked}`);
      const words = Object.values(facts).map(({ statusText }) => statusText);
      return [atMs, did, ...picks, ...words].join(" ");
    })
    .join("\n");
  return `${hex(text, 0x811c9dc5)}${hex(text, 0x01234567).slice(0, 4)}`;
}

/** FNV-1a, 32 bits. */
function hex(text: string, seed: number): string {
  let hash = seed;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
