/**
 * Why the kubelet stops one container; empty for a changed definition, Unknown also for all the
 * containers of a pod that ends. pkg/kubelet/kuberuntime/kuberuntime_container.go
 */
export type ContainerKillReason =
  | ""
  | "Unknown"
  | "StartupProbe"
  | "LivenessProbe"
  | "RestartAllContainers"
  | "FailedPostStartHook";

/** How the stop of a container, and so of its pod, has ended. */
export type KillOutcome = "ok" | "failed";

export interface ContainerToKill {
  readonly id: string;
  readonly name: string;
  readonly init: boolean;
  readonly reason: ContainerKillReason;
  /** Said in the message, which only regular containers' messages do. */
  readonly willBeRestarted: boolean;
  /** Of a definition that has changed: it is the resources that need a restart. */
  readonly isResized?: boolean;
}

/**
 * The text of the Killing event of a container that a sync kills.
 * pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions
 */
export function killMessage(kill: Omit<ContainerToKill, "id">): string {
  const kind = kill.init ? "Init container" : "Container";
  const restart = kill.willBeRestarted ? ", will be restarted" : "";
  switch (kill.reason) {
    case "":
      if (kill.isResized === true) return `Container ${kill.name} resize requires restart`;
      return `${kind} ${kill.name} definition changed${restart}`;
    case "Unknown":
      return `${kind} is in "unknown" state, try killing it before restart`;
    case "StartupProbe":
      return `${kind} ${kill.name} failed startup probe${restart}`;
    case "LivenessProbe":
      return `${kind} ${kill.name} failed liveness probe${restart}`;
    case "RestartAllContainers":
      return "killing";
    case "FailedPostStartHook":
      return kill.reason;
  }
}
