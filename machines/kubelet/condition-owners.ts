import type { RestartGates } from "./restart-policy.ts";

/** No other writer's word counts for these; pkg/kubelet/types/pod_status.go. */
export function podConditionByKubelet(type: string, gates: RestartGates = {}): boolean {
  switch (type) {
    case "AllContainersRestarting":
      return gates.RestartAllContainersOnContainerExits === true;
    case "PodScheduled":
    case "Ready":
    case "Initialized":
    case "ContainersReady":
    case "PodReadyToStartContainers":
    case "PodResizeInProgress":
    case "PodResizePending":
      return true;
    default:
      return false;
  }
}

/** The kubelet writes it beside others; pkg/kubelet/types/pod_status.go. */
export function podConditionSharedByKubelet(type: string): boolean {
  return type === "DisruptionTarget";
}
