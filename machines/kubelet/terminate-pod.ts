import { isRestartableInitContainer } from "../api/pod.ts";
import { type ContainerStatus, isPodPhaseTerminal, type PodStatus } from "../api/pod-status.ts";
import { isStaticPod } from "./pod-source.ts";
import { containerStatusUnknown, notLocatedWhenTerminated } from "./reasons.ts";
import type { RestartGates } from "./restart-policy.ts";
import { type CachedStatus, type MirrorPod, type StatusPod, updateStatus } from "./status-cache.ts";

/**
 * The last status of a pod: whatever has not ended is said to have failed, and the phase becomes
 * terminal. Whether the pod was initialized is judged by the API's status, not by the cached one.
 * pkg/kubelet/status/status_manager.go TerminatePod
 */
export function terminatePod(
  pod: StatusPod,
  cached: CachedStatus | undefined,
  nowMs: number,
  mirrorPod?: MirrorPod,
  gates?: RestartGates,
): CachedStatus | undefined {
  const old = cached?.status ?? pod.status ?? {};
  const { containerStatuses, initContainerStatuses } = old;
  const initialized = initializedContainers(initContainerStatuses);
  const status: PodStatus = {
    ...old,
    ...(containerStatuses &&
      hasPodInitialized(pod) && { containerStatuses: containerStatuses.map(terminated) }),
    ...(initContainerStatuses && {
      initContainerStatuses: initContainerStatuses.map((one, index) =>
        index < initialized ? terminated(one) : one,
      ),
    }),
    ...(!isStaticPod(pod) && !isPodPhaseTerminal(old.phase) && { phase: "Failed" }),
  };
  const end = { force: true, podIsFinished: true, mirrorPod, gates };
  return updateStatus(pod, cached, status, nowMs, end);
}

function terminated(status: ContainerStatus): ContainerStatus {
  if (status.state?.terminated !== undefined) return status;
  const exit = { ...containerStatusUnknown, message: notLocatedWhenTerminated };
  return { ...status, state: { terminated: exit } };
}

/**
 * There is evidence of a regular container's start, or of the end of the last init status (not of
 * the last init container of the spec). status_manager.go hasPodInitialized
 */
function hasPodInitialized({ spec, status = {} }: StatusPod): boolean {
  if ((spec.initContainers ?? []).length === 0) return true;
  if (status.containerStatuses?.some(hasLeftWaiting)) return true;
  const initStatuses = status.initContainerStatuses ?? [];
  const last = initStatuses.at(-1);
  const container = spec.initContainers?.[initStatuses.length - 1];
  if (last === undefined || container?.name !== last.name) return false;
  if (isRestartableInitContainer(container)) {
    return last.state?.running !== undefined && last.started === true;
  }
  const exits = [last.lastState?.terminated, last.state?.terminated];
  return exits.some((exit) => exit?.exitCode === 0);
}

/** How many: all up to the last one that has ever started, but always the first. */
function initializedContainers(statuses: readonly ContainerStatus[] = []): number {
  return Math.max(statuses.findLastIndex(hasLeftWaiting) + 1, 1);
}

function hasLeftWaiting({ state, lastState }: ContainerStatus): boolean {
  return state?.waiting === undefined || lastState?.terminated !== undefined;
}
