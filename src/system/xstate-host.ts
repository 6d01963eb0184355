import {
  type Actor as ActorRef,
  type ActorOptions,
  type AnyActorRef,
  type AnyStateMachine,
  createActor,
  fromTransition,
  type InspectionEvent,
} from "xstate";

import { assert } from "../../machines/assert.ts";
import { type Actor, addressOf } from "./composition.ts";
import {
  type Effects,
  type Handled,
  handling,
  isRaise,
  type LocalState,
  type SetTimer,
  timerOf,
  type TimerEffect,
} from "./effects.ts";
import { type Executor, failure } from "./executor.ts";
import { internEvent, type KernelEvent } from "./kernel-event.ts";

/** An actor of a system as a running XState actor. */
interface Live {
  readonly ref: ActorRef<AnyStateMachine>;
  /** What XState's scheduler wants called when a timer is due, by the timer's key. */
  readonly timers: Map<string, () => void>;
}

/** What XState's clock hands out for a timer. */
interface Timeout {
  readonly live: Live;
  readonly key: string;
}

export interface XStateHostOptions {
  /** As in XState's `createActor`: it is told of the cluster, of its actors and of all they do. */
  readonly inspect?: ActorOptions<typeof parent>["inspect"];
}

/**
 * Hosts the machines of one cluster as live actors of one XState system, each under its address as
 * `systemId`. They can be heard and inspected, but not forked; only the cluster sends to them.
 */
export class XStateHost implements Executor {
  readonly #root: ActorRef<typeof parent>;
  readonly #actors = new Map<Actor, Live>();
  /** The actor that makes a step, and what the step has done so far. */
  #stepping: Live | undefined;
  #facts: KernelEvent[] = [];
  #timers: TimerEffect[] = [];
  /** Timers that inspectors were told of and that the clock is about to be asked for. */
  #announced: SetTimer[] = [];

  constructor({ inspect }: XStateHostOptions = {}) {
    this.#root = createActor(parent, {
      id: "cluster",
      clock: {
        setTimeout: (fire: () => void) => this.#set(fire),
        clearTimeout: (timeout: Timeout) => this.#clear(timeout),
      },
      ...(inspect === undefined ? {} : { inspect }),
    });
    this.#root.system.inspect((event) => this.#hear(event));
    this.#root.start();
  }

  /** XState's own: `get("podPhase/default/web")`, `getAll()`, `inspect(…)`. */
  get system(): AnyActorRef["system"] {
    return this.#root.system;
  }

  isBegun(actor: Actor): boolean {
    return this.#actors.has(actor);
  }

  begin(actor: Actor, machine: AnyStateMachine, input: unknown, event: KernelEvent): Effects {
    const options = { parent: this.#root, systemId: addressOf(actor), input };
    const live: Live = { ref: createActor(machine, options), timers: new Map() };
    this.#actors.set(actor, live);
    live.ref.on("*", (fact) => this.#emitted(fact));
    const effects = this.#effectsOf(live, "taken", () => live.ref.start());
    const snapshot = live.ref.getSnapshot();
    if (snapshot.status === "error") throw failure(snapshot.error, actor, undefined, event);
    return effects;
  }

  step(actor: Actor, _: AnyStateMachine, event: KernelEvent): Effects {
    const live = this.#liveOf(actor);
    const before = live.ref.getSnapshot();
    try {
      const effects = this.#effectsOf(live, handling(before, event), () => deliver(live, event));
      const after = live.ref.getSnapshot();
      if (after.status === "error") throw after.error;
      return effects;
    } catch (error) {
      throw failure(error, actor, before.value, event);
    }
  }

  stateOf(actor: Actor): LocalState | undefined {
    const live = this.#actors.get(actor);
    if (live === undefined) return undefined;
    const { value, context, status } = live.ref.getSnapshot();
    return { value, context, status };
  }

  end(actor: Actor): void {
    const live = this.#actors.get(actor);
    if (live === undefined) return;
    this.#root.send({ type: "actor.ended", ref: live.ref });
    this.#actors.delete(actor);
  }

  fork(): never {
    throw new Error("live actors cannot be forked: leave the host out");
  }

  /** What is emitted and set meanwhile is only queued: nobody is sent anything yet. */
  #effectsOf(live: Live, handled: Handled, act: () => void): Effects {
    [this.#facts, this.#timers, this.#announced] = [[], [], []];
    this.#stepping = live;
    act();
    this.#stepping = undefined;
    const done = live.ref.getSnapshot().status === "done";
    return { facts: this.#facts, timers: this.#timers, done, handled };
  }

  #liveOf(actor: Actor): Live {
    const live = this.#actors.get(actor);
    assert(live !== undefined, "an actor begins before it steps");
    return live;
  }

  #emitted(fact: KernelEvent): void {
    assert(this.#stepping !== undefined, "only the cluster sends to its actors");
    this.#facts.push(internEvent(fact));
  }

  #hear(event: InspectionEvent): void {
    if (event.type !== "@xstate.action" || event.action.type !== "xstate.raise") return;
    const { params } = event.action;
    if (!isRaise(params) || params.delay === undefined) return;
    this.#announced.push(timerOf(params.event, params.delay));
  }

  #set(fire: () => void): Timeout {
    const [live, timer] = [this.#stepping, this.#announced.shift()];
    assert(live !== undefined && timer !== undefined, "only the cluster sends to its actors");
    this.#timers.push(timer);
    live.timers.set(timer.set, fire);
    return { live, key: timer.set };
  }

  #clear({ live, key }: Timeout): void {
    live.timers.delete(key);
    this.#timers.push({ cancel: key });
  }
}

/** A timer that is due goes to its actor through XState's own scheduler. */
function deliver({ ref, timers }: Live, event: KernelEvent): void {
  const fire = timers.get(event.type);
  if (fire === undefined) return ref.send(event);
  timers.delete(event.type);
  fire();
}

type ParentEvent = { readonly type: "actor.ended"; readonly ref: AnyActorRef };

/** Every actor's parent, which alone may stop it. */
const parent = fromTransition((state: null, event: ParentEvent, { stopChild }) => {
  if (event.type === "actor.ended") stopChild(event.ref);
  return state;
}, null);
