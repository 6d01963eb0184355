import { isRestartableInitContainer, type PodSpec } from "../api/pod.ts";
import type { ContainerStatus, PodStatus } from "../api/pod-status.ts";
import { illegalTransition, statusWithoutContainer } from "./reasons.ts";
import {
  allContainersCouldRestart,
  containerShouldRestart,
  type RestartGates,
  type RestartingContainer,
} from "./restart-policy.ts";

/** What of a spec says which container may run again. */
export interface TransitionSpec extends Pick<PodSpec, "restartPolicy"> {
  readonly containers: readonly RestartingContainer[];
  readonly initContainers?: readonly RestartingContainer[];
}

type Statuses = Pick<PodStatus, "containerStatuses" | "initContainerStatuses">;

/**
 * What is wrong with a status that makes a container leave Terminated although nothing restarts
 * it; undefined when nothing is.
 * pkg/kubelet/status/status_manager.go checkContainerStateTransition
 */
export function checkContainerStateTransition(
  oldStatus: Statuses,
  newStatus: Statuses,
  spec: TransitionSpec,
  gates: RestartGates = {},
): string | undefined {
  if (spec.restartPolicy === "Always") return undefined;
  const { RestartAllContainersOnContainerExits: mayRestartAll = false } = gates;
  if (mayRestartAll && allContainersCouldRestart(spec)) return undefined;
  for (const old of oldStatus.containerStatuses ?? []) {
    if (!leavesTerminated(old, newStatus.containerStatuses)) continue;
    if (!mayRestart(old, spec.containers, spec)) return illegalTransition("container", old.name);
  }
  const initContainers = spec.initContainers ?? [];
  for (const [index, old] of (oldStatus.initContainerStatuses ?? []).entries()) {
    const container = initContainers[index];
    if (container?.name !== old.name) return statusWithoutContainer(old.name);
    if (isRestartableInitContainer(container)) continue;
    if (!leavesTerminated(old, newStatus.initContainerStatuses)) continue;
    if (!mayRestart(old, initContainers, spec))
      return illegalTransition("init container", old.name);
  }
  return undefined;
}

function leavesTerminated(
  old: ContainerStatus,
  statuses: readonly ContainerStatus[] = [],
): boolean {
  if (old.state?.terminated === undefined) return false;
  return statuses.some(({ name, state }) => name === old.name && state?.terminated === undefined);
}

/** A pod with OnFailure lets any failed container restart, even one whose own policy is Never. */
function mayRestart(
  { name, state }: ContainerStatus,
  containers: readonly RestartingContainer[],
  spec: TransitionSpec,
): boolean {
  const exitCode = state?.terminated?.exitCode ?? 0;
  if (exitCode !== 0 && spec.restartPolicy === "OnFailure") return true;
  return containers.some((one) => one.name === name && containerShouldRestart(one, spec, exitCode));
}
