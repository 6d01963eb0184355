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
  /** Every choice asked so far when recording is on. */
  records(): readonly ChoiceRecord[];
  fork(): Choices;
  save(): SavedChoices;
}

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
): Choices {
  const { seed, recorded, record = false } = options;
  const replay = recorded === undefined ? undefined : answersOf(recorded);

  function answer<T extends string | number>(
    name: string,
    about: string,
    alternatives: readonly (string | number)[],
    given: T | undefined,
    replayed: (picked: string | number) => T | undefined,
    lucky: (hash: number) => T,
    usual: T,
  ): T {
    const key = `${name}\n${about}`;
    const asked = (counts.get(key) ?? 0) + 1;
    counts.set(key, asked);
    const before = replay?.get(`${key}\n${asked}`);
    const again = before === undefined ? undefined : replayed(before);
    const by =
      again !== undefined
        ? "recorded"
        : given !== undefined
          ? "scenario"
          : seed === undefined
            ? "usual"
            : "seed";
    const picked =
      again ?? given ?? (seed === undefined ? usual : lucky(hashOf(`${seed}\n${key}\n${asked}`)));
    if (record) kept.push({ name, about, alternatives, picked, by });
    return picked;
  }

  return {
    pick(name, about, alternatives, given) {
      const usual = alternatives[0];
      if (usual === undefined) throw new Error(`choice ${name} has no alternatives`);
      return answer(
        name,
        about,
        alternatives,
        given,
        (picked) => alternatives.find((one) => one === picked),
        (hash) => unusual(alternatives, hash) ?? usual,
        usual,
      );
    },
    amount(name, about, { low, high, usual }, given) {
      return answer(
        name,
        about,
        [low, high],
        given,
        (picked) => (typeof picked === "number" ? picked : undefined),
        (hash) => low + (hash % (high - low + 1)),
        usual,
      );
    },
    records: () => kept,
    fork: () => restored(options, new Map(counts), [...kept]),
    save: () => ({
      seed: seed ?? null,
      recorded: recorded ?? null,
      asked: [...counts],
      records: kept,
      record,
    }),
  };
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
