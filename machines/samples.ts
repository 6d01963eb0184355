import type { AnyStateMachine, EventFromLogic, InputFrom } from "xstate";

/** What a machine can be tried with; nothing outside of it behaves in another way. */
export interface Samples<M extends AnyStateMachine> {
  /** Every kind of input that makes a difference; `{}` for a machine that takes none. */
  readonly inputs: readonly InputFrom<M>[];
  /** The alphabet: each event of the chart, with every payload that makes a difference. */
  readonly events: readonly EventFromLogic<M>[];
}
