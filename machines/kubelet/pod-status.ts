import type { ObjectMeta } from "../api/meta.ts";
import type { Pod, PodSpec } from "../api/pod.ts";
import { getPodQOS } from "../api/pod-qos.ts";
import {
  isPodPhaseTerminal,
  type PodCondition,
  type PodPhase,
  type PodStatus,
} from "../api/pod-status.ts";
import { podConditionByKubelet } from "./condition-owners.ts";
import { convertToAPIContainerStatuses, type ReasonCache } from "./container-statuses.ts";
import { stickyPhase } from "./next-phase.ts";
import { podAddresses, withHostAddresses } from "./pod-addresses.ts";
import {
  generateContainersReadyCondition,
  generatePodInitializedCondition,
  generatePodReadyCondition,
  generatePodReadyToStartContainersCondition,
  generatePodScheduledCondition,
} from "./pod-conditions.ts";
import { getPhase } from "./pod-phase.ts";
import { type ProbeWorkers, updatePodStatus } from "./probe-status.ts";
import { listResizeConditions, type ResizeConditions } from "./resize-conditions.ts";
import type { RuntimeStatus } from "./runtime-status.ts";
import { replaceOrAppendPodCondition } from "./status-merge.ts";

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
}

/**
 * The status that a sync begins with; what was terminal stays so. Condition times are set when it
 * is cached. pkg/kubelet/kubelet_pods.go generateAPIPodStatus
 */
export function generateAPIPodStatus(sources: StatusSources): PodStatus {
  const { pod, runtimeStatus, podIsTerminal, nodeIPs = [] } = sources;
  const old = sources.cachedStatus ?? pod.status ?? {};
  const converted = convertStatusToAPIStatus(sources, old);
  const { containerStatuses = [], initContainerStatuses = [] } = converted;
  const statuses = [...containerStatuses, ...initContainerStatuses];
  const hasInitialized = hasAnyActiveRegularContainerStarted(pod.spec, runtimeStatus);
  const computed = getPhase(pod, statuses, podIsTerminal, hasInitialized);
  const outcome = outcomeOf(computed, old, pod.status ?? {}, sources.evict);
  const probed = updatePodStatus(pod, converted, sources.probeWorkers, sources.kubeletStartMs);
  return {
    ...probed,
    ...outcome,
    ...withHostAddresses(probed, nodeIPs, pod.spec.hostNetwork ?? false),
    conditions: conditionsOf(sources, old, probed, outcome.phase),
  };
}

/**
 * What the runtime says in the API's words: containers, addresses, and the QoS class.
 * kubelet_pods.go convertStatusToAPIStatus
 */
export function convertStatusToAPIStatus(
  { pod, runtimeStatus, reasons = {}, kubeletNodeIPs }: StatusSources,
  old: PodStatus,
): PodStatus {
  const records = runtimeStatus.containers ?? [];
  const containerStatuses = convertToAPIContainerStatuses(
    pod,
    records,
    old.containerStatuses ?? [],
    "containers",
    reasons,
  );
  const initContainerStatuses = convertToAPIContainerStatuses(
    pod,
    records,
    old.initContainerStatuses ?? [],
    "initContainers",
    reasons,
  );
  const ephemeralContainerStatuses = convertToAPIContainerStatuses(
    pod,
    records,
    old.ephemeralContainerStatuses ?? [],
    "ephemeralContainers",
    reasons,
  );
  return {
    ...podAddresses(runtimeStatus.ips, kubeletNodeIPs),
    qosClass: getPodQOS(pod),
    ...(containerStatuses.length > 0 && { containerStatuses }),
    ...(initContainerStatuses.length > 0 && { initContainerStatuses }),
    ...(ephemeralContainerStatuses.length > 0 && { ephemeralContainerStatuses }),
  };
}

/**
 * A regular container of the present sandbox has a record: the init containers are done.
 * pkg/kubelet/container/helpers.go HasAnyActiveRegularContainerStarted
 */
export function hasAnyActiveRegularContainerStarted(
  { containers }: Pick<PodSpec, "containers">,
  { activeContainers = [] }: Pick<RuntimeStatus, "activeContainers">,
): boolean {
  return activeContainers.some((active) => containers.some(({ name }) => name === active));
}

interface Outcome extends Pick<PodStatus, "reason" | "message"> {
  readonly phase: PodPhase;
}

/** Reason and message belong to the phase: another phase loses them. */
function outcomeOf(
  computed: PodPhase,
  old: PodStatus,
  api: PodStatus,
  evict: StatusSources["evict"],
): Outcome {
  const phase = stickyPhase(computed, old.phase, api.phase);
  const isKept = phase === old.phase;
  const kept = {
    reason: isKept ? old.reason || api.reason : undefined,
    message: isKept ? old.message || api.message : undefined,
  };
  const { reason, message } = evict ?? kept;
  const forced = evict === undefined ? phase : "Failed";
  return {
    phase: isPodPhaseTerminal(api.phase) ? api.phase : forced,
    ...(reason && { reason }),
    ...(message && { message }),
  };
}

/** What others have written comes first; then the kubelet's own, in its order. */
function conditionsOf(
  { pod, runtimeStatus, podIsTerminal, resize = {} }: StatusSources,
  old: PodStatus,
  { containerStatuses = [], initContainerStatuses = [] }: PodStatus,
  phase: PodPhase,
): readonly PodCondition[] {
  const apiConditions = pod.status?.conditions ?? [];
  const foreign = apiConditions.filter(({ type }) => !podConditionByKubelet(type));
  const resizes = podIsTerminal ? [] : listResizeConditions(resize);
  const disruption = old.conditions?.find(({ type }) => type === "DisruptionTarget");
  const others = [...foreign, ...resizes];
  const kept = disruption ? replaceOrAppendPodCondition(others, disruption) : others;
  const statuses = [...initContainerStatuses, ...containerStatuses];
  const initialized = generatePodInitializedCondition(pod, statuses, phase);
  const containersReady = generateContainersReadyCondition(pod, statuses, phase);
  const gates = [
    ...kept,
    generatePodReadyToStartContainersCondition(pod, runtimeStatus.sandboxes),
    initialized,
  ];
  const ready = generatePodReadyCondition(pod, gates, containersReady);
  return [...gates, ready, containersReady, generatePodScheduledCondition(pod)];
}
