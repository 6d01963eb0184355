import { assign, emit, type SnapshotFrom, setup } from "xstate";

import type { PodPhase } from "../api/pod-status.ts";
import { podPhaseChart } from "../generated/pod-phase.ts";
import type { Samples } from "../samples.ts";
import { nextPhase, type PhaseObservation } from "./next-phase.ts";

interface PodPhaseContext {
  /** The state's own name; a guard of XState does not see the state it guards. */
  readonly phase: PodPhase;
}

type PodPhaseEvent =
  | ({ type: "statuses.generated" } & PhaseObservation)
  | { type: "pod.condemned" }
  | { type: "phase.written"; phase: PodPhase };

/** The phase that the kubelet has cached for a pod. */
export const podPhaseMachine = setup({
  types: {} as {
    context: PodPhaseContext;
    events: PodPhaseEvent;
    emitted: { type: "phase.computed" | "phase.overridden"; phase: PodPhase };
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
    override: emit((_, { phase }: { phase: PodPhase }) => ({ type: "phase.overridden", phase })),
  },
}).createMachine({ ...podPhaseChart, context: { phase: "Pending" } });

/** The phase that is cached. */
export function phaseOfPod(snapshot: SnapshotFrom<typeof podPhaseMachine>): PodPhase {
  return snapshot.context.phase;
}

const phases: readonly PodPhase[] = ["Pending", "Running", "Succeeded", "Failed", "Unknown"];

/** One container that runs, in a pod that restarts it never. */
const observed = {
  type: "statuses.generated",
  spec: { restartPolicy: "Never", containers: [{ name: "c0" }] },
  statuses: [{ name: "c0", state: { running: {} } }],
  podIsTerminal: false,
  podHasInitialized: true,
  isStatic: false,
  isPastDeadline: false,
  apiPhase: "Pending",
} as const;

export const podPhaseSamples: Samples<typeof podPhaseMachine> = {
  inputs: [{}],
  events: [
    observed,
    { ...observed, statuses: [{ name: "c0", state: { waiting: {} } }] },
    { ...observed, statuses: [{ name: "c0", state: { terminated: { exitCode: 0 } } }] },
    { ...observed, statuses: [{ name: "c0", state: { terminated: { exitCode: 1 } } }] },
    { ...observed, isPastDeadline: true },
    { type: "pod.condemned" },
    { ...observed, apiPhase: "Succeeded" },
    ...phases.map((phase) => ({ type: "phase.written", phase }) as const),
  ],
};
