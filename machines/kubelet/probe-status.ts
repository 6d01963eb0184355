import { type Container, isRestartableInitContainer } from "../api/pod.ts";
import type { ContainerStatus, PodCondition, PodStatus } from "../api/pod-status.ts";
import { parseTime } from "../api/time.ts";
import { extended } from "../extended.ts";
import type { ProbeResult } from "./pod-view.ts";

/** A probe's worker; without a result as long as it has published none for this container. */
export interface ProbeWorkerView {
  readonly result?: ProbeResult;
}

/** By container: the workers that exist. There are none before the pod's first sync has ended. */
export type ProbeWorkers = Readonly<
  Record<string, { readonly startup?: ProbeWorkerView; readonly readiness?: ProbeWorkerView }>
>;

/** What of a pod decides; its conditions are the API's. */
export interface ProbedPod {
  readonly spec: {
    readonly containers: readonly ProbedContainer[];
    readonly initContainers?: readonly ProbedContainer[];
  };
  readonly status?: { readonly conditions?: readonly PodCondition[] };
}

type ProbedContainer = Pick<Container, "name" | "restartPolicy"> & {
  readonly readinessProbe?: object;
};

/**
 * Fills in `started` and `ready` of init and regular containers. The kubelet's start matters to
 * those that started long before it; undefined: there are none.
 * pkg/kubelet/prober/prober_manager.go UpdatePodStatus
 */
export function updatePodStatus(
  pod: ProbedPod,
  status: PodStatus,
  workers: ProbeWorkers = {},
  kubeletStartMs?: number,
): PodStatus {
  const { containerStatuses, initContainerStatuses } = status;
  const { containers, initContainers } = pod.spec;
  const mayKeepReady = kubeletStartMs === undefined ? undefined : { pod, kubeletStartMs };
  const regular = (one: ContainerStatus): ContainerStatus => {
    const container = containers.find(({ name }) => name === one.name);
    return probed(one, container, workers[one.name], mayKeepReady);
  };
  const init = (one: ContainerStatus, index: number): ContainerStatus => {
    const container = initContainers?.[index];
    if (container?.name !== one.name) return withStarted(one, workers[one.name]?.startup);
    if (isRestartableInitContainer(container)) {
      return probed(one, container, workers[one.name], mayKeepReady);
    }
    const initStatus = withStarted(one, workers[one.name]?.startup);
    return one.state?.terminated?.exitCode === 0 ? withReady(initStatus, true) : initStatus;
  };
  return {
    ...status,
    ...(containerStatuses && { containerStatuses: containerStatuses.map(regular) }),
    ...(initContainerStatuses && { initContainerStatuses: initContainerStatuses.map(init) }),
  };
}

/**
 * The container runs and its startup probe has succeeded. Before the probe's first result the
 * status before counts, whichever container that was about. prober_manager.go isContainerStarted
 */
export function isContainerStarted(
  { state, started }: Pick<ContainerStatus, "state" | "started">,
  startup: ProbeWorkerView | undefined,
): boolean {
  if (state?.running === undefined) return false;
  if (startup?.result !== undefined) return startup.result === "success";
  return started === true || startup === undefined;
}

interface KubeletStart {
  readonly pod: ProbedPod;
  readonly kubeletStartMs: number;
}

/** Readiness of a container that is not started stays as it is. */
function probed(
  status: ContainerStatus,
  container: ProbedContainer | undefined,
  { startup, readiness }: ProbeWorkers[string] = {},
  mayKeepReady: KubeletStart | undefined,
): ContainerStatus {
  const one = withStarted(status, startup);
  if (one.started !== true) return one;
  if (readiness?.result === "success") return withReady(one, true);
  if (container && mayKeepReady && startedLongBefore(mayKeepReady.kubeletStartMs, status)) {
    return withReady(one, isReadyAfterKubeletRestart(container, mayKeepReady.pod, readiness));
  }
  return withReady(one, readiness === undefined);
}

const kubeletRestartGracePeriodMs = 10_000; // prober_manager.go kubeletRestartGracePeriod

function startedLongBefore(kubeletStartMs: number, { state }: ContainerStatus): boolean {
  const startedAt = state?.running?.startedAt;
  if (startedAt === undefined) return false;
  return parseTime(startedAt) < kubeletStartMs - kubeletRestartGracePeriodMs;
}

/** So that a ready container does not flap; prober_manager.go setReadyStateOnKubeletRestart. */
function isReadyAfterKubeletRestart(
  { readinessProbe }: ProbedContainer,
  { status }: ProbedPod,
  readiness: ProbeWorkerView | undefined,
): boolean {
  if (readiness?.result !== undefined) return false;
  if (readinessProbe === undefined) return true;
  const conditions = status?.conditions ?? [];
  return conditions.some((one) => one.type === "Ready" && one.status === "True");
}

function withStarted(
  status: ContainerStatus,
  startup: ProbeWorkerView | undefined,
): ContainerStatus {
  const started = isContainerStarted(status, startup);
  return status.started === started ? status : extended(status, { started });
}

function withReady(status: ContainerStatus, ready: boolean): ContainerStatus {
  return status.ready === ready ? status : extended(status, { ready });
}
