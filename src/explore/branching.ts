import { assert } from "../../machines/assert.ts";
import type { Choices, Told } from "../choice/choices.ts";

/** One open choice of a step, as it was asked and answered. */
export interface Pick {
  readonly name: string;
  readonly about: string;
  /** What could have been picked; the usual one first. */
  readonly alternatives: readonly string[];
  /** Its place among the alternatives. */
  readonly picked: number;
}

/** Who answers open choices, as places among their alternatives. */
export interface Answering {
  pick(name: string, about: string, alternatives: readonly string[]): number;
  /** The same for an answer that is asked for several times and stays what it was. */
  keep(name: string, about: string, time: number, alternatives: readonly string[]): number;
}

/** Answers that hold until they are asked about something later, by what they are about. */
export type Kept = ReadonlyMap<string, string>;

/**
 * Answers open choices by a script, and then goes through all other scripts like an odometer: a
 * step is made once for each. Choices beyond the script get their first alternative.
 */
export class Branching implements Answering {
  #script: readonly number[] = [];
  #picks: Pick[] = [];
  #kept: Kept = new Map();
  #unusualLeft = Number.POSITIVE_INFINITY;
  #isRestrained = false;

  /**
   * Before a step: which alternatives it gets, which answers hold from before, and how many of its
   * choices may be picked otherwise than usually; those after them are not open any more.
   */
  begin(script: readonly number[], kept: Kept, unusualLeft = Number.POSITIVE_INFINITY): void {
    this.#script = script;
    this.#picks = [];
    this.#kept = kept;
    this.#unusualLeft = unusualLeft;
    this.#isRestrained = false;
  }

  /** The place of the alternative that this step gets. */
  pick(name: string, about: string, alternatives: readonly string[]): number {
    if (this.#unusualLeft === 0) {
      this.#isRestrained = true;
      return 0;
    }
    const picked = this.#script[this.#picks.length] ?? 0;
    if (picked > 0) this.#unusualLeft--;
    assert(picked < alternatives.length, "a script fits the choices that are asked");
    this.#picks.push({ name, about, alternatives, picked });
    return picked;
  }

  /** The same for an answer that is asked for several times and stays what it was. */
  keep(name: string, about: string, time: number, alternatives: readonly string[]): number {
    const key = `${name} ${about}`;
    const [at, known] = (this.#kept.get(key) ?? "").split(" ");
    if (at === String(time) && known !== undefined) return Number(known);
    const picked = this.pick(name, about, alternatives);
    this.#kept = new Map(this.#kept).set(key, `${time} ${picked}`);
    return picked;
  }

  /** What the step has asked so far. */
  get picks(): readonly Pick[] {
    return this.#picks;
  }

  /** Whether something that is open was not, because enough had been unusual. */
  get isRestrained(): boolean {
    return this.#isRestrained;
  }

  /** How many choices may still be picked otherwise than usually. */
  get unusualLeft(): number {
    return this.#unusualLeft;
  }

  /** What holds from now on. */
  get kept(): Kept {
    return this.#kept;
  }

  /** The script after the one of the step that was made; undefined when all were tried. */
  next(): readonly number[] | undefined {
    const script = this.#picks.map(({ picked }) => picked);
    while (script.length > 0) {
      const last = script.length - 1;
      const picked = (script[last] ?? 0) + 1;
      if (picked < (this.#picks[last]?.alternatives.length ?? 0)) {
        script[last] = picked;
        return script;
      }
      script.pop();
    }
    return undefined;
  }
}

/** Alternatives by the name of the choice; all that are named are open. */
export type OpenChoices = Readonly<Record<string, readonly (string | number)[]>>;

/** Choices of which the open ones branch, and all others take their usual course. */
export function branchingChoices(branching: Answering, open: OpenChoices, told?: Told): Choices {
  const openIn = (name: string) => (Object.hasOwn(open, name) ? open[name] : undefined);
  const pickOf = <T extends string | number>(
    name: string,
    about: string,
    among: readonly T[],
    usual: T,
  ): T => {
    if (among.length < 2) return among[0] ?? usual;
    return among[branching.pick(name, about, among.map(String))] ?? usual;
  };
  return {
    pick: (name, about, alternatives, given) => {
      const usual = alternatives[0];
      assert(usual !== undefined, "a choice has alternatives");
      const said = told?.(name, about);
      const fixed = given ?? alternatives.find((one) => one === said);
      if (fixed !== undefined) return fixed;
      const among = alternatives.filter((one) => openIn(name)?.includes(one) === true);
      return pickOf(name, about, among, usual);
    },
    amount: (name, about, { usual }, given) => {
      const said = told?.(name, about);
      const fixed = given ?? (typeof said === "number" ? said : undefined);
      if (fixed !== undefined) return fixed;
      const among = (openIn(name) ?? []).filter((one) => typeof one === "number");
      return pickOf(name, about, among, usual);
    },
    said: (name, about) => told?.(name, about),
    records: () => [],
    toldBy: (teller) => branchingChoices(branching, open, teller),
    fork: () => branchingChoices(branching, open, told),
    save: () => ({ seed: null, recorded: null, asked: [], records: [], record: false }),
  };
}
