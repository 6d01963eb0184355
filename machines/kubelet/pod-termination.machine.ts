import { assign, emit, setup } from "xstate";

import { podTerminationChart } from "../generated/pod-termination.ts";
import type { Samples } from "../samples.ts";

interface PodTerminationContext {
  /** null: the pod completed by itself, so the runtime uses the spec's. */
  readonly gracePeriodSeconds: number | null;
}

type PodTerminationEvent =
  | { type: "termination.requested"; gracePeriodSeconds: number | null }
  | { type: "cleanUp.requested" }
  | { type: "status.set" }
  | { type: "pod.killed"; outcome: "ok" | "failed" }
  | { type: "volumes.observed"; areUnmounted: boolean };

/** Brings a pod to its end: SyncTerminatingPod, then SyncTerminatedPod. */
export const podTerminationMachine = setup({
  types: {} as {
    context: PodTerminationContext;
    events: PodTerminationEvent;
    emitted:
      | { type: "status.requested"; podIsTerminal: boolean }
      | { type: "probes.stopped" }
      | { type: "probes.removed" }
      | { type: "pod.killRequested"; gracePeriodSeconds: number | null }
      | { type: "termination.ended"; outcome: "stopped" | "failed" }
      | { type: "volumes.unmountRequested" }
      | { type: "pod.terminated" }
      | { type: "pod.cleanedUp" }
      | { type: "event.recorded"; reason: "FailedKillPod" };
  },
  guards: {
    killFailed: ({ event }) => event.type === "pod.killed" && event.outcome === "failed",
    volumesAreUnmounted: ({ event }) => event.type === "volumes.observed" && event.areUnmounted,
  },
  actions: {
    rememberGrace: assign({
      gracePeriodSeconds: ({ event }) =>
        event.type === "termination.requested" ? event.gracePeriodSeconds : null,
    }),
    requestStatus: emit((_, { podIsTerminal }: { podIsTerminal: boolean }) => ({
      type: "status.requested",
      podIsTerminal,
    })),
    stopProbes: emit({ type: "probes.stopped" }),
    removeProbes: emit({ type: "probes.removed" }),
    killPod: emit(({ context: { gracePeriodSeconds } }) => ({
      type: "pod.killRequested",
      gracePeriodSeconds,
    })),
    end: emit((_, { outcome }: { outcome: "stopped" | "failed" }) => ({
      type: "termination.ended",
      outcome,
    })),
    unmountVolumes: emit({ type: "volumes.unmountRequested" }),
    reportTerminated: emit({ type: "pod.terminated" }),
    reportCleanedUp: emit({ type: "pod.cleanedUp" }),
    record: emit((_, { reason }: { reason: "FailedKillPod" }) => ({
      type: "event.recorded",
      reason,
    })),
  },
}).createMachine({ ...podTerminationChart, context: { gracePeriodSeconds: null } });

export const podTerminationSamples: Samples<typeof podTerminationMachine> = {
  inputs: [{}],
  events: [
    { type: "termination.requested", gracePeriodSeconds: 30 },
    { type: "termination.requested", gracePeriodSeconds: null },
    { type: "cleanUp.requested" },
    { type: "status.set" },
    { type: "pod.killed", outcome: "ok" },
    { type: "pod.killed", outcome: "failed" },
    { type: "volumes.observed", areUnmounted: true },
    { type: "volumes.observed", areUnmounted: false },
  ],
};
