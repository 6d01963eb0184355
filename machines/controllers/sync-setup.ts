import { emit, setup } from "xstate";

/** What a controller's chart hears; a step is one of its own or the end of the sync. */
export type SyncEvent<Step extends string> =
  | { type: "sync.asked" }
  | { type: "step.found"; step: Step; afterMs: number }
  | { type: "calls.answered" };

/** What all charts of controllers' syncs have in common: they differ in their steps and ends. */
function begunSetup<Step extends string>() {
  return setup({
    types: {} as {
      input: Record<never, never>;
      context: Record<never, never>;
      events: SyncEvent<Step>;
      emitted:
        | { type: "sync.begun" }
        | { type: "calls.sent" }
        | { type: "answers.taken" }
        | { type: "sync.succeeded" }
        | { type: "sync.postponed"; afterMs: number }
        | { type: "sync.failed" };
    },
    guards: {
      is: ({ event }, { step }: { step: Step }) =>
        event.type === "step.found" && event.step === step,
    },
    actions: {
      begin: emit({ type: "sync.begun" }),
      send: emit({ type: "calls.sent" }),
      take: emit({ type: "answers.taken" }),
      succeed: emit({ type: "sync.succeeded" }),
    },
  });
}

/** A sync that what was refused brings back. */
export function syncSetup<Step extends string>() {
  return begunSetup<Step>().extend({ actions: { fail: emit({ type: "sync.failed" }) } });
}

/** The same where it may know of a time at which there will be something to do. */
export function postponingSyncSetup<Step extends string>() {
  return passSetup<Step>().extend({ actions: { fail: emit({ type: "sync.failed" }) } });
}

/** A pass over all objects, which leaves what is refused to the next one. */
export function passSetup<Step extends string>() {
  return begunSetup<Step>().extend({
    actions: {
      postpone: emit(({ event }) => ({
        type: "sync.postponed",
        afterMs: event.type === "step.found" ? event.afterMs : 0,
      })),
    },
  });
}

/** The alphabet of such a chart: each step, a postponed one with its time, and the rest. */
export function syncSamples<Step extends string>(steps: readonly Step[], postponedMs = 0) {
  const found = steps.map((step): SyncEvent<Step> => {
    return { type: "step.found", step, afterMs: step === "postponed" ? postponedMs : 0 };
  });
  const asked: SyncEvent<Step> = { type: "sync.asked" };
  const answered: SyncEvent<Step> = { type: "calls.answered" };
  return { inputs: [{}], events: [asked, ...found, answered] };
}
