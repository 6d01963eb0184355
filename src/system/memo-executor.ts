import type { AnyStateMachine } from "xstate";

import { type ActorTable, notStarted } from "./actor-table.ts";
import type { Actor } from "./composition.ts";
import type { Effects, LocalState } from "./effects.ts";
import { type Executor, failure } from "./executor.ts";
import type { KernelEvent } from "./kernel-event.ts";
import { stepperOf } from "./stepper.ts";

/** Steps through the memo; the actors' table holds the interned local states. */
export class MemoExecutor implements Executor {
  readonly #actors: ActorTable;

  constructor(actors: ActorTable) {
    this.#actors = actors;
  }

  isBegun(actor: Actor): boolean {
    return this.#actors.localOf(actor) !== notStarted;
  }

  begin(actor: Actor, machine: AnyStateMachine, input: unknown, event: KernelEvent): Effects {
    try {
      const step = stepperOf(machine).initial(input);
      this.#actors.setLocal(actor, step.local);
      return step;
    } catch (error) {
      throw failure(error, actor, undefined, event);
    }
  }

  step(actor: Actor, machine: AnyStateMachine, event: KernelEvent): Effects {
    const stepper = stepperOf(machine);
    const before = this.#actors.localOf(actor);
    try {
      const step = stepper.step(before, event);
      this.#actors.setLocal(actor, step.local);
      return step;
    } catch (error) {
      throw failure(error, actor, stepper.stateOf(before).value, event);
    }
  }

  stateOf(actor: Actor, machine: AnyStateMachine): LocalState | undefined {
    return this.isBegun(actor)
      ? stepperOf(machine).stateOf(this.#actors.localOf(actor))
      : undefined;
  }

  /** The table has forgotten it already. */
  end(): void {}

  fork(actors: ActorTable): MemoExecutor {
    return new MemoExecutor(actors);
  }
}
