import { isRestartableInitContainer } from "../api/pod.ts";
import type { ContainerKillReason, ContainerToKill } from "./container-kill.ts";
import {
  type ContainerView,
  findContainerStatusByName,
  type PodView,
  type ProbeResults,
  type RecordView,
  type RuntimeView,
} from "./pod-view.ts";
import { shouldContainerBeRestarted } from "./restart-policy.ts";

export interface InitContainerActions {
  readonly hasInitialized: boolean;
  /** An init container failed for good: the pod is to be killed. */
  readonly failed: boolean;
  /** Indexes into the spec's init containers, in start order. */
  readonly initContainersToStart: readonly number[];
  readonly containersToKill: readonly ContainerToKill[];
}

/**
 * The newest init container with a record decides what comes next: finished ones may have lost
 * theirs. Once the pod is initialized only sidecars are kept running.
 * pkg/kubelet/kuberuntime/kuberuntime_container.go computeInitContainerActions
 */
export function computeInitContainerActions(
  pod: PodView,
  runtime: RuntimeView,
  probeResults: ProbeResults,
): InitContainerActions {
  const containers = pod.spec.initContainers ?? [];
  let hasInitialized = containers.length === 0 || hasRegularContainerCreatedOrRunning(pod, runtime);
  let decided = hasInitialized;
  const starts: number[] = [];
  const kills: ContainerToKill[] = [];
  for (const [index, container] of [...containers.entries()].toReversed()) {
    const isSidecar = isRestartableInitContainer(container);
    const record = findContainerStatusByName(runtime.containers, container.name);
    if (record === undefined) {
      if (decided && isSidecar) starts.push(index);
      continue;
    }
    if (decided && !isSidecar) continue;
    const step = isSidecar
      ? stepOfSidecar(container, record, probeResults)
      : stepOfInitContainer(pod, runtime, container, record);
    if (step === "fail") return initializationFailed;
    if (step.done && index === containers.length - 1) hasInitialized = true;
    else if (step.done && !decided) starts.push(index + 1);
    if (step.start) starts.push(index);
    if (step.kill !== undefined) kills.push(killOf(container, record, step.kill));
    decided = true;
  }
  if (!decided) starts.push(0);
  return {
    hasInitialized,
    failed: false,
    initContainersToStart: starts.toReversed(),
    containersToKill: kills,
  };
}

interface InitStep {
  /** The next init container may start. */
  readonly done?: boolean;
  readonly start?: boolean;
  readonly kill?: ContainerKillReason;
}

const initializationFailed: InitContainerActions = {
  hasInitialized: false,
  failed: true,
  initContainersToStart: [],
  containersToKill: [],
};

/** Exited is no proof: a reboot leaves the exited containers of the sandbox before. */
function hasRegularContainerCreatedOrRunning(pod: PodView, runtime: RuntimeView): boolean {
  return pod.spec.containers.some(({ name }) => {
    const state = findContainerStatusByName(runtime.containers, name)?.state;
    return state === "created" || state === "running";
  });
}

function stepOfSidecar(
  container: ContainerView,
  record: RecordView,
  probeResults: ProbeResults,
): InitStep {
  switch (record.state) {
    case "created":
    case "exited":
      return { start: true };
    case "unknown":
      return { start: true, kill: "Unknown" };
    case "running":
      return stepOfRunningSidecar(container, record, probeResults);
  }
}

/** Startup is looked at before liveness, and liveness does not hold up the next one. */
function stepOfRunningSidecar(
  container: ContainerView,
  record: RecordView,
  probeResults: ProbeResults,
): InitStep {
  const { startup, liveness } = probeResults[record.id] ?? {};
  if (container.startupProbe !== undefined && startup !== "success") {
    return startup === "failure" ? { start: true, kill: "StartupProbe" } : {};
  }
  if (record.specChanged === true) return { done: true, start: true, kill: "" };
  if (container.livenessProbe !== undefined && liveness === "failure") {
    return { done: true, start: true, kill: "LivenessProbe" };
  }
  return { done: true };
}

function stepOfInitContainer(
  pod: PodView,
  runtime: RuntimeView,
  container: ContainerView,
  record: RecordView,
): InitStep | "fail" {
  switch (record.state) {
    case "created":
      return { start: true };
    case "running":
      return {};
    case "exited":
      if (!isInitContainerFailed(record)) return { done: true };
      return shouldContainerBeRestarted(container, pod, runtime) ? { start: true } : "fail";
    case "unknown": {
      const policy = container.restartPolicy ?? pod.spec.restartPolicy;
      return policy === "Never" ? "fail" : { start: true, kill: "Unknown" };
    }
  }
}

/** An OOM kill fails it whatever its exit code. pkg/kubelet/kuberuntime/helpers.go */
function isInitContainerFailed(record: RecordView): boolean {
  return record.reason === "OOMKilled" || (record.exitCode ?? 0) !== 0;
}

function killOf(
  { name }: ContainerView,
  { id }: RecordView,
  reason: ContainerKillReason,
): ContainerToKill {
  return { id, name, init: true, reason, willBeRestarted: false };
}
