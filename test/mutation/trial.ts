import type { AnyStateMachine } from "xstate";

import { type Life, Lives, type Move } from "../../src/explore/life.ts";
import type { Path } from "../../src/explore/path.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";

/** A path, and what the API showed while it was lived: each write, in a number. */
export interface Expectation {
  readonly system: ExploredSystem;
  readonly moves: readonly Move[];
  readonly endMs: number;
  readonly writes: Int32Array;
  /** Machines that take part, by id. */
  readonly machines: ReadonlySet<string>;
  /** Branches that are taken, without their places. */
  readonly abouts: ReadonlySet<string>;
}

export function expectationOf(
  system: ExploredSystem,
  path: Pick<Path, "moves" | "endMs" | "taken">,
  abouts: ReadonlySet<string>,
): Expectation {
  const { moves, endMs } = path;
  const writes: number[] = [];
  const broke = relive(system, moves, endMs, (write) => {
    writes.push(write);
    return true;
  });
  if (broke !== undefined) throw new Error(`${system.name} breaks off`, { cause: broke });
  const machines = new Set(path.taken.map(({ machine }) => machine));
  return { system, moves, endMs, writes: Int32Array.from(writes), machines, abouts };
}

/** Whether a cluster with that machine shows something else on the same path. */
export function isKilled(
  { system, moves, endMs, writes }: Expectation,
  id: string,
  machine: AnyStateMachine,
): boolean {
  let seen = 0;
  let isOther = false;
  relive({ ...system, instead: { [id]: machine } }, moves, endMs, (write) => {
    isOther ||= writes[seen++] !== write;
    return !isOther;
  });
  return isOther || seen !== writes.length;
}

/** Deliveries that follow each other without end would hang. */
const mostDeliveries = 20_000;

/**
 * Makes these moves, leaving out those that cannot be made any more, and goes on until then.
 * A machine that breaks ends the life there, and its error is the result. `heard` says whether to
 * go on.
 */
function relive(
  system: ExploredSystem,
  moves: readonly Move[],
  endMs: number,
  heard: (write: number) => boolean,
): unknown {
  const heardOf = { goesOn: true };
  try {
    const lives = new Lives(system);
    const life = lives.begin();
    life.cluster.watch(({ atMs, type, object }) => {
      if (!heardOf.goesOn) return;
      heardOf.goesOn = heard(hashOf(`${atMs} ${type} ${JSON.stringify(object)}`));
    });
    goThrough(lives, life, moves, endMs, () => heardOf.goesOn);
    return undefined;
  } catch (error) {
    return error;
  }
}

function goThrough(
  lives: Lives,
  begun: Life,
  moves: readonly Move[],
  endMs: number,
  goesOn: () => boolean,
): void {
  let life = begun;
  for (const move of moves) {
    if (!goesOn()) return;
    const heads = life.cluster.system.ahead.heads();
    if (move.do === "deliver" && move.nth >= heads.length) continue;
    ({ life } = lives.drive(life, move));
  }
  for (let left = mostDeliveries; left > 0 && goesOn(); left--) {
    const next = life.cluster.system.nextAt();
    if (next === undefined || next > endMs) return;
    ({ life } = lives.drive(life, { do: "deliver", nth: 0, picks: [] }));
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash;
}
