import { emit, setup } from "xstate";

import { bindingCycleChart } from "../generated/binding-cycle.ts";
import type { Samples } from "../samples.ts";

type BindingCycleEvent = { type: "binding.begun" } | { type: "bind.answered"; isRefused: boolean };

/** Tells the API server on which node a pod shall run. */
export const bindingCycleMachine = setup({
  types: {} as {
    input: Record<never, never>;
    context: Record<never, never>;
    events: BindingCycleEvent;
    emitted: { type: "bind.asked" } | { type: "pod.bound" } | { type: "binding.failed" };
  },
  guards: {
    isRefused: ({ event }) => event.type === "bind.answered" && event.isRefused,
  },
  actions: {
    bind: emit({ type: "bind.asked" }),
    announce: emit({ type: "pod.bound" }),
    fail: emit({ type: "binding.failed" }),
  },
}).createMachine({ ...bindingCycleChart, context: {} });

export const bindingCycleSamples: Samples<typeof bindingCycleMachine> = {
  inputs: [{}],
  events: [
    { type: "binding.begun" },
    { type: "bind.answered", isRefused: false },
    { type: "bind.answered", isRefused: true },
  ],
};
