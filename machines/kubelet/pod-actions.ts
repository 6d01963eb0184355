import type { Container } from "../api/pod.ts";
import { computeInitContainerActions } from "./compute-init-actions.ts";
import type { ContainerKillReason, ContainerToKill } from "./container-kill.ts";
import { type ContainerToReset, containersToReset } from "./containers-to-reset.ts";
import {
  type ContainerView,
  findContainerStatusByName,
  type PodView,
  type ProbeResults,
  type RecordView,
  type RuntimeView,
} from "./pod-view.ts";
import { shouldContainerBeRestarted } from "./restart-policy.ts";
import { podSandboxChanged } from "./sandbox-changed.ts";

/** What one sync does; the numbers are indexes into the spec's lists, in start order. */
export interface PodActions {
  readonly killPod: boolean;
  readonly createSandbox: boolean;
  readonly sandboxID: string;
  readonly attempt: number;
  readonly initContainersToStart: readonly number[];
  readonly containersToStart: readonly number[];
  readonly ephemeralContainersToStart: readonly number[];
  readonly containersToKill: readonly ContainerToKill[];
  /** All containers start anew: what of them goes before. */
  readonly containersToReset?: readonly ContainerToReset[];
}

/**
 * What to start and what to kill so that the pod comes to what its spec says. Crash-loop back-off
 * is applied later, at the start. pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions
 */
export function computePodActions(
  pod: PodView,
  runtime: RuntimeView,
  probeResults: ProbeResults = {},
  restartAllContainers = false,
): PodActions {
  const { changed, attempt, sandboxID } = podSandboxChanged(pod.spec, runtime.sandboxes);
  const sandbox = { ...nothing, sandboxID, attempt };
  if (restartAllContainers) {
    const resets = containersToReset(pod.spec, runtime.containers);
    return { ...sandbox, killPod: changed, createSandbox: changed, containersToReset: resets };
  }
  if (changed) return { ...sandbox, killPod: true, ...actionsOfNewSandbox(pod, runtime, attempt) };
  const ephemeralContainersToStart = indexesOf(
    pod.spec.ephemeralContainers,
    ({ name }) => findContainerStatusByName(runtime.containers, name) === undefined,
  );
  const init = computeInitContainerActions(pod, runtime, probeResults);
  const initActions = {
    ...sandbox,
    ephemeralContainersToStart,
    killPod: init.failed,
    initContainersToStart: init.initContainersToStart,
    containersToKill: init.containersToKill,
  };
  if (!init.hasInitialized) return initActions;
  const regular = regularContainerActions(pod, runtime, probeResults);
  return {
    ...initActions,
    containersToStart: regular.starts,
    containersToKill: [...init.containersToKill, ...regular.kills],
    // A pod that has nothing to run any more is not kept alive by its sidecars.
    ...(regular.isFinished ? { killPod: true, initContainersToStart: [] } : {}),
  };
}

const nothing: PodActions = {
  killPod: false,
  createSandbox: false,
  sandboxID: "",
  attempt: 0,
  initContainersToStart: [],
  containersToStart: [],
  ephemeralContainersToStart: [],
  containersToKill: [],
};

/** Without a usable sandbox everything starts anew, unless nothing would be left to run. */
function actionsOfNewSandbox(
  pod: PodView,
  runtime: RuntimeView,
  attempt: number,
): Partial<PodActions> {
  const { restartPolicy, containers, initContainers = [] } = pod.spec;
  const hasRun = attempt !== 0 && (runtime.containers ?? []).length > 0;
  if (restartPolicy === "Never" && hasRun) return {};
  const containersToStart = indexesOf(
    containers,
    (container) => !runsOnceAndSucceeded(pod, container, runtime),
  );
  if (containersToStart.length === 0 && hasAnyRegularContainerCreated(pod, runtime)) return {};
  if (initContainers.length > 0) return { createSandbox: true, initContainersToStart: [0] };
  return { createSandbox: true, containersToStart };
}

function runsOnceAndSucceeded(
  pod: PodView,
  container: Pick<Container, "name" | "restartPolicy">,
  runtime: RuntimeView,
): boolean {
  const policy = container.restartPolicy ?? pod.spec.restartPolicy;
  const record = findContainerStatusByName(runtime.containers, container.name);
  return policy === "OnFailure" && record?.state === "exited" && (record.exitCode ?? 0) === 0;
}

/** pkg/kubelet/kuberuntime/kuberuntime_container.go hasAnyRegularContainerCreated */
function hasAnyRegularContainerCreated(pod: PodView, runtime: RuntimeView): boolean {
  return pod.spec.containers.some(({ name }) => {
    const record = findContainerStatusByName(runtime.containers, name);
    return record !== undefined && record.state !== "unknown";
  });
}

interface RegularContainerActions {
  readonly starts: readonly number[];
  readonly kills: readonly ContainerToKill[];
  /** Nothing is kept and nothing starts. */
  readonly isFinished: boolean;
}

function regularContainerActions(
  pod: PodView,
  runtime: RuntimeView,
  probeResults: ProbeResults,
): RegularContainerActions {
  const starts: number[] = [];
  const kills: ContainerToKill[] = [];
  let keepCount = 0;
  for (const [index, container] of pod.spec.containers.entries()) {
    const record = findContainerStatusByName(runtime.containers, container.name);
    const reason = killReasonOf(record, probeResults);
    const isKept = record?.state === "running" && reason === undefined;
    const starting = !isKept && shouldStart(pod, container, runtime, record, reason);
    if (isKept) keepCount++;
    if (starting) starts.push(index);
    if (record === undefined || reason === undefined) continue;
    if (reason === "Unknown" && !starting) continue;
    kills.push({
      id: record.id,
      name: container.name,
      init: false,
      reason,
      willBeRestarted: starting && reason !== "Unknown",
      ...(isResized(record) && { isResized: true }),
    });
  }
  return { starts, kills, isFinished: keepCount === 0 && starts.length === 0 };
}

/** Liveness is looked at before startup; a container in an unknown state may still be running. */
function killReasonOf(
  record: RecordView | undefined,
  probeResults: ProbeResults,
): ContainerKillReason | undefined {
  if (record?.state === "unknown") return "Unknown";
  if (record?.state !== "running") return undefined;
  const { liveness, startup } = probeResults[record.id] ?? {};
  if (record.specChanged === true || record.resizeRequiresRestart === true) return "";
  if (liveness === "failure") return "LivenessProbe";
  return startup === "failure" ? "StartupProbe" : undefined;
}

function isResized({ specChanged, resizeRequiresRestart }: RecordView): boolean {
  return specChanged !== true && resizeRequiresRestart === true;
}

/** A probe's kill asks the container's own policy but not its rules: it has not exited yet. */
function shouldStart(
  pod: PodView,
  container: ContainerView,
  runtime: RuntimeView,
  record: RecordView | undefined,
  reason: ContainerKillReason | undefined,
): boolean {
  if (record?.state !== "running") return shouldContainerBeRestarted(container, pod, runtime);
  if (reason === "") return true;
  return (container.restartPolicy ?? pod.spec.restartPolicy) !== "Never";
}

function indexesOf<Item>(
  items: readonly Item[] | undefined,
  isWanted: (item: Item) => boolean,
): readonly number[] {
  return (items ?? []).flatMap((item, index) => (isWanted(item) ? [index] : []));
}
