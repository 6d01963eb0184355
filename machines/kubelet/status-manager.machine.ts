import { assign, emit, setup } from "xstate";

import { isPodPhaseTerminal, type PodPhase } from "../api/pod-status.ts";
import { statusManagerChart } from "../generated/status-manager.ts";
import type { Samples } from "../samples.ts";

interface StatusGenerated {
  readonly type: "status.generated";
  readonly phase: PodPhase;
  /** SetPodStatus found something new in it. */
  readonly isUpdate: boolean;
  /** The worker has not reported every container stopped. */
  readonly couldHaveRunningContainers: boolean;
  /** The network plugin is ready, or the pod is in the host's network. */
  readonly networkIsReady: boolean;
}

interface StatusCompared {
  readonly type: "status.compared";
  /** What the API shows is not what the kubelet has said. */
  readonly isDifferent: boolean;
  /** The phase that a PATCH would leave there. */
  readonly phase: PodPhase;
}

interface StatusManagerContext {
  /** The phase at the API, as far as this kubelet has written it. */
  readonly phase: PodPhase;
}

type StatusManagerEvent =
  | StatusGenerated
  | StatusCompared
  | { type: "probe.changed" }
  | { type: "pod.terminated"; phase: PodPhase }
  | { type: "phase.written"; phase: PodPhase };

/** The phase of a pod at the API. */
export const statusManagerMachine = setup({
  types: {} as {
    context: StatusManagerContext;
    events: StatusManagerEvent;
    emitted:
      | { type: "status.staged" }
      | { type: "readiness.staged" }
      | { type: "termination.staged" }
      | { type: "status.patched"; phase: PodPhase | "withheld" }
      | { type: "status.set"; isTerminal: boolean; networkIsReady: boolean }
      | { type: "pod.deleteRequested" };
  },
  guards: {
    isWritten: ({ event }, { phase }: { phase: PodPhase }) =>
      event.type === "phase.written" && event.phase === phase,
    isUnchanged: ({ event }) => event.type === "status.generated" && !event.isUpdate,
    isWithheld: ({ context, event }) =>
      event.type === "status.generated" &&
      event.couldHaveRunningContainers &&
      isPodPhaseTerminal(event.phase) &&
      !isPodPhaseTerminal(context.phase),
    becomes: ({ event }, { phase }: { phase: PodPhase }) =>
      event.type === "status.generated" && event.phase === phase,
    isShown: ({ event }) => event.type === "status.compared" && !event.isDifferent,
    restores: ({ event }, { phase }: { phase: PodPhase }) =>
      event.type === "status.compared" && event.phase === phase,
    endsFailed: ({ event }) => event.type === "pod.terminated" && event.phase !== "Succeeded",
  },
  actions: {
    remember: assign((_, { phase }: { phase: PodPhase }) => ({ phase })),
    stage: emit({ type: "status.staged" }),
    stageReadiness: emit({ type: "readiness.staged" }),
    stageTermination: emit({ type: "termination.staged" }),
    patch: emit((_, { phase }: { phase: PodPhase }) => ({ type: "status.patched", phase })),
    patchWithheld: emit({ type: "status.patched", phase: "withheld" }),
    answer: emit(({ event }) => ({
      type: "status.set",
      isTerminal: event.type === "status.generated" && isPodPhaseTerminal(event.phase),
      networkIsReady: event.type === "status.generated" && event.networkIsReady,
    })),
    requestDelete: emit({ type: "pod.deleteRequested" }),
  },
}).createMachine({ ...statusManagerChart, context: { phase: "Pending" } });

const phases: readonly PodPhase[] = ["Pending", "Running", "Succeeded", "Failed", "Unknown"];

const generated = {
  type: "status.generated",
  isUpdate: true,
  couldHaveRunningContainers: false,
  networkIsReady: true,
} as const;

export const statusManagerSamples: Samples<typeof statusManagerMachine> = {
  inputs: [{}],
  events: [
    ...phases.flatMap((phase) => [
      { ...generated, phase },
      { ...generated, phase, isUpdate: false },
      { ...generated, phase, couldHaveRunningContainers: true },
      { type: "pod.terminated", phase } as const,
      { type: "phase.written", phase } as const,
      { type: "status.compared", isDifferent: true, phase } as const,
    ]),
    { ...generated, phase: "Running", networkIsReady: false },
    { type: "status.compared", isDifferent: false, phase: "Running" },
    { type: "probe.changed" },
  ],
};
