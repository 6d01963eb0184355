import type { ObjectMeta } from "../api/meta.ts";
import { isRestartableInitContainer, type PodSpec } from "../api/pod.ts";
import type { PodPhase } from "../api/pod-status.ts";
import { isStaticPod } from "./pod-source.ts";
import { containerShouldRestart, type RestartingContainer } from "./restart-policy.ts";

/** What decides of a pod's spec; a machine names its containers by slot. */
export interface PhaseSpec extends Pick<PodSpec, "restartPolicy"> {
  readonly containers: readonly RestartingContainer[];
  readonly initContainers?: readonly RestartingContainer[];
}

/** What decides of a container's status; an API ContainerStatus is one. */
export interface PhaseStatus {
  readonly name: string;
  readonly started?: boolean;
  readonly state?: PhaseState;
  readonly lastState?: Pick<PhaseState, "terminated">;
}

interface PhaseState {
  readonly waiting?: object;
  readonly running?: object;
  readonly terminated?: PhaseExit;
}

/** How a container ended. */
export interface PhaseExit {
  readonly exitCode: number;
  /** It was removed so that all containers start anew, which only a feature gate lets happen. */
  readonly startsAnew?: boolean;
}

/** How many containers count as what; a container counts for at most one kind of state. */
export interface ContainerCounts {
  /** Init containers that have not ended yet. */
  readonly pendingInit: number;
  /** Init containers that failed for good. */
  readonly failedInitFinal: number;
  /** Sidecars that have not started yet; they count again below. */
  readonly pendingSidecar: number;
  readonly unknown: number;
  readonly running: number;
  /** For their first start. */
  readonly waiting: number;
  readonly stopped: number;
  /** Of the stopped ones: will not be restarted. */
  readonly stoppedFinal: number;
  /** Of the stopped ones: ended with exit code 0. */
  readonly succeeded: number;
}

/**
 * The phase that follows from the containers alone; what is already terminal stays so elsewhere
 * (generateAPIPodStatus). pkg/kubelet/kubelet_pods.go getPhase
 */
export function getPhase(
  pod: { readonly metadata?: Pick<ObjectMeta, "annotations">; readonly spec: PhaseSpec },
  statuses: readonly PhaseStatus[],
  podIsTerminal: boolean,
  podHasInitialized: boolean,
): PodPhase {
  const counts = countContainers(pod.spec, statuses);
  return phaseOf(counts, podIsTerminal && !isStaticPod(pod), podHasInitialized);
}

/** The decision table of getPhase: the first rule that holds names the phase. */
export function phaseOf(
  counts: ContainerCounts,
  podIsTerminal: boolean,
  podHasInitialized: boolean,
): PodPhase {
  const { unknown, running, waiting, stopped, stoppedFinal, succeeded } = counts;
  if (counts.failedInitFinal > 0) return "Failed";
  if (counts.pendingInit > 0) return "Pending";
  if (counts.pendingSidecar > 0 && !podHasInitialized) return "Pending";
  if (waiting > 0 || unknown > 0) return "Pending";
  if (running > 0) return "Running";
  if (stopped === 0) return "Pending";
  if (!podIsTerminal && stopped !== stoppedFinal) return "Running";
  return stopped === succeeded ? "Succeeded" : "Failed";
}

/** Each container counts by its status, a missing one included; ephemeral ones never do. */
export function countContainers(
  spec: PhaseSpec,
  statuses: readonly PhaseStatus[],
): ContainerCounts {
  const counts = { ...noContainers };
  for (const container of spec.initContainers ?? []) {
    const status = statuses.find(({ name }) => name === container.name);
    if (isRestartableInitContainer(container)) countSidecar(counts, status);
    else countInitContainer(counts, status, container, spec);
  }
  for (const container of spec.containers) {
    const status = statuses.find(({ name }) => name === container.name);
    countRegularContainer(counts, status, container, spec);
  }
  return counts;
}

const noContainers: ContainerCounts = {
  pendingInit: 0,
  failedInitFinal: 0,
  pendingSidecar: 0,
  unknown: 0,
  running: 0,
  waiting: 0,
  stopped: 0,
  stoppedFinal: 0,
  succeeded: 0,
};

type Tally = { -readonly [Kind in keyof ContainerCounts]: number };

function countInitContainer(
  counts: Tally,
  status: PhaseStatus | undefined,
  container: RestartingContainer,
  spec: PhaseSpec,
): void {
  const exit = exitOf(status);
  if (exit === undefined || status?.state?.running !== undefined) counts.pendingInit++;
  else if (exit.exitCode !== 0 && isFinal(exit, container, spec)) counts.failedInitFinal++;
}

/** A sidecar that has ended, now or before, does not matter to the phase. */
function countSidecar(counts: Tally, status: PhaseStatus | undefined): void {
  const { running, terminated, waiting } = status?.state ?? {};
  if (status === undefined) counts.unknown++;
  else if (running !== undefined) {
    if (status.started !== true) counts.pendingSidecar++;
    counts.running++;
  } else if (terminated === undefined && waiting === undefined) {
    counts.pendingSidecar++;
    counts.unknown++;
  } else if (exitOf(status) === undefined) {
    counts.pendingSidecar++;
    counts.waiting++;
  }
}

function countRegularContainer(
  counts: Tally,
  status: PhaseStatus | undefined,
  container: RestartingContainer,
  spec: PhaseSpec,
): void {
  const { running, terminated, waiting } = status?.state ?? {};
  const exit = exitOf(status);
  if (running !== undefined) counts.running++;
  else if (exit !== undefined) {
    counts.stopped++;
    if (terminated?.exitCode === 0) counts.succeeded++;
    if (isFinal(exit, container, spec)) counts.stoppedFinal++;
  } else if (waiting !== undefined) counts.waiting++;
  else counts.unknown++;
}

function isFinal(
  { exitCode, startsAnew = false }: PhaseExit,
  container: RestartingContainer,
  spec: PhaseSpec,
): boolean {
  return !startsAnew && !containerShouldRestart(container, spec, exitCode);
}

/** How the container ended; while it waits, how it ended last. */
function exitOf(status: PhaseStatus | undefined): PhaseExit | undefined {
  const { terminated, waiting } = status?.state ?? {};
  if (terminated !== undefined || waiting === undefined) return terminated;
  return status?.lastState?.terminated;
}
