import type { ResourceList } from "../api/meta.ts";
import type { Container } from "../api/pod.ts";
import type { ContainerState, ContainerStatus } from "../api/pod-status.ts";
import { containerStatusUnknown, notLocatedWhenTerminated } from "./reasons.ts";
import type { ContainerRecord } from "./runtime-status.ts";

/** What the runtime's record says; kubelet_pods.go convertContainerStatus. */
export function convertContainerStatus(
  record: ContainerRecord,
  old: ContainerStatus | undefined,
  container: Pick<Container, "resources">,
): ContainerStatus {
  const { name, id, image, imageRef, restartCount = 0 } = record;
  const isLost = isLostRecord(record, old);
  const started = record.state === "running" ? old?.started : undefined;
  const allocatedResources = container.resources?.requests;
  const resources = resourcesOf(record, old, container);
  return {
    name,
    state: stateOf(record, old),
    ready: false,
    restartCount: isLost ? (old?.restartCount ?? 0) + 1 : restartCount,
    ...(started !== undefined && { started }),
    ...(image && { image }),
    ...(imageRef && { imageID: imageRef }),
    containerID: id,
    ...(isPresent(allocatedResources) && { allocatedResources }),
    ...(resources && { resources }),
    ...(old?.volumeMounts && { volumeMounts: old.volumeMounts }),
  };
}

/** RUNNING, EXITED, CREATED and UNKNOWN as Running, Terminated and Waiting; the same function. */
export function stateOf(record: ContainerRecord, old: ContainerStatus | undefined): ContainerState {
  const { state, startedAt, finishedAt, reason, message, exitCode = 0, id } = record;
  const started = startedAt && { startedAt };
  if (state === "running") return { running: { ...started } };
  if (isLostRecord(record, old)) {
    return { terminated: { ...containerStatusUnknown, message: notLocatedWhenTerminated } };
  }
  if (state !== "exited") return { waiting: {} };
  const terminated = {
    exitCode,
    ...(reason && { reason }),
    ...(message && { message }),
    ...started,
    ...(finishedAt && { finishedAt }),
    containerID: id,
  };
  return { terminated };
}

/** A container that ran has ended, as long as the status before still says that it runs. */
function isLostRecord({ state }: ContainerRecord, old: ContainerStatus | undefined): boolean {
  return state === "unknown" && old?.state?.running !== undefined;
}

/**
 * The spec's resources, but CPU and memory as the runtime has them, or as reported before while the
 * same container runs: a resize has not reached it yet. convertContainerStatusResources
 */
function resourcesOf(
  { state, id, resources: applied }: ContainerRecord,
  old: ContainerStatus | undefined,
  { resources: { limits, requests } = {} }: Pick<Container, "resources">,
): ContainerStatus["resources"] {
  if (!isPresent(limits) && !isPresent(requests)) return undefined;
  const isSame = state === "running" && old?.state?.running && old.containerID === id;
  const reported = applied ?? (isSame ? old.resources : undefined);
  return {
    ...(isPresent(limits) && { limits: withReported(limits, reported?.limits) }),
    ...(isPresent(requests) && { requests: withReported(requests, reported?.requests) }),
  };
}

function withReported(list: ResourceList, { cpu, memory }: ResourceList = {}): ResourceList {
  const isUnchanged = (cpu ?? list["cpu"]) === list["cpu"];
  if (isUnchanged && (memory ?? list["memory"]) === list["memory"]) return list;
  return { ...list, ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) };
}

function isPresent(list: ResourceList | undefined): list is ResourceList {
  return list !== undefined && Object.keys(list).length > 0;
}
