import { assign, emit, setup } from "xstate";

import { bindingCycleChart } from "../generated/binding-cycle.ts";
import type { Samples } from "../samples.ts";

type BindingCycleEvent =
  /** Whether claims of the pod are to be bound for the node that was found. */
  | { type: "binding.begun"; hasClaims: boolean }
  | { type: "claims.bound"; isRefused: boolean }
  | { type: "bind.answered"; isRefused: boolean };

/** Binds a pod to the node that was found for it. */
export const bindingCycleMachine = setup({
  types: {} as {
    input: Record<never, never>;
    context: { readonly hasClaims: boolean };
    events: BindingCycleEvent;
    emitted:
      | { type: "pod.nominated" }
      | { type: "claims.asked" }
      | { type: "bind.asked" }
      | { type: "pod.bound" }
      | { type: "binding.failed" };
  },
  guards: {
    hasClaims: ({ event }) => event.type === "binding.begun" && event.hasClaims,
    hasNotedClaims: ({ context }) => context.hasClaims,
    isRefused: ({ event }) => "isRefused" in event && event.isRefused,
  },
  actions: {
    noteClaims: assign({ hasClaims: true }),
    noteNoClaims: assign({ hasClaims: false }),
    nominate: emit({ type: "pod.nominated" }),
    bindClaims: emit({ type: "claims.asked" }),
    bind: emit({ type: "bind.asked" }),
    announce: emit({ type: "pod.bound" }),
    fail: emit({ type: "binding.failed" }),
  },
}).createMachine({ ...bindingCycleChart, context: { hasClaims: false } });

export const bindingCycleSamples: Samples<typeof bindingCycleMachine> = {
  inputs: [{}],
  events: [
    { type: "binding.begun", hasClaims: false },
    { type: "binding.begun", hasClaims: true },
    { type: "claims.bound", isRefused: false },
    { type: "claims.bound", isRefused: true },
    { type: "bind.answered", isRefused: false },
    { type: "bind.answered", isRefused: true },
  ],
};
