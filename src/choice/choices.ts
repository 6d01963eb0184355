/** One thing that Kubernetes leaves open, as it was asked and answered. */
export interface ChoiceRecord {
  /** `image pull outcome`, `process exit`, … */
  readonly name: string;
  /** What it is about: `pod/web container/app run 2`. */
  readonly about: string;
  /** Names of the alternatives, the usual one first; a range is `["low", "high"]` in its unit. */
  readonly alternatives: readonly (string | number)[];
  readonly picked: string | number;
  readonly by: "scenario" | "recorded" | "seed" | "usual";
}

/** Answers named choices; the same questions in the same order get the same answers. */
export interface Choices {
  /** One of `alternatives`; the first is what usually happens. */
  pick<A extends string>(name: string, about: string, alternatives: readonly A[], given?: A): A;
  /** A whole number between `low` and `high`, both included; `usual` without a seed. */
  amount(name: string, about: string, range: AmountRange, given?: number): number;
  /** What a scenario says of what is not left to luck; undefined: nothing. */
  said(name: string, about: string): string | number | undefined;
  /** Every choice asked so far when recording is on. */
  records(): readonly ChoiceRecord[];
  /** The same choices, and what a scenario says to those that are asked without `given`. */
  toldBy(told: Told): Choices;
  fork(): Choices;
  save(): SavedChoices;
}

/** What a scenario says of a choice; undefined: nothing. */
export type Told = (name: string, about: string) => string | number | undefined;

export interface AmountRange {
  readonly low: number;
  readonly high: number;
  readonly usual: number;
}

export interface SavedChoices {
  readonly seed: number | null;
  readonly recorded: readonly ChoiceRecord[] | null;
  readonly asked: readonly (readonly [string, number])[];
  readonly records: readonly ChoiceRecord[];
  readonly record: boolean;
}

export interface ChoicesOptions {
  /** Without a seed everything takes its usual course. */
  readonly seed?: number;
  /** Answers of an earlier run, by name, about and order. */
  readonly recorded?: readonly ChoiceRecord[];
  /** Keeps what was asked, for `-o choices` and replay. */
  readonly record?: boolean;
}

/** How often, in percent, a seed takes another than the usual alternative. */
const unusualPercent = 15;

export function createChoices(options: ChoicesOptions = {}): Choices {
  return restored(options, new Map(), []);
}

/** Goes on where `save` left off. */
export function restoreChoices(saved: SavedChoices): Choices {
  const options: ChoicesOptions = {
    record: saved.record,
    ...(saved.seed === null ? {} : { seed: saved.seed }),
    ...(saved.recorded === null ? {} : { recorded: saved.recorded }),
  };
  return restored(options, new Map(saved.asked), [...saved.records]);
}

function restored(
  options: ChoicesOptions,
  counts: Map<string, number>,
  kept: ChoiceRecord[],
  told: Told = () => undefined,
): Choices {
  const { seed, recorded } = options;
  const replay = recorded === undefined ? undefined : answersOf(recorded);
  const asked: Asked = { options, counts, kept, told, replay };
  return {
    pick: (name, about, alternatives, given) => {
      const usual = alternatives[0];
      if (usual === undefined) throw new Error(`choice ${name} has no alternatives`);
      const known = (word: string | number) => alternatives.find((one) => one === word);
      const lucky = (hash: number) => unusual(alternatives, hash) ?? usual;
      return answer(asked, { name, about, alternatives, given, known, lucky, usual });
    },
    amount: (name, about, { low, high, usual }, given) => {
      const alternatives = [low, high];
      const lucky = (hash: number) => low + (hash % (high - low + 1));
      return answer(asked, { name, about, alternatives, given, known: amountOf, lucky, usual });
    },
    said: (name, about) => told(name, about),
    records: () => [...kept],
    toldBy: (teller) => restored(options, counts, kept, teller),
    fork: () => restored(options, new Map(counts), [...kept], told),
    save: () => ({
      seed: seed ?? null,
      recorded: recorded ?? null,
      asked: [...counts],
      records: [...kept],
      record: options.record ?? false,
    }),
  };
}

interface Asked {
  readonly options: ChoicesOptions;
  /** How often each choice was asked. */
  readonly counts: Map<string, number>;
  readonly kept: ChoiceRecord[];
  readonly told: Told;
  readonly replay: ReadonlyMap<string, string | number> | undefined;
}

interface Question<T> extends Pick<ChoiceRecord, "name" | "about" | "alternatives"> {
  readonly given: T | undefined;
  /** The answer that such a record or word stands for, if it is one. */
  readonly known: (picked: string | number) => T | undefined;
  readonly lucky: (hash: number) => T;
  readonly usual: T;
}

function answer<T extends string | number>(asked: Asked, question: Question<T>): T {
  const { options, counts, kept, told, replay } = asked;
  const { name, about, alternatives, given, known, lucky, usual } = question;
  const key = `${name}\n${about}`;
  const { seed } = options;
  // Only luck and a replay depend on how often it was asked before.
  const isCounted = seed !== undefined || replay !== undefined;
  const nth = isCounted ? (counts.get(key) ?? 0) + 1 : 1;
  if (isCounted) counts.set(key, nth);
  const before = replay?.get(`${key}\n${nth}`);
  const again = before === undefined ? undefined : known(before);
  const said = told(name, about);
  const answered = given ?? (said === undefined ? undefined : known(said));
  const open = seed === undefined ? usual : lucky(hashOf(`${seed}\n${key}\n${nth}`));
  const picked = again ?? answered ?? open;
  if (options.record === true) {
    const own = seed === undefined ? "usual" : "seed";
    const by = again !== undefined ? "recorded" : answered !== undefined ? "scenario" : own;
    kept.push({ name, about, alternatives, picked, by });
  }
  return picked;
}

function amountOf(answered: string | number): number | undefined {
  return typeof answered === "number" ? answered : undefined;
}

function unusual<A extends string>(alternatives: readonly A[], hash: number): A | undefined {
  if (alternatives.length < 2 || hash % 100 >= unusualPercent) return undefined;
  return alternatives[1 + (Math.floor(hash / 100) % (alternatives.length - 1))];
}

function answersOf(records: readonly ChoiceRecord[]): Map<string, string | number> {
  const counts = new Map<string, number>();
  const answers = new Map<string, string | number>();
  for (const { name, about, picked } of records) {
    const key = `${name}\n${about}`;
    const asked = (counts.get(key) ?? 0) + 1;
    counts.set(key, asked);
    answers.set(`${key}\n${asked}`, picked);
  }
  return answers;
}

/** FNV-1a with a final mix: one pod more changes nobody else's luck. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) >>> 0;
}
