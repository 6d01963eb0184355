import { assign, emit, setup } from "xstate";

import { leaderElectionChart } from "../../generated/leader-election.ts";
import type { Samples } from "../../samples.ts";
import { timed } from "../../timed.ts";
import { renewDeadlineMs, retryPeriodMs } from "./leader-election.ts";

/** What an attempt wants to do next, or how it has ended. */
export type LeaderElectionStep = "read" | "write" | "succeeded" | "failed";

interface LeaderElectionInput {
  /** kube-scheduler does, kube-controller-manager does not. */
  readonly releasesOnCancel: boolean;
}

interface LeaderElectionContext extends LeaderElectionInput {
  /** How long a candidate waits. */
  readonly retryMs: number;
}

type LeaderElectionEvent =
  | { type: "component.started" }
  | { type: "component.stopped" }
  | { type: "component.killed" }
  | { type: "step.found"; step: LeaderElectionStep; afterMs: number }
  | { type: "calls.answered" };

/** Of several processes that could all do the same one leads, and the others wait. */
export const leaderElectionMachine = setup({
  types: {} as {
    input: LeaderElectionInput;
    context: LeaderElectionContext;
    events: LeaderElectionEvent;
    emitted:
      | { type: "sync.begun"; does: "attempt" | "release" }
      | { type: "calls.sent" }
      | { type: "answers.taken" }
      | { type: "attempt.ended" }
      | { type: "leading.begun" }
      | { type: "leading.ended" }
      | { type: "candidacy.ended" }
      | { type: "process.exited" };
  },
  guards: {
    is: ({ event }, { step }: { step: LeaderElectionStep }) =>
      event.type === "step.found" && event.step === step,
    releasesOnCancel: ({ context }) => context.releasesOnCancel,
  },
  actions: {
    attempt: emit({ type: "sync.begun", does: "attempt" }),
    release: emit({ type: "sync.begun", does: "release" }),
    send: emit({ type: "calls.sent" }),
    take: emit({ type: "answers.taken" }),
    endAttempt: emit({ type: "attempt.ended" }),
    lead: emit({ type: "leading.begun" }),
    stopLeading: emit({ type: "leading.ended" }),
    quit: emit({ type: "candidacy.ended" }),
    exit: emit({ type: "process.exited" }),
    noteTime: assign(({ event }) =>
      event.type === "step.found" ? { retryMs: event.afterMs } : {},
    ),
  },
  delays: {
    retry: timed("retryMs ms", ({ context }) => context.retryMs),
    retryPeriod: timed("2 s", () => retryPeriodMs),
    renewDeadline: timed("10 s", () => renewDeadlineMs),
  },
}).createMachine({
  ...leaderElectionChart,
  context: ({ input }) => ({ ...input, retryMs: 0 }),
});

export const leaderElectionSamples: Samples<typeof leaderElectionMachine> = {
  inputs: [{ releasesOnCancel: true }, { releasesOnCancel: false }],
  events: [
    { type: "component.started" },
    { type: "step.found", step: "read", afterMs: 0 },
    { type: "step.found", step: "write", afterMs: 0 },
    { type: "step.found", step: "succeeded", afterMs: 0 },
    { type: "step.found", step: "failed", afterMs: 3_200 },
    { type: "calls.answered" },
    { type: "component.stopped" },
    { type: "component.killed" },
  ],
};
