import type { ObjectMeta } from "../api/meta.ts";
import type { Pod, PodSpec } from "../api/pod.ts";
import { getPodQOS } from "../api/pod-qos.ts";
import {
  type ContainerStatus,
  isPodPhaseTerminal,
  type PodPhase,
  type PodStatus,
} from "../api/pod-status.ts";
import { extended } from "../extended.ts";
import {
  type ContainerList,
  convertToAPIContainerStatuses,
  type ReasonCache,
} from "./container-statuses.ts";
import { behindGates, decidedPhase, type PhaseObservation } from "./next-phase.ts";
import type { InPlaceRestart } from "./container-record.ts";
import { podAddresses, withHostAddresses } from "./pod-addresses.ts";
import { isStaticPod } from "./pod-source.ts";
import { type ProbeWorkers, updatePodStatus } from "./probe-status.ts";
import type { ResizeConditions } from "./resize-conditions.ts";
import { type RestartGates, shouldAllContainersRestart } from "./restart-policy.ts";
import type { RuntimeStatus } from "./runtime-status.ts";

/** A pod as the kubelet has it from the API, with the API's status. */
export type GeneratedPod = Pick<Pod, "spec" | "status"> & {
  readonly metadata?: Pick<ObjectMeta, "annotations" | "deletionTimestamp" | "generation">;
};

/** All that the kubelet knows when it generates a status. */
export interface StatusSources {
  readonly pod: GeneratedPod;
  readonly runtimeStatus: RuntimeStatus;
  /** The status manager's; absent: nothing is cached, and the API's takes its place. */
  readonly cachedStatus?: PodStatus;
  readonly podIsTerminal: boolean;
  readonly reasons?: ReasonCache;
  readonly probeWorkers?: ProbeWorkers;
  readonly kubeletStartMs?: number;
  /** What a sync handler says of a pod that it evicts. */
  readonly evict?: { readonly reason: string; readonly message: string };
  readonly resize?: ResizeConditions;
  /** The node's addresses; absent: not known yet. */
  readonly nodeIPs?: readonly string[];
  /** The kubelet's own addresses choose the primary family. */
  readonly kubeletNodeIPs?: readonly string[];
  /** The gates of the kubelet, unless they are the defaults. */
  readonly gates?: RestartGates;
}

type ConversionSources = Pick<
  StatusSources,
  "pod" | "runtimeStatus" | "cachedStatus" | "reasons" | "nodeIPs" | "kubeletNodeIPs" | "gates"
>;
type PhaseSources = Pick<
  StatusSources,
  | "pod"
  | "runtimeStatus"
  | "cachedStatus"
  | "podIsTerminal"
  | "probeWorkers"
  | "kubeletStartMs"
  | "evict"
  | "gates"
>;

/**
 * What the runtime says in the API's words: containers, addresses, and the QoS class.
 * kubelet_pods.go convertStatusToAPIStatus
 */
export function convertStatusToAPIStatus({
  pod,
  runtimeStatus,
  cachedStatus: old = pod.status ?? {},
  reasons = {},
  nodeIPs = [],
  kubeletNodeIPs,
  gates,
}: ConversionSources): PodStatus {
  const records = runtimeStatus.containers ?? [];
  const inPlace = inPlaceRestart(pod, runtimeStatus, old, gates);
  const statusesOf = (list: ContainerList, before: readonly ContainerStatus[] = []) =>
    convertToAPIContainerStatuses(pod, records, before, list, reasons, inPlace);
  const containerStatuses = statusesOf("containers", old.containerStatuses);
  const initContainerStatuses = statusesOf("initContainers", old.initContainerStatuses);
  const ephemeral = statusesOf("ephemeralContainers", old.ephemeralContainerStatuses);
  const addresses = podAddresses(runtimeStatus.ips, kubeletNodeIPs);
  return extended(withHostAddresses(addresses, nodeIPs, pod.spec.hostNetwork ?? false), {
    qosClass: getPodQOS(pod),
    ...(containerStatuses.length > 0 && { containerStatuses }),
    ...(initContainerStatuses.length > 0 && { initContainerStatuses }),
    ...(ephemeral.length > 0 && { ephemeralContainerStatuses: ephemeral }),
  });
}

function inPlaceRestart(
  { spec }: GeneratedPod,
  { containers }: RuntimeStatus,
  old: PodStatus,
  gates: RestartGates = {},
): InPlaceRestart | undefined {
  if (gates.RestartAllContainersOnContainerExits !== true) return undefined;
  return { gates, isUnderWay: shouldAllContainersRestart(spec, containers ?? [], old) };
}

/**
 * The phase with the reason and message that belong to it; then the probes' word about `started`
 * and `ready`, which the phase does not know yet. kubelet_pods.go generateAPIPodStatus
 */
export function withPhase(status: PodStatus, phase: PodPhase, sources: PhaseSources): PodStatus {
  const { pod, probeWorkers, kubeletStartMs, evict } = sources;
  const { reason, message } = evict ?? keptReason(status, phase, sources);
  return extended(updatePodStatus(pod, status, probeWorkers, kubeletStartMs), {
    phase,
    ...(reason && { reason }),
    ...(message && { message }),
  });
}

/** Reason and message belong to the phase: another phase loses them, be it forced back or not. */
function keptReason(
  status: PodStatus,
  phase: PodPhase,
  sources: PhaseSources,
): { readonly [part in "reason" | "message"]?: string | undefined } {
  const { status: api = {} } = sources.pod;
  const old = sources.cachedStatus ?? api;
  const decided = isPodPhaseTerminal(api.phase)
    ? decidedPhase(old.phase, phaseObservation(status, sources))
    : phase;
  if (decided !== old.phase) return {};
  return { reason: old.reason || api.reason, message: old.message || api.message };
}

/** All that decides about the phase, with the statuses as they are before the probes' word. */
function phaseObservation(
  { containerStatuses = [], initContainerStatuses = [] }: PodStatus,
  { pod, runtimeStatus, podIsTerminal, evict, gates }: PhaseSources,
): PhaseObservation {
  return {
    ...behindGates(pod.spec, [...containerStatuses, ...initContainerStatuses], gates),
    ...phaseCircumstances(pod, runtimeStatus, podIsTerminal, evict !== undefined),
  };
}

/** What decides about the phase besides the containers. */
export function phaseCircumstances(
  pod: GeneratedPod,
  runtimeStatus: Pick<RuntimeStatus, "activeContainers">,
  podIsTerminal: boolean,
  isPastDeadline: boolean,
): Omit<PhaseObservation, "spec" | "statuses"> {
  return {
    podIsTerminal,
    podHasInitialized: hasAnyActiveRegularContainerStarted(pod.spec, runtimeStatus),
    isStatic: isStaticPod(pod),
    isPastDeadline,
    apiPhase: pod.status?.phase ?? "Pending",
  };
}

/**
 * A regular container of the present sandbox has a record: the init containers are done.
 * pkg/kubelet/container/helpers.go HasAnyActiveRegularContainerStarted
 */
function hasAnyActiveRegularContainerStarted(
  { containers }: Pick<PodSpec, "containers">,
  { activeContainers = [] }: Pick<RuntimeStatus, "activeContainers">,
): boolean {
  return activeContainers.some((active) => containers.some(({ name }) => name === active));
}
