import { basename } from "node:path";

import { isBisimilar } from "./bisimulation.ts";
import type { Mistakes } from "./comparison.ts";
import { knownMachines } from "./machine-steps.ts";
import { type Mistake, variantLike } from "./mistake.ts";
import { Graphs, isSameAnew } from "./graphs.ts";
import type { Fate } from "./scores.ts";
import { seenGraphOf } from "./seen-graph.ts";
import { killings, killingsAnywhere } from "./suite-trial.ts";
import { exploredWith, systemIn } from "./tried-system.ts";
import type { Finding, Verdicts } from "./verdicts.ts";

/** What becomes of mistakes when the suites of these systems are the only test. */
export class Judge {
  readonly #all: readonly Mistake[];
  readonly #numbers: ReadonlyMap<Mistake, number>;
  readonly #mistakes: Mistakes;
  readonly #undecided: Set<Mistake>;
  readonly #verdicts: Verdicts;
  readonly #tell: (line: string) => void;
  readonly #untilMs: number;

  /** `mutants`: how many of functions there are, tried or not; `untilMs`: when to stop. */
  constructor(
    all: readonly Mistake[],
    mutants: number,
    verdicts: Verdicts,
    tell: (line: string) => void,
    untilMs = Number.POSITIVE_INFINITY,
  ) {
    this.#untilMs = untilMs;
    this.#all = all;
    this.#numbers = new Map(all.map((mistake, nth) => [mistake, nth]));
    this.#undecided = new Set(all);
    this.#verdicts = verdicts;
    this.#tell = tell;
    const [undecided, index] = [this.#undecided, indexOf(all)];
    this.#mistakes = { mutants, undecided, tried: undecided, ...index };
  }

  /** The fate of each mistake, in their order. */
  judged(files: readonly string[]): readonly Fate[] {
    for (const finding of this.#verdicts.findings) {
      if (!("killed" in finding)) continue;
      for (const nth of finding.killed) this.#undecided.delete(this.#at(nth));
    }
    for (const stage of [this.#try, this.#compareGraphs, this.#retry]) {
      for (const file of files) if (performance.now() < this.#untilMs) stage.call(this, file);
    }
    return this.#all.map((_, nth) => this.#fateOf(nth, files));
  }

  /**
   * Of so many mistakes that are said to do the same, those with which a system shows something
   * else when it is explored anew from its file.
   */
  contradictions(files: readonly string[], most: number): readonly Mistake[] {
    if (most === 0) return [];
    const trials = this.#verdicts.findings.filter(isTrial);
    const some = [...this.#undecided].filter((mistake) => {
      const nth = this.#numberOf(mistake);
      return (
        trials.some(({ reached }) => reached.includes(nth)) && this.#infectedIn(nth).length === 0
      );
    });
    const graphs = files.map((file) => [file, seenGraphOf(systemIn(file))] as const);
    return some.slice(0, most).filter((mistake) => {
      return graphs.some(([file, known]) => !isSameAnew(mistake, file, known));
    });
  }

  #try(file: string): void {
    const name = nameOf(file);
    const isKnown = this.#verdicts.findings.some(
      (one) => "explored" in one && one.explored === name,
    );
    if (isKnown) return;
    const begunAt = performance.now();
    const graphs = new Graphs(file, this.#mistakes);
    const exploredAt = performance.now();
    const compared = new Map<Mistake, boolean>();
    const { killed, paths } = killings(graphs.explored, (mistake) => {
      if (this.#isSuspect(mistake)) return false;
      const isSame = this.#isSameIn(graphs, mistake);
      compared.set(mistake, isSame);
      return isSame;
    });
    const { comparison, exploration } = graphs.explored;
    for (const mistake of comparison.infected) {
      if (killed.has(mistake) || compared.has(mistake) || this.#isSuspect(mistake)) continue;
      compared.set(mistake, this.#isSameIn(graphs, mistake));
    }
    const endedAt = performance.now();
    for (const mistake of killed) this.#undecided.delete(mistake);
    const numbers = (some: Iterable<Mistake>) => [...some].map((one) => this.#numberOf(one));
    const infected = [...comparison.infected].filter((one) => !killed.has(one));
    this.#verdicts.add({
      explored: name,
      states: exploration.states,
      paths,
      seconds: Math.round((endedAt - begunAt) / 100) / 10,
      reached: numbers(comparison.reached),
      infected: numbers(infected),
      killed: numbers(killed),
    });
    for (const [mistake, isSame] of compared) {
      if (!killed.has(mistake)) this.#addComparison(name, mistake, isSame);
    }
    const [exploring, trying] = [exploredAt - begunAt, endedAt - exploredAt].map(secondsOf);
    this.#tell(
      [
        `${name}: ${exploration.states} states in ${exploring} s`,
        `${comparison.trials} steps made anew`,
        `${paths} paths in ${trying} s`,
        `killed ${killed.size}, infected ${infected.length}, undecided ${this.#undecided.size}`,
      ].join("; "),
    );
  }

  /** Of those that no path has killed, where they do something else and that is not known yet. */
  #compareGraphs(file: string): void {
    const name = nameOf(file);
    const open = this.#all.filter((mistake, nth) => {
      return this.#undecided.has(mistake) && this.#infectedIn(nth).includes(name);
    });
    const isAsked = (mistake: Mistake): boolean => {
      return !this.#comparisonsOf(mistake).some((one) => one.compared === name || !one.isSame);
    };
    const seen = open.filter(isAsked);
    if (seen.length === 0) return;
    const graphs = new Graphs(file, { ...this.#mistakes, tried: new Set(seen) });
    for (const mistake of seen) {
      this.#addComparison(name, mistake, this.#isSameIn(graphs, mistake));
    }
  }

  #isSameIn(graphs: Graphs, mistake: Mistake): boolean {
    return isNeverSeen(mistake) || graphs.isSameWith(mistake);
  }

  /** What is not equivalent may show on paths of other systems, too. */
  #retry(file: string): void {
    const name = nameOf(file);
    if (this.#verdicts.findings.some((one) => "retried" in one && one.retried === name)) return;
    const suspects = [...this.#undecided].filter((mistake) => this.#isSuspect(mistake));
    if (suspects.length === 0) return;
    const tried = { ...this.#mistakes, tried: new Set(suspects) };
    const { killed } = killingsAnywhere(exploredWith(file, tried), tried);
    for (const mistake of killed) this.#undecided.delete(mistake);
    this.#verdicts.add({ retried: name, killed: [...killed].map((one) => this.#numberOf(one)) });
    const told = [...killed].map(textOf).join("; ");
    this.#tell(`${name}: ${suspects.length} tried on all paths; killed ${killed.size} ${told}`);
  }

  #addComparison(name: string, mistake: Mistake, isSame: boolean): void {
    this.#verdicts.add({ compared: name, mistake: this.#numberOf(mistake), isSame });
    this.#tell(`${name}: ${isSame ? "the same" : "another"} graph: ${textOf(mistake)}`);
  }

  /** Whether some system shows that it is not equivalent. */
  #isSuspect(mistake: Mistake): boolean {
    return this.#comparisonsOf(mistake).some(({ isSame }) => !isSame);
  }

  #fateOf(nth: number, files: readonly string[]): Fate {
    const { findings } = this.#verdicts;
    const [all, comparisons] = [findings.filter(isTrial), this.#comparisonsOf(this.#at(nth))];
    if (findings.some((one) => "killed" in one && one.killed.includes(nth)))
      return { is: "killed" };
    const other = comparisons.find(({ isSame }) => !isSame);
    if (other !== undefined) return { is: "survived", shownBy: other.compared };
    const infected = this.#infectedIn(nth);
    if (all.length < files.length || infected.length > comparisons.length) return { is: "open" };
    if (infected.length > 0) return { is: "equivalent", because: "all shows the same" };
    const isReached = all.some(({ reached }) => reached.includes(nth));
    return { is: "equivalent", because: isReached ? "it does the same" : "nothing gets there" };
  }

  #infectedIn(nth: number): readonly string[] {
    const all = this.#verdicts.findings.filter(isTrial);
    return all.filter(({ infected }) => infected.includes(nth)).map(({ explored }) => explored);
  }

  #comparisonsOf(mistake: Mistake): readonly GraphFinding[] {
    const own = this.#numberOf(mistake);
    return this.#verdicts.findings.filter(isComparison).filter((one) => one.mistake === own);
  }

  #numberOf(mistake: Mistake): number {
    return this.#numbers.get(mistake) ?? -1;
  }

  #at(nth: number): Mistake {
    const mistake = this.#all[nth];
    if (mistake === undefined) throw new Error(`there is no mistake ${nth}`);
    return mistake;
  }
}

type GraphFinding = Extract<Finding, { readonly compared: string }>;
type TrialFinding = Extract<Finding, { readonly explored: string }>;

function isComparison(finding: Finding): finding is GraphFinding {
  return "compared" in finding;
}

function isTrial(finding: Finding): finding is TrialFinding {
  return "explored" in finding;
}

/** Whether machines with the mistake do the same at whatever has happened to them so far. */
function isNeverSeen({ subject, mutant }: Mistake): boolean {
  if (mutant === undefined) return false;
  const whole = mutant.make();
  return knownMachines(subject).every((known) => {
    return isBisimilar(known.stepper, variantLike(known, whole));
  });
}

function indexOf(all: readonly Mistake[]): Pick<Mistakes, "byId" | "byMachine"> {
  const byId = new Map<number, Mistake>();
  const byMachine = new Map<string, Mistake[]>();
  for (const mistake of all) {
    const { id, mutant, subject } = mistake;
    if (id !== undefined) byId.set(id, mistake);
    if (mutant !== undefined) byMachine.set(subject, [...(byMachine.get(subject) ?? []), mistake]);
  }
  return { byId, byMachine };
}

function nameOf(file: string): string {
  return basename(file, ".yaml");
}

function secondsOf(ms: number): number {
  return Math.round(ms / 100) / 10;
}

function textOf({ subject, operator, site }: Mistake): string {
  return `${subject}: ${operator} ${site}`;
}
