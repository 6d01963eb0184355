import {
  type ActorLogic,
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createMachine,
} from "xstate";

import type { KubeEvent } from "../../machines/api/event.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import { assert } from "../../machines/assert.ts";
import type { PodFacts } from "../explore/step-facts.ts";

/** What is known of a state: all objects there are then, and what the step into it did. */
export interface StateMeta {
  /** Virtual milliseconds. */
  readonly atMs: number;
  /** What a user or a fault did in the step into this state. */
  readonly did?: string;
  /** All objects but Events. */
  readonly objects: readonly KubeObject[];
  /** Those of them that the step into this state has written. */
  readonly changed: readonly KubeObject[];
  /** Kinds and keys of those that it has removed: `Pod default/web`. */
  readonly deleted: readonly string[];
  /** The Events that it has recorded. */
  readonly events: readonly KubeEvent[];
  /** The column STATUS of each pod, by `namespace/name`. */
  readonly status: Readonly<Record<string, string>>;
  /** What holds of each pod, by `namespace/name`. */
  readonly facts: Readonly<Record<string, PodFacts>>;
  /** Names of the branches that the step into this state has taken. */
  readonly covers: readonly string[];
}

/** A step between two states: `type` is the delivery's, or what a user or a fault does. */
export interface FlatEvent {
  readonly type: string;
  /** Every move of it, as `kubechart replay --moves` takes them. */
  readonly moves: string;
  /** What the environment was asked, and what it picked. */
  readonly choices?: Readonly<Record<string, string>>;
}

export interface FlatGraph {
  /** The first one is where everything begins. */
  readonly states: readonly { readonly key: string; readonly meta: StateMeta }[];
  /** From and to are places among the states; no two of one state have the same moves. */
  readonly edges: readonly {
    readonly from: number;
    readonly to: number;
    readonly event: FlatEvent;
  }[];
}

/** A state of a flat machine, as XState knows it, with what is known of it. */
export type FlatState = AnyMachineSnapshot & { readonly meta: StateMeta };

export type FlatLogic = AnyStateMachine & ActorLogic<FlatState, FlatEvent, unknown>;

/**
 * Explored behaviour as a machine of atomic states side by side, without actions and delays: the
 * form that `@xstate/test` takes. Its guards tell apart events of one type by their moves.
 */
export function flatMachine({ states, edges }: FlatGraph): FlatLogic {
  const metas = new Map(states.map(({ key, meta }) => [key, meta]));
  const out = grouped(edges, ({ from }) => from);
  const machine: AnyStateMachine = createMachine({
    id: "system",
    initial: keyAt(states, 0),
    states: Object.fromEntries(
      states.map(({ key, meta }, from) => {
        return [key, { meta, on: transitionsOf(out.get(from) ?? [], states) }];
      }),
    ),
  });
  const told = (snapshot: AnyMachineSnapshot): FlatState => {
    const meta = metas.get(String(snapshot.value));
    assert(meta !== undefined, "a flat machine is in one of its states");
    return Object.assign(snapshot, { meta });
  };
  const { transition, getInitialSnapshot, restoreSnapshot } = machine;
  return Object.assign(machine, {
    transition: (...args: Parameters<typeof transition>) => told(transition(...args)),
    getInitialSnapshot: (scope: Parameters<typeof getInitialSnapshot>[0]) =>
      told(getInitialSnapshot(scope)),
    restoreSnapshot: (...args: Parameters<typeof restoreSnapshot>) =>
      told(restoreSnapshot.apply(machine, args)),
  });
}

function transitionsOf(edges: FlatGraph["edges"], states: FlatGraph["states"]) {
  const byType = grouped(edges, ({ event }) => event.type);
  return Object.fromEntries(
    [...byType].map(([type, same]) => [
      type,
      same.map(({ to, event: { moves } }) => ({
        target: keyAt(states, to),
        guard: ({ event }: { readonly event: AnyEventObject }) => event["moves"] === moves,
      })),
    ]),
  );
}

function keyAt(states: FlatGraph["states"], at: number): string {
  const state = states[at];
  assert(state !== undefined, "an edge leads to one of the states");
  return state.key;
}

function grouped<T, K>(all: readonly T[], keyOf: (one: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}
