import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  initialTransition,
  transition,
} from "xstate";

import { passedBound } from "../../src/explore/bounds.ts";
import { horizonsOf } from "../../src/explore/horizons.ts";
import { Lives } from "../../src/explore/life.ts";
import type { ExploredSystem } from "../../src/explore/system-file.ts";
import type { Actor } from "../../src/system/composition.ts";
import {
  type Effects,
  handling,
  isRaise,
  type TimerEffect,
  timerOf,
} from "../../src/system/effects.ts";
import type { Executor } from "../../src/system/executor.ts";
import type { KernelEvent } from "../../src/system/kernel-event.ts";
import { textOf } from "./naive-form.ts";

/** Breadth first over written-out clusters; XState makes every step anew. */
export function exploreNaively(system: ExploredSystem): readonly [states: number, edges: number] {
  const lives = new Lives(system, new PlainExecutor());
  const horizons = horizonsOf(system);
  const isSorted =
    system.open.deliveries === "any order" && system.bounds.overtakings === undefined;
  const first = lives.begin();
  const seen = new Set([textOf(first, horizons, isSorted)]);
  const waiting = [first];
  let edges = 0;
  for (let life = waiting.shift(); life !== undefined; life = waiting.shift()) {
    if (lives.isOver(life)) continue;
    for (const { life: next } of lives.outcomes(life)) {
      if (passedBound(next, system.bounds) !== undefined) continue;
      edges++;
      const text = textOf(next, horizons, isSorted);
      if (seen.has(text)) continue;
      seen.add(text);
      waiting.push(next);
    }
  }
  return [seen.size, edges];
}

/** Keeps snapshots as they are and asks XState's public functions for the next ones. */
export class PlainExecutor implements Executor {
  readonly #snapshots: Map<Actor, AnyMachineSnapshot>;

  constructor(snapshots = new Map<Actor, AnyMachineSnapshot>()) {
    this.#snapshots = snapshots;
  }

  isBegun(actor: Actor): boolean {
    return this.#snapshots.has(actor);
  }

  begin(actor: Actor, machine: AnyStateMachine, input: unknown): Effects {
    return this.#keep(actor, initialTransition(machine, input), "taken");
  }

  step(actor: Actor, machine: AnyStateMachine, event: KernelEvent): Effects {
    const before = this.#snapshots.get(actor);
    if (before === undefined) throw new Error("an actor begins before it steps");
    return this.#keep(actor, transition(machine, before, event), handling(before, event));
  }

  stateOf(actor: Actor) {
    const snapshot = this.#snapshots.get(actor);
    if (snapshot === undefined) return undefined;
    const { value, context, status } = snapshot;
    return { value, context, status };
  }

  end(actor: Actor): void {
    this.#snapshots.delete(actor);
  }

  fork(): PlainExecutor {
    return new PlainExecutor(new Map(this.#snapshots));
  }

  #keep(
    actor: Actor,
    [snapshot, actions]: readonly [AnyMachineSnapshot, readonly Action[]],
    handled: Effects["handled"],
  ): Effects {
    this.#snapshots.set(actor, snapshot);
    const facts = actions.flatMap(({ type, params }) =>
      type === "xstate.emit" ? factIn(params) : [],
    );
    const timers = actions.flatMap(({ type, params }): readonly TimerEffect[] => {
      if (type === "xstate.cancel") return [{ cancel: textAt(params, "sendId") }];
      const isTimer = type === "xstate.raise" && isRaise(params) && params.delay !== undefined;
      return isTimer && isRaise(params) ? [timerOf(params.event, params.delay ?? 0)] : [];
    });
    return { facts, timers, done: snapshot.status === "done", handled };
  }
}

interface Action {
  readonly type: string;
  readonly params?: unknown;
}

function factIn(params: unknown): readonly KernelEvent[] {
  return isRaise(params) ? [params.event] : [];
}

function textAt(value: unknown, key: string): string {
  return typeof value === "object" && value !== null
    ? String(Object.entries(value).find(([name]) => name === key)?.[1])
    : "";
}
