import type { ResourceList } from "../api/meta.ts";
import type { Container } from "../api/pod.ts";
import type { ContainerState, ContainerStatus } from "../api/pod-status.ts";
import {
  containerStatusUnknown,
  notLocatedWhenTerminated,
  restartingAllContainers,
} from "./reasons.ts";
import type { RestartGates } from "./restart-policy.ts";
import type { ContainerRecord } from "./runtime-status.ts";

/** Behind the gate RestartAllContainersOnContainerExits: whether they all restart now. */
export interface InPlaceRestart {
  readonly gates: RestartGates;
  readonly isUnderWay: boolean;
}

/** What the runtime's record says; kubelet_pods.go convertContainerStatus. */
export function convertContainerStatus(
  record: ContainerRecord,
  old: ContainerStatus | undefined,
  container: Pick<Container, "resources">,
  inPlace?: InPlaceRestart,
): ContainerStatus {
  const { name, id, image, imageRef } = record;
  const started = record.state === "running" ? old?.started : undefined;
  const allocatedResources = container.resources?.requests;
  const resources = resourcesOf(record, old, container);
  return {
    name,
    state: stateOf(record, old, inPlace),
    ready: false,
    restartCount: restartCountOf(record, old, inPlace),
    ...(started !== undefined && { started }),
    ...(image && { image }),
    ...(imageRef && { imageID: imageRef }),
    containerID: id,
    ...(isPresent(allocatedResources) && { allocatedResources }),
    ...(resources && { resources }),
    ...(old?.volumeMounts && { volumeMounts: old.volumeMounts }),
  };
}

/** The record's own; after all were removed to start anew it goes on from what was told before. */
function restartCountOf(
  record: ContainerRecord,
  old: ContainerStatus | undefined,
  inPlace: InPlaceRestart | undefined,
): number {
  const { state, restartCount = 0 } = record;
  const before = old?.restartCount ?? 0;
  if (isLostRecord(record, old)) return before + 1;
  if (inPlace === undefined) return restartCount;
  const isNew = state === "running" && old?.state?.terminated !== undefined;
  return isNew && before >= restartCount ? before + 1 : Math.max(before, restartCount);
}

/** RUNNING, EXITED, CREATED and UNKNOWN as Running, Terminated and Waiting; the same function. */
export function stateOf(
  record: ContainerRecord,
  old: ContainerStatus | undefined,
  inPlace?: InPlaceRestart,
): ContainerState {
  const { state, startedAt, finishedAt, reason, message, exitCode = 0, id } = record;
  const started = startedAt && { startedAt };
  if (state === "running") return { running: { ...started } };
  if (isLostRecord(record, old)) {
    const { reason: restarting } = restartingAllContainers;
    const lost = inPlace?.isUnderWay === true ? { reason: restarting } : {};
    const unseen = { ...containerStatusUnknown, ...lost, message: notLocatedWhenTerminated };
    return { terminated: unseen };
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
