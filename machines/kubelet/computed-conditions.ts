import type { ConditionStatus, PodCondition, PodPhase, PodStatus } from "../api/pod-status.ts";
import { extended } from "../extended.ts";
import {
  type AllContainersState,
  generateAllContainersRestartingCondition,
} from "./all-containers-restarting.ts";
import { podConditionByKubelet } from "./condition-owners.ts";
import {
  type ConditionsPod,
  generateContainersReadyCondition,
  generatePodInitializedCondition,
  generatePodReadyCondition,
  generatePodReadyToStartContainersCondition,
  generatePodScheduledCondition,
  type ReadyStatus,
} from "./pod-conditions.ts";
import type { RestartGates } from "./restart-policy.ts";
import { listResizeConditions, type ResizeConditions } from "./resize-conditions.ts";
import { restartAllContainersStarted } from "./reasons.ts";
import type { SandboxRecord } from "./runtime-status.ts";
import { replaceOrAppendPodCondition } from "./status-merge.ts";

/** In the order in which they are written to the pod. */
export const computedConditions = [
  "PodReadyToStartContainers",
  "Initialized",
  "Ready",
  "ContainersReady",
] as const;

/** Behind the gate RestartAllContainersOnContainerExits; written behind PodScheduled. */
export const gatedCondition = "AllContainersRestarting";

export type ComputedCondition = (typeof computedConditions)[number] | typeof gatedCondition;

/** What the conditions follow from; a machine knows containers and readiness gates by place. */
export interface ConditionsObservation {
  readonly pod: ConditionsPod;
  /** Absent while the kubelet knows of no container. */
  readonly statuses?: readonly ReadyStatus[];
  readonly phase: PodPhase | undefined;
  readonly sandboxes: readonly SandboxRecord[];
  /** The conditions that readiness gates name, as far as others have written them. */
  readonly gates: readonly PodCondition[];
  /** Behind the gate RestartAllContainersOnContainerExits: Initialized was True before. */
  readonly wasInitialized?: boolean;
  /** Behind the same gate, of a pod whose rules could restart all. */
  readonly allContainers?: AllContainersState;
}

/** What a machine says of a condition. */
export interface ConditionReport {
  readonly condition: ComputedCondition;
  readonly status: ConditionStatus;
  /** Empty: the condition has no reason. */
  readonly reason: string;
}

/** One condition as generate.go makes it from the observation; its message names what it sees. */
export function computeCondition(
  condition: ComputedCondition,
  observed: ConditionsObservation,
): PodCondition {
  const { pod, statuses, phase, sandboxes, wasInitialized, allContainers = unmet } = observed;
  switch (condition) {
    case "PodReadyToStartContainers":
      return generatePodReadyToStartContainersCondition(pod, sandboxes);
    case "Initialized":
      return generatePodInitializedCondition(pod, statuses, phase, wasInitialized);
    case "ContainersReady":
      return generateContainersReadyCondition(pod, statuses, phase);
    case "Ready": {
      const containersReady = generateContainersReadyCondition(pod, statuses, phase);
      return generatePodReadyCondition(pod, conditionsBeforeReady(observed), containersReady);
    }
    case "AllContainersRestarting":
      return generateAllContainersRestartingCondition(allContainers, phase);
  }
}

const unmet: AllContainersState = { shouldRestart: false, areCleanedUp: false };

/** A readiness gate may even name one of the two conditions that are written before Ready. */
function conditionsBeforeReady(observed: ConditionsObservation): readonly PodCondition[] {
  const { pod, gates } = observed;
  if ((pod.spec.readinessGates ?? []).length === 0) return gates;
  const before = computedConditions.slice(0, computedConditions.indexOf("Ready"));
  return [...gates, ...before.map((type) => computeCondition(type, observed))];
}

/**
 * A machine's report in full: what containers are called, only the pod knows. No message depends on
 * the phase, which decides about the reason alone.
 */
export function reportedCondition(
  { condition, status, reason }: ConditionReport,
  observed: Omit<ConditionsObservation, "phase">,
): PodCondition {
  if (condition === gatedCondition) {
    const message = reason === restartAllContainersStarted.reason && restartAllContainersStarted;
    return { type: condition, status, ...(reason && { reason }), ...message };
  }
  const generation = observed.pod.metadata?.generation;
  const computed =
    status === "True" ? undefined : computeCondition(condition, { phase: undefined, ...observed });
  const message = computed?.reason === reason ? computed.message : undefined;
  return {
    type: condition,
    status,
    ...(generation && { observedGeneration: generation }),
    ...(reason && { reason }),
    ...(message && { message }),
  };
}

/** Whose conditions stand before the computed ones. */
export interface ConditionSources {
  readonly pod: ConditionsPod & { readonly status?: Pick<PodStatus, "conditions"> };
  readonly cachedStatus?: Pick<PodStatus, "conditions">;
  readonly podIsTerminal: boolean;
  readonly resize?: ResizeConditions;
  readonly gates?: RestartGates;
}

/**
 * The status with all its conditions: others' come first, then the kubelet's own in its order, and
 * what is neither, as a kill's DisruptionTarget, in its place or last.
 * pkg/kubelet/kubelet_pods.go generateAPIPodStatus
 */
export function withConditions(
  status: PodStatus,
  computed: readonly PodCondition[],
  sources: ConditionSources,
): PodStatus {
  const conditions = [...othersConditions(sources)];
  for (const type of computedConditions) {
    conditions.push(...computed.filter((one) => one.type === type));
  }
  conditions.push(generatePodScheduledCondition(sources.pod));
  conditions.push(...computed.filter((one) => one.type === gatedCondition));
  const added = computed.filter(({ type }) => {
    return type !== gatedCondition && !podConditionByKubelet(type, sources.gates);
  });
  return extended(status, {
    conditions: added.reduce(replaceOrAppendPodCondition, conditions),
  });
}

/** What others have written, a resize, and the disruption that the kubelet has announced. */
export function othersConditions({
  pod,
  cachedStatus = pod.status ?? {},
  podIsTerminal,
  resize = {},
  gates,
}: ConditionSources): readonly PodCondition[] {
  const isForeign = ({ type }: PodCondition) => !podConditionByKubelet(type, gates);
  const foreign = pod.status?.conditions?.filter(isForeign) ?? [];
  const others = podIsTerminal ? foreign : [...foreign, ...listResizeConditions(resize)];
  const disruption = cachedStatus.conditions?.find(({ type }) => type === "DisruptionTarget");
  return disruption === undefined ? others : replaceOrAppendPodCondition(others, disruption);
}
