import {
  type AnyActorLogic,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type ActorScope,
  type AnyTransitionDefinition,
  createActor,
  createMachine,
  type EventObject,
} from "xstate";

import { assert } from "../../machines/assert.ts";
import {
  type Effects,
  type Handled,
  handling,
  isRaise,
  type LocalState,
  timerOf,
  type TimerEffect,
} from "./effects.ts";
import { internEvent, type KernelEvent } from "./kernel-event.ts";

/** All that one event did to one machine in one local state. */
export interface Step extends Effects {
  /** The interned local state afterwards. */
  readonly local: number;
}

/**
 * A machine as a memoised pure function `(local state, event) → step`. XState runs once for each
 * distinct pair; the contract that makes this sound is that machines are pure.
 */
export class Stepper {
  readonly machine: AnyStateMachine;
  readonly #kept = keptScope();
  readonly #snapshots: AnyMachineSnapshot[] = [];
  readonly #memos: Map<KernelEvent, Step>[] = [];
  readonly #locals = new Map<string, number>();
  readonly #initials = new Map<string, Step>();

  constructor(machine: AnyStateMachine) {
    this.machine = machine;
  }

  initial(input: unknown): Step {
    const key = JSON.stringify(input) ?? "";
    let step = this.#initials.get(key);
    if (step === undefined) {
      step = this.#run((scope) => this.machine.getInitialSnapshot(scope, input), "taken");
      this.#initials.set(key, step);
    }
    return step;
  }

  step(local: number, event: KernelEvent): Step {
    const memo = this.#memos[local];
    assert(memo !== undefined, "a local state is interned before it is stepped");
    let step = memo.get(event);
    if (step === undefined) {
      const before = this.#snapshotOf(local);
      const handled = handling(before, event);
      step = this.#run((scope) => this.machine.transition(before, event, scope), handled);
      memo.set(event, step);
    }
    return step;
  }

  /** Every beginning so far, by its input. */
  *begun(): Generator<readonly [unknown, Step]> {
    for (const [key, step] of this.#initials)
      yield [key === "" ? undefined : JSON.parse(key), step];
  }

  /** Every step so far that began in a local state. */
  stepped(local: number): ReadonlyMap<KernelEvent, Step> {
    return this.#memos[local] ?? new Map();
  }

  /** Every local state so far. */
  locals(): Iterable<number> {
    return this.#snapshots.keys();
  }

  stateOf(local: number): LocalState {
    const { value, context, status } = this.#snapshotOf(local);
    return { value, context, status };
  }

  /** Throws when the machine has no such state. */
  intern({ value, context, status }: LocalState): number {
    return this.#intern(this.machine.resolveState({ value, context, status }));
  }

  #run(transition: (scope: Scope) => AnyMachineSnapshot, handled: Handled): Step {
    const { scope, effects, taken } = this.#kept;
    effects.length = 0;
    taken.length = 0;
    const snapshot = transition(scope);
    // What is thrown at an actor's beginning, XState keeps instead of throwing it.
    if (snapshot.status === "error") throw toError(snapshot.error);
    const done = snapshot.status === "done";
    return { local: this.#intern(snapshot), ...sorted(effects), done, handled, taken: [...taken] };
  }

  #intern(snapshot: AnyMachineSnapshot): number {
    const key = JSON.stringify([snapshot.value, snapshot.context, snapshot.status]);
    const known = this.#locals.get(key);
    if (known !== undefined) return known;
    this.#locals.set(key, this.#snapshots.length);
    this.#memos.push(new Map());
    return this.#snapshots.push(snapshot) - 1;
  }

  #snapshotOf(local: number): AnyMachineSnapshot {
    const snapshot = this.#snapshots[local];
    assert(snapshot !== undefined, "a local state is interned before it is read");
    return snapshot;
  }
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** One stepper, and so one memo, for each machine. */
export function stepperOf(machine: AnyStateMachine): Stepper {
  let stepper = steppers.get(machine);
  if (stepper === undefined) {
    stepper = new Stepper(machine);
    steppers.set(machine, stepper);
  }
  return stepper;
}

const steppers = new WeakMap<AnyStateMachine, Stepper>();

interface Effect {
  readonly type: string;
  readonly params: unknown;
}

type Scope = ActorScope<AnyMachineSnapshot, EventObject>;

/** The documented way to host logic in another runtime; one scope serves all steps. */
function keptScope(): { scope: Scope; effects: Effect[]; taken: AnyTransitionDefinition[] } {
  const logic: AnyActorLogic = createMachine({});
  const self = createActor(logic);
  const effects: Effect[] = [];
  const taken: AnyTransitionDefinition[] = [];
  self.system.inspect((inspected) => {
    if (inspected.type !== "@xstate.microstep") return;
    const { _transitions: branches } = inspected;
    taken.push(...branches);
  });
  const scope: Scope = {
    self,
    id: "",
    sessionId: "",
    logger: () => {},
    defer: () => {},
    emit: () => {},
    stopChild: () => {},
    system: self.system,
    actionExecutor: (action) => effects.push(action),
  };
  return { scope, effects, taken };
}

function sorted(effects: readonly Effect[]): Pick<Step, "facts" | "timers"> {
  const facts: KernelEvent[] = [];
  const timers: TimerEffect[] = [];
  for (const { type, params } of effects) {
    if (type === "xstate.emit" && isEmit(params)) facts.push(internEvent(params.event));
    else if (type === "xstate.cancel" && isCancel(params)) timers.push({ cancel: params.sendId });
    else if (type === "xstate.raise" && isRaise(params)) {
      if (params.delay !== undefined) timers.push(timerOf(params.event, params.delay));
    } else throw new Error(`a machine may only assign, emit and raise; it did ${type}`);
  }
  return { facts, timers };
}

function isEmit(params: unknown): params is { readonly event: KernelEvent } {
  return typeof params === "object" && params !== null && "event" in params;
}

function isCancel(params: unknown): params is { readonly sendId: string } {
  return typeof params === "object" && params !== null && "sendId" in params;
}
