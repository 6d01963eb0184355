import { isPodPhaseTerminal, type PodPhase } from "../api/pod-status.ts";
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
  readonly apiPhase: PodPhase;
}

/**
 * The phase after this generation: as decided, forced by a sync handler, and never another than a
 * terminal one at the API. pkg/kubelet/kubelet_pods.go generateAPIPodStatus
 */
export function nextPhase(cached: PodPhase | undefined, observed: PhaseObservation): PodPhase {
  const { apiPhase, isPastDeadline } = observed;
  if (isPodPhaseTerminal(apiPhase)) return apiPhase;
  return isPastDeadline ? "Failed" : decidedPhase(cached, observed);
}

/**
 * getPhase's phase; one that is not terminal gives way to a terminal one that is cached, else at
 * the API. The same function.
 */
export function decidedPhase(cached: PodPhase | undefined, observed: PhaseObservation): PodPhase {
  const { spec, statuses, podIsTerminal, podHasInitialized, isStatic, apiPhase } = observed;
  const computed = getPhase({ spec }, statuses, podIsTerminal && !isStatic, podHasInitialized);
  if (isPodPhaseTerminal(computed)) return computed;
  if (isPodPhaseTerminal(cached)) return cached;
  return isPodPhaseTerminal(apiPhase) ? apiPhase : computed;
}
