import { assign, emit, type SnapshotFrom, setup } from "xstate";

import type { PodPhase } from "../api/pod-status.ts";
import { podPhaseChart } from "../generated/pod-phase.ts";
import { nextPhase, type PhaseObservation } from "./next-phase.ts";

interface PodPhaseContext {
  /** The state's own name; a guard of XState does not see the state it guards. */
  readonly phase: PodPhase;
}

type PodPhaseEvent =
  | ({ type: "statuses.generated" } & PhaseObservation)
  | { type: "phase.written"; phase: PodPhase };

/** The phase that the kubelet has cached for a pod. */
export const podPhaseMachine = setup({
  types: {} as {
    context: PodPhaseContext;
    events: PodPhaseEvent;
    emitted: { type: "phase.computed"; phase: PodPhase };
  },
  guards: {
    becomes: ({ context, event }, { phase }: { phase: PodPhase }) =>
      event.type === "statuses.generated" && nextPhase(context.phase, event) === phase,
    isWritten: ({ event }, { phase }: { phase: PodPhase }) =>
      event.type === "phase.written" && event.phase === phase,
  },
  actions: {
    remember: assign((_, { phase }: { phase: PodPhase }) => ({ phase })),
    report: emit((_, { phase }: { phase: PodPhase }) => ({ type: "phase.computed", phase })),
  },
}).createMachine({ ...podPhaseChart, context: { phase: "Pending" } });

/** The phase that is cached. */
export function phaseOfPod(snapshot: SnapshotFrom<typeof podPhaseMachine>): PodPhase {
  return snapshot.context.phase;
}
