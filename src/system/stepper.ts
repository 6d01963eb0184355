import {
  type AnyActorLogic,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type ActorScope,
  createActor,
  createMachine,
  type EventObject,
  getNextTransitions,
} from "xstate";

import { assert } from "../../machines/assert.ts";
import { internEvent, type KernelEvent } from "./kernel-event.ts";

/** A timer that a step set or cancelled. */
export type TimerEffect =
  | {
      readonly set: string;
      readonly fires: KernelEvent;
      /** The delay's name in the chart, or its milliseconds. */
      readonly delay: string;
      readonly delayMs: number;
    }
  | { readonly cancel: string };

/** `taken`: some transition ran; `refused`: a guard said no; `unknown`: no state knows the event. */
export type Handled = "taken" | "refused" | "unknown";

/** All that one event did to one machine in one local state. */
export interface Step {
  /** The interned local state afterwards. */
  readonly local: number;
  readonly facts: readonly KernelEvent[];
  readonly timers: readonly TimerEffect[];
  readonly done: boolean;
  readonly handled: Handled;
}

/** A local state as JSON. */
export interface LocalState {
  readonly value: AnyMachineSnapshot["value"];
  readonly context: unknown;
  readonly status: AnyMachineSnapshot["status"];
}

/**
 * A machine as a memoised pure function `(local state, event) → step`. XState runs once for each
 * distinct pair; the contract that makes this sound is that machines are pure.
 */
export interface Stepper {
  readonly machine: AnyStateMachine;
  initial(input: unknown): Step;
  step(local: number, event: KernelEvent): Step;
  stateOf(local: number): LocalState;
  /** Throws when the machine has no such state. */
  intern(state: LocalState): number;
  /** How often XState itself was called. */
  calls(): number;
}

/** One stepper, and so one memo, for each machine. */
export function stepperOf(machine: AnyStateMachine): Stepper {
  let stepper = steppers.get(machine);
  if (stepper === undefined) {
    stepper = createStepper(machine);
    steppers.set(machine, stepper);
  }
  return stepper;
}

const steppers = new WeakMap<AnyStateMachine, Stepper>();

function createStepper(machine: AnyStateMachine): Stepper {
  const { scope, effects } = keptScope();
  const snapshots: AnyMachineSnapshot[] = [];
  const memos: Map<KernelEvent, Step>[] = [];
  const ids = new Map<string, number>();
  const initials = new Map<string, Step>();
  let calls = 0;

  function intern(snapshot: AnyMachineSnapshot): number {
    const key = JSON.stringify([snapshot.value, snapshot.context, snapshot.status]);
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, snapshots.length);
    memos.push(new Map());
    return snapshots.push(snapshot) - 1;
  }

  function snapshotOf(local: number): AnyMachineSnapshot {
    const snapshot = snapshots[local];
    assert(snapshot !== undefined, "a local state is interned before it is read");
    return snapshot;
  }

  function collected(run: () => AnyMachineSnapshot, handled: Handled): Step {
    calls++;
    effects.length = 0;
    const snapshot = run();
    return {
      local: intern(snapshot),
      ...sorted(effects),
      done: snapshot.status === "done",
      handled,
    };
  }

  return {
    machine,
    calls: () => calls,
    initial(input) {
      const key = JSON.stringify(input) ?? "";
      let step = initials.get(key);
      if (step === undefined) {
        step = collected(() => machine.getInitialSnapshot(scope, input), "taken");
        initials.set(key, step);
      }
      return step;
    },
    step(local, event) {
      const memo = memos[local];
      assert(memo !== undefined, "a local state is interned before it is stepped");
      let step = memo.get(event);
      if (step === undefined) {
        const before = snapshotOf(local);
        const handled = handling(before, event);
        step = collected(() => machine.transition(before, event, scope), handled);
        memo.set(event, step);
      }
      return step;
    },
    stateOf(local) {
      const { value, context, status } = snapshotOf(local);
      return { value, context, status };
    },
    intern: ({ value, context, status }) =>
      intern(machine.resolveState({ value, context, status })),
  };
}

interface Effect {
  readonly type: string;
  readonly params: unknown;
}

type Scope = ActorScope<AnyMachineSnapshot, EventObject>;

/** The documented way to host logic in another runtime; one scope serves all steps. */
function keptScope(): { scope: Scope; effects: Effect[] } {
  const logic: AnyActorLogic = createMachine({});
  const self = createActor(logic);
  const effects: Effect[] = [];
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
  return { scope, effects };
}

function handling(before: AnyMachineSnapshot, event: KernelEvent): Handled {
  if (before.can(event)) return "taken";
  const known = getNextTransitions(before).some((one) => matches(one.eventType, event.type));
  return known ? "refused" : "unknown";
}

function matches(descriptor: string, type: string): boolean {
  if (descriptor === type || descriptor === "*") return true;
  return descriptor.endsWith(".*") && type.startsWith(descriptor.slice(0, -1));
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

/** `xstate.after.<delay>.<state>` is how XState names the event of an `after`. */
function timerOf(event: KernelEvent, delayMs: number): TimerEffect {
  const fires = internEvent(event);
  return { set: event.type, fires, delay: event.type.split(".")[2] ?? "", delayMs };
}

function isEmit(params: unknown): params is { readonly event: KernelEvent } {
  return typeof params === "object" && params !== null && "event" in params;
}

function isRaise(
  params: unknown,
): params is { readonly event: KernelEvent; readonly delay?: number } {
  return isEmit(params);
}

function isCancel(params: unknown): params is { readonly sendId: string } {
  return typeof params === "object" && params !== null && "sendId" in params;
}
