import { quote } from "../api/quote.ts";

/** Why a condition is False; pkg/kubelet/status/generate.go. */
export const unknownContainerStatuses = "UnknownContainerStatuses";
export const containersNotReady = "ContainersNotReady";
export const containersNotInitialized = "ContainersNotInitialized";
export const readinessGatesNotReady = "ReadinessGatesNotReady";

/** Why the conditions of a pod in a terminal phase are what they are; the same file. */
export const podCompleted = "PodCompleted";
export const podFailed = "PodFailed";

/** Names are listed as Go prints a slice. */
export function containersWithStatus(
  status: "unknown" | "unready" | "incomplete",
  names: readonly string[],
): string {
  return `containers with ${status} status: [${names.join(" ")}]`;
}

export function readinessGateMissing(conditionType: string): string {
  return `corresponding condition of pod readiness gate ${quote(conditionType)} does not exist.`;
}

export function readinessGateNotTrue(conditionType: string, status: string): string {
  return `the status of pod readiness gate ${quote(conditionType)} is not "True", but ${status}`;
}

/** Logged where a status is refused; pkg/kubelet/status/status_manager.go. */
export function illegalTransition(kind: "container" | "init container", name: string): string {
  return `terminated ${kind} ${name} attempted illegal transition to non-terminated state`;
}

export function statusWithoutContainer(name: string): string {
  return `found mismatch between pod spec and status, container: ${name}`;
}

/** Why all containers restart; pkg/kubelet/status/generate.go. */
export const restartAllContainersStarted = {
  reason: "RestartAllContainersStarted",
  message: "container exited with restart policy rule",
} as const;

/** A container that was removed so that all containers start anew; pkg/kubelet/kubelet_pods.go. */
export const restartingAllContainers = {
  reason: "RestartingAllContainers",
  message: "The container is removed because RestartAllContainers in place",
} as const;

/** What a container waits for that has never been started; pkg/kubelet/kubelet_pods.go. */
export const containerCreating = "ContainerCreating";
export const podInitializing = "PodInitializing";

/** A container that the runtime has lost; pkg/kubelet/container/runtime.go. */
export const containerStatusUnknown = {
  reason: "ContainerStatusUnknown",
  exitCode: 137,
} as const;

export const notLocatedWhenTerminated =
  "The container could not be located when the pod was terminated";

export const notLocatedWhenDeleted =
  "The container could not be located when the pod was deleted.  The container used to be Running";
