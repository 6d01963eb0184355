import type { ContainerStateTerminated } from "../api/pod-status.ts";
import { isPodPhaseTerminal, type PodPhase } from "../api/pod-status.ts";
import { getPhase, type PhaseExit, type PhaseSpec, type PhaseStatus } from "./pod-phase.ts";
import { restartingAllContainers } from "./reasons.ts";
import { ownRules, type RestartGates, type RestartingContainer } from "./restart-policy.ts";

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

/** A status before the gates are asked what its reasons mean; an API ContainerStatus is one. */
export interface ToldStatus extends PhaseStatus {
  readonly state?: PhaseStatus["state"] & { readonly terminated?: ToldExit };
  readonly lastState?: { readonly terminated?: ToldExit };
}

type ToldExit = Pick<ContainerStateTerminated, "exitCode" | "reason">;

/** What a kubelet with these gates sees of a pod when it looks for the phase. */
export function behindGates(
  spec: PhaseSpec,
  statuses: readonly ToldStatus[],
  gates?: RestartGates,
): Pick<PhaseObservation, "spec" | "statuses"> {
  if (gates === undefined) return { spec, statuses };
  const { containers, initContainers = [], ...others } = spec;
  const ruled = (list: readonly RestartingContainer[]) =>
    list.map((one) => withOwnRules(one, gates));
  return {
    spec: { ...others, containers: ruled(containers), initContainers: ruled(initContainers) },
    statuses: statuses.map((one) => ({ ...one, ...exitsOf(one, gates) })),
  };
}

function withOwnRules(container: RestartingContainer, gates: RestartGates): RestartingContainer {
  const restartPolicyRules = ownRules(container, gates);
  return restartPolicyRules === undefined ? container : { ...container, restartPolicyRules };
}

function exitsOf(
  { state, lastState }: ToldStatus,
  gates: RestartGates,
): Pick<PhaseStatus, "state" | "lastState"> {
  const [now, before] = [state?.terminated, lastState?.terminated];
  return {
    ...(state && { state: { ...state, ...(now && { terminated: phaseExit(now, gates) }) } }),
    ...(before && { lastState: { terminated: phaseExit(before, gates) } }),
  };
}

/** What decides of an exit; that the kubelet has removed it itself counts behind the gate only. */
function phaseExit({ exitCode, reason }: ToldExit, gates: RestartGates): PhaseExit {
  const isMine = reason === restartingAllContainers.reason;
  const startsAnew = isMine && gates.RestartAllContainersOnContainerExits === true;
  return { exitCode, ...(startsAnew && { startsAnew }) };
}
