import type { Container, Pod } from "../../machines/api/pod.ts";
import { isPodPhaseTerminal } from "../../machines/api/pod-status.ts";
import type { ContainerStatus } from "../../machines/api/pod-status.ts";
import { printPod } from "../../machines/api/printers.ts";
import { containerShouldRestart } from "../../machines/kubelet/restart-policy.ts";

/** What holds of a pod, by its object alone. */
export interface PodFacts {
  /** Its condition Ready is True. */
  readonly ready: boolean;
  /** Its phase is Succeeded or Failed. */
  readonly terminal: boolean;
  /** Some container has ended and is to be started again. */
  readonly willRestart: boolean;
  /** Some container's last end is OOMKilled. */
  readonly oomKilled: boolean;
  readonly evicted: boolean;
  readonly deleting: boolean;
  /** The column STATUS of `kubectl get pods`. */
  readonly statusText: string;
}

/** `nowMs`: the wall clock, ms since 1970. */
export function factsOf(pod: Pod, nowMs: number): PodFacts {
  const { status = {}, metadata, spec } = pod;
  const statuses = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const terminal = isPodPhaseTerminal(status.phase);
  const deleting = metadata.deletionTimestamp !== undefined;
  return {
    ready: status.conditions?.some((one) => one.type === "Ready" && one.status === "True") ?? false,
    terminal,
    willRestart: !terminal && !deleting && statuses.some((one) => mayRestart(one, spec)),
    oomKilled: statuses.some((one) => lastEnd(one)?.reason === "OOMKilled"),
    evicted: status.reason === "Evicted",
    deleting,
    statusText: printPod(pod, nowMs).STATUS,
  };
}

function lastEnd({ state, lastState }: ContainerStatus) {
  return state?.terminated ?? lastState?.terminated;
}

function mayRestart(status: ContainerStatus, spec: Pod["spec"]): boolean {
  const end = lastEnd(status);
  if (end === undefined || status.state?.running !== undefined) return false;
  const containers: readonly Container[] = [...(spec.initContainers ?? []), ...spec.containers];
  const container = containers.find(({ name }) => name === status.name);
  return container !== undefined && containerShouldRestart(container, spec, end.exitCode ?? 0);
}
