import { type Container, isRestartableInitContainer } from "../api/pod.ts";
import type { ConditionStatus, PodCondition, PodPhase } from "../api/pod-status.ts";
import {
  containersNotInitialized,
  containersNotReady,
  containersWithStatus,
  podCompleted,
  podFailed,
  readinessGateMissing,
  readinessGateNotTrue,
  readinessGatesNotReady,
  unknownContainerStatuses,
} from "./reasons.ts";
import type { SandboxRecord } from "./runtime-status.ts";
import { podSandboxChanged } from "./sandbox-changed.ts";

/** What of a pod the conditions depend on; each records the generation that it was made from. */
export interface ConditionsPod {
  readonly metadata?: { readonly generation?: number };
  readonly spec: {
    readonly containers: readonly { readonly name: string }[];
    readonly initContainers?: readonly Pick<Container, "name" | "restartPolicy">[];
    readonly readinessGates?: readonly { readonly conditionType: string }[];
    readonly hostNetwork?: boolean;
  };
}

/** What of a container's status the conditions depend on. */
export interface ReadyStatus {
  readonly name: string;
  readonly ready?: boolean;
  readonly started?: boolean;
  readonly state?: { readonly running?: object; readonly terminated?: object };
}

/** Init and regular containers in one list; undefined as long as the kubelet knows of none. */
type Statuses = readonly ReadyStatus[] | undefined;

/**
 * All sidecars and regular containers are ready; a terminal phase says so by its own reason.
 * pkg/kubelet/status/generate.go GenerateContainersReadyCondition
 */
export function generateContainersReadyCondition(
  pod: ConditionsPod,
  statuses: Statuses,
  phase: PodPhase | undefined,
): PodCondition {
  const type = "ContainersReady";
  if (statuses === undefined) return condition(pod, type, "False", unknownContainerStatuses);
  const unknown: string[] = [];
  const unready: string[] = [];
  const look = ({ name }: { readonly name: string }): void => {
    const status = statuses.find((one) => one.name === name);
    if (status === undefined) unknown.push(name);
    else if (status.ready !== true) unready.push(name);
  };
  for (const container of pod.spec.initContainers ?? []) {
    if (isRestartableInitContainer(container)) look(container);
  }
  pod.spec.containers.forEach(look);
  if (phase === "Failed" || (phase === "Succeeded" && unknown.length === 0)) {
    return generateTerminalPhaseCondition(pod, type, phase);
  }
  const message = messageOf(unknown, "unready", unready);
  if (message !== "") return condition(pod, type, "False", containersNotReady, message);
  return condition(pod, type, "True");
}

/** ContainersReady, and then the readiness gates; generate.go GeneratePodReadyCondition. */
export function generatePodReadyCondition(
  pod: ConditionsPod,
  conditions: readonly PodCondition[],
  containersReady: PodCondition,
): PodCondition {
  if (containersReady.status !== "True") return { ...containersReady, type: "Ready" };
  const messages = (pod.spec.readinessGates ?? []).flatMap(({ conditionType }) => {
    const gate = conditions.find(({ type }) => type === conditionType);
    if (gate === undefined) return [readinessGateMissing(conditionType)];
    return gate.status === "True" ? [] : [readinessGateNotTrue(conditionType, gate.status)];
  });
  if (messages.length === 0) return condition(pod, "Ready", "True");
  return condition(pod, "Ready", "False", readinessGatesNotReady, messages.join(", "));
}

/**
 * All init containers are complete, or a regular container runs or has run in its present state;
 * so a crash loop can take it back, unless it is kept: a pod that restarts all its containers was
 * initialized before. generate.go GeneratePodInitializedCondition
 */
export function generatePodInitializedCondition(
  pod: ConditionsPod,
  statuses: Statuses,
  phase: PodPhase | undefined,
  wasInitialized = false,
): PodCondition {
  const type = "Initialized";
  const { initContainers = [] } = pod.spec;
  if (statuses === undefined && initContainers.length > 0) {
    return condition(pod, type, "False", unknownContainerStatuses);
  }
  const unknown: string[] = [];
  const incomplete: string[] = [];
  for (const container of initContainers) {
    const status = statuses?.find(({ name }) => name === container.name);
    if (status === undefined) unknown.push(container.name);
    else if (!isInitContainerInitialized(container, status)) incomplete.push(container.name);
  }
  if (phase === "Succeeded" && unknown.length === 0) {
    return condition(pod, type, "True", podCompleted);
  }
  const message = messageOf(unknown, "incomplete", incomplete);
  if (message === "" || wasInitialized || hasAnyRegularContainerStarted(pod, statuses)) {
    return condition(pod, type, "True");
  }
  return condition(pod, type, "False", containersNotInitialized, message);
}

/**
 * The pod has a sandbox that can be used, with its network.
 * generate.go GeneratePodReadyToStartContainersCondition
 */
export function generatePodReadyToStartContainersCondition(
  pod: ConditionsPod,
  sandboxes: readonly SandboxRecord[] | undefined,
): PodCondition {
  const { changed } = podSandboxChanged(pod.spec, sandboxes);
  return condition(pod, "PodReadyToStartContainers", changed ? "False" : "True");
}

/** True of every pod that a kubelet knows; pkg/kubelet/kubelet_pods.go generateAPIPodStatus. */
export function generatePodScheduledCondition(pod: ConditionsPod): PodCondition {
  return condition(pod, "PodScheduled", "True");
}

/** generate.go generateContainersReadyConditionForTerminalPhase and its sibling for Ready. */
export function generateTerminalPhaseCondition(
  pod: ConditionsPod,
  type: "ContainersReady" | "Ready",
  phase: "Succeeded" | "Failed",
): PodCondition {
  return condition(pod, type, "False", phase === "Failed" ? podFailed : podCompleted);
}

function condition(
  pod: ConditionsPod,
  type: string,
  status: ConditionStatus,
  reason?: string,
  message?: string,
): PodCondition {
  return {
    type,
    status,
    ...(pod.metadata?.generation && { observedGeneration: pod.metadata.generation }),
    ...(reason && { reason }),
    ...(message && { message }),
  };
}

function messageOf(
  unknown: readonly string[],
  kind: "unready" | "incomplete",
  others: readonly string[],
): string {
  if (unknown.length === 0) return others.length === 0 ? "" : containersWithStatus(kind, others);
  const message = containersWithStatus("unknown", unknown);
  return others.length === 0 ? message : `${message}, ${containersWithStatus(kind, others)}`;
}

function isInitContainerInitialized(
  container: Pick<Container, "restartPolicy">,
  { started, ready }: ReadyStatus,
): boolean {
  return (isRestartableInitContainer(container) ? started : ready) === true;
}

/** pkg/kubelet/container/helpers.go HasAnyRegularContainerStarted */
function hasAnyRegularContainerStarted(pod: ConditionsPod, statuses: Statuses = []): boolean {
  return statuses.some(
    ({ name, state }) =>
      (state?.running !== undefined || state?.terminated !== undefined) &&
      pod.spec.containers.some((container) => container.name === name),
  );
}
