import { isPod } from "../../machines/api/objects.ts";
import { type Life, Lives, type Move } from "../../src/explore/life.ts";
import { factsOf } from "../../src/explore/step-facts.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import { TimeIsUp } from "../../src/testkit/watch.ts";
import { hash32 } from "./hash.ts";
import { withinWork } from "./within-work.ts";

/** A path, and what the API showed while it was lived: each write, in a number. */
export interface Expectation {
  readonly moves: readonly Move[];
  readonly endMs: number;
  readonly writes: Int32Array;
}

export function expectationOf(system: ExploredSystem, moves: readonly Move[]): Expectation {
  const writes: number[] = [];
  const { endMs, error } = relive(system, moves, undefined, (write) => {
    writes.push(write);
    return true;
  });
  if (error !== undefined) throw new Error(`${system.name} breaks off`, { cause: error });
  return { moves, endMs, writes: Int32Array.from(writes) };
}

/** Whether a cluster with a mistake shows something else on the same path, or never settles. */
export function isKilled(
  { moves, endMs, writes }: Expectation,
  system: () => ExploredSystem,
): boolean {
  const live = (): boolean => {
    let [seen, isOther] = [0, false];
    const { error } = relive(system(), moves, endMs, (write) => {
      isOther ||= writes[seen++] !== write;
      return !isOther;
    });
    return error !== undefined || isOther || seen !== writes.length;
  };
  try {
    return withinWork(longestMs, live);
  } catch {
    // A path ends in a settled state; this one breaks, or goes on without end.
    return true;
  }
}

const longestMs = 20_000;

/** Deliveries that follow each other without end would hang. */
const mostDeliveries = 20_000;

/**
 * Makes these moves, leaving out those that cannot be made any more, and goes on until then.
 * A machine that breaks ends the life there, and its error is told. `heard` says whether to go on.
 */
function relive(
  system: ExploredSystem,
  moves: readonly Move[],
  endMs: number | undefined,
  heard: (write: number) => boolean,
): { readonly endMs: number; readonly error?: unknown } {
  const heardOf = { goesOn: true };
  const lives = new Lives(system);
  let life = lives.begin();
  try {
    const { cluster } = life;
    cluster.watch(({ atMs, type, object }) => {
      if (!heardOf.goesOn) return;
      const facts = isPod(object) ? JSON.stringify(factsOf(object, cluster.epochMs + atMs)) : "";
      heardOf.goesOn = heard(hash32(`${atMs} ${type} ${JSON.stringify(object)} ${facts}`) | 0);
    });
    life = goThrough(lives, life, moves, () => heardOf.goesOn);
    life = goOn(lives, life, endMs ?? life.cluster.now, () => heardOf.goesOn);
    return { endMs: life.cluster.now };
  } catch (error) {
    if (error instanceof TimeIsUp) throw error;
    return { endMs: life.cluster.now, error };
  }
}

function goThrough(lives: Lives, begun: Life, moves: readonly Move[], goesOn: () => boolean): Life {
  let life = begun;
  for (const move of moves) {
    if (!goesOn()) return life;
    const heads = life.cluster.system.ahead.heads();
    if (move.do === "deliver" && move.nth >= heads.length) continue;
    ({ life } = lives.drive(life, move));
  }
  return life;
}

function goOn(lives: Lives, begun: Life, endMs: number, goesOn: () => boolean): Life {
  let life = begun;
  for (let left = mostDeliveries; left > 0 && goesOn(); left--) {
    const next = life.cluster.system.nextAt();
    if (next === undefined || next > endMs) return life;
    ({ life } = lives.drive(life, { do: "deliver", nth: 0, picks: [] }));
  }
  if (goesOn()) throw new TimeIsUp();
  return life;
}
