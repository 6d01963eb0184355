import { type Container, isRestartableInitContainer, type Pod } from "../../machines/api/pod.ts";
import type { ContainerStatus, PodCondition } from "../../machines/api/pod-status.ts";

/** A container of the spec with what the status says of it. */
export interface ContainerOf {
  readonly kind: "init" | "sidecar" | "regular";
  readonly container: Container;
  readonly status: ContainerStatus;
}

/** Those that have a status: init containers and sidecars in their order, then the regular ones. */
export function containersOf({ spec, status = {} }: Pod): readonly ContainerOf[] {
  const { initContainerStatuses = [], containerStatuses = [] } = status;
  return [
    ...(spec.initContainers ?? []).flatMap((container) => {
      const kind = isRestartableInitContainer(container) ? "sidecar" : "init";
      return withStatus(kind, container, initContainerStatuses);
    }),
    ...spec.containers.flatMap((container) => withStatus("regular", container, containerStatuses)),
  ];
}

function withStatus(
  kind: ContainerOf["kind"],
  container: Container,
  statuses: readonly ContainerStatus[],
): readonly ContainerOf[] {
  const status = statuses.find(({ name }) => name === container.name);
  return status === undefined ? [] : [{ kind, container, status }];
}

/** A container in one version of its pod and in the next. */
export interface ContainerStep {
  readonly before: ContainerOf;
  readonly after: ContainerOf;
}

/** Whether something holds of each container from one version of its pod to the next. */
export function everyStep(holds: (step: ContainerStep, pod: Pod) => boolean) {
  return (before: Pod, after: Pod): boolean => {
    const next = containersOf(after);
    return containersOf(before).every((one) => {
      const same = next.find(({ container }) => container.name === one.container.name);
      return same === undefined || holds({ before: one, after: same }, after);
    });
  };
}

/** Its process runs, or has run. */
export function hasStarted({ state = {}, lastState = {} }: ContainerStatus): boolean {
  return [state.running, state.terminated, lastState.terminated].some((one) => one !== undefined);
}

export function hasSucceeded({ state = {}, lastState = {} }: ContainerStatus): boolean {
  return [state.terminated, lastState.terminated].some((exit) => exit?.exitCode === 0);
}

/** The kubelet has removed it, so that all containers of its pod start anew. */
export function isRemoved({ state }: ContainerStatus): boolean {
  return state?.waiting?.reason === "RestartingAllContainers";
}

export function conditionOf({ status }: Pod, type: string): PodCondition | undefined {
  return status?.conditions?.find((condition) => condition.type === type);
}

/** A kubelet has reported the pod's status, and nobody has written over it since. */
export function isReported(pod: Pod): boolean {
  const isCollected = conditionOf(pod, "DisruptionTarget")?.reason === "DeletionByPodGC";
  return conditionOf(pod, "PodReadyToStartContainers") !== undefined && !isCollected;
}
