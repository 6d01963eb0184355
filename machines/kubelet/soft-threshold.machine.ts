import { emit, setup } from "xstate";

import { softThresholdChart } from "../generated/soft-threshold.ts";
import type { Samples } from "../samples.ts";
import { timed } from "../timed.ts";
import type { ThresholdLevel } from "./eviction-pass.ts";
import type { EvictionSignal } from "./eviction-signals.ts";

export interface SoftThresholdInput {
  readonly signal: EvictionSignal;
  readonly gracePeriodMs: number;
  /** For containerfs, from the file system that it lies on. */
  readonly isDerived: boolean;
}

type SoftThresholdEvent = { type: "threshold.observed"; level: ThresholdLevel };

/** How long a soft threshold has been crossed, pass by pass. */
export const softThresholdMachine = setup({
  types: {} as {
    input: SoftThresholdInput;
    context: SoftThresholdInput;
    events: SoftThresholdEvent;
    emitted:
      | { type: "gracePeriod.ended"; signal: EvictionSignal }
      | { type: "gracePeriod.forgotten"; signal: EvictionSignal };
  },
  guards: {
    isDerived: ({ context }) => context.isDerived,
    isAt: ({ event }, { level }: { level: ThresholdLevel }) => event.level === level,
  },
  actions: {
    reportEnd: emit(({ context: { signal } }) => ({ type: "gracePeriod.ended", signal })),
    reportForgotten: emit(({ context: { signal } }) => ({
      type: "gracePeriod.forgotten",
      signal,
    })),
  },
  delays: {
    gracePeriod: timed("gracePeriodMs ms", ({ context }) => context.gracePeriodMs),
  },
}).createMachine({
  ...softThresholdChart,
  context: ({ input }) => input,
});

export const softThresholdSamples: Samples<typeof softThresholdMachine> = {
  inputs: [
    { signal: "memory.available", gracePeriodMs: 90_000, isDerived: false },
    { signal: "containerfs.available", gracePeriodMs: 30_000, isDerived: true },
  ],
  events: [
    { type: "threshold.observed", level: "met" },
    { type: "threshold.observed", level: "reclaiming" },
    { type: "threshold.observed", level: "satisfied" },
  ],
};
