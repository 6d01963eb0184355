import type { PodPhase } from "../api/pod-status.ts";
import { getPhase, type PhaseSpec, type PhaseStatus } from "./pod-phase.ts";

/** All that decides about the next phase besides the phase that is cached. */
export interface PhaseObservation {
  readonly spec: PhaseSpec;
  readonly statuses: readonly PhaseStatus[];
  readonly podIsTerminal: boolean;
  readonly podHasInitialized: boolean;
  /** A static pod takes no terminal shortcut. */
  readonly isStatic: boolean;
  /** A deadline has passed: forced in every generation. */
  readonly isPastDeadline: boolean;
  /** An eviction, preemption or shutdown writes Failed over this one generation. */
  readonly isCondemned: boolean;
  readonly apiPhase: PodPhase;
}

/**
 * The phase after this generation: getPhase's, kept back from leaving a terminal one, forced by a
 * sync handler, and never another than a terminal one at the API. An eviction is applied last.
 * pkg/kubelet/kubelet_pods.go generateAPIPodStatus
 */
export function nextPhase(cached: PodPhase, observed: PhaseObservation): PodPhase {
  if (observed.isCondemned) return "Failed";
  const { apiPhase } = observed;
  const sticky = stickyPhase(computedPhase(observed), cached, apiPhase);
  const forced = observed.isPastDeadline ? "Failed" : sticky;
  return isTerminalPhase(apiPhase) ? apiPhase : forced;
}

/** A phase that is not terminal gives way to a terminal one that is cached, else at the API. */
export function stickyPhase(
  computed: PodPhase,
  cached: PodPhase | undefined,
  apiPhase: PodPhase | undefined,
): PodPhase {
  if (isTerminalPhase(computed)) return computed;
  if (cached !== undefined && isTerminalPhase(cached)) return cached;
  return apiPhase !== undefined && isTerminalPhase(apiPhase) ? apiPhase : computed;
}

export function isTerminalPhase(phase: PodPhase | undefined): boolean {
  return phase === "Failed" || phase === "Succeeded";
}

function computedPhase(observed: PhaseObservation): PodPhase {
  const { spec, statuses, podIsTerminal, podHasInitialized, isStatic } = observed;
  return getPhase({ spec }, statuses, podIsTerminal && !isStatic, podHasInitialized);
}
