import type { Container, PodSpec } from "../api/pod.ts";
import type { ContainerStatus, VolumeMountStatus } from "../api/pod-status.ts";
import { parseTime } from "../api/time.ts";
import { convertContainerStatus, type InPlaceRestart, stateOf } from "./container-record.ts";
import { findContainerStatusByName } from "./pod-view.ts";
import {
  containerCreating,
  containerStatusUnknown,
  notLocatedWhenDeleted,
  podInitializing,
  restartingAllContainers,
} from "./reasons.ts";
import { type RestartingPod, shouldContainerBeRestarted } from "./restart-policy.ts";
import type { ContainerRecord } from "./runtime-status.ts";
import { sortedByName } from "./status-normalize.ts";

/** Why the last start of a container failed; pkg/kubelet/reason_cache.go. */
export type ReasonCache = Readonly<Record<string, StartFailure>>;

export interface StartFailure {
  readonly reason: string;
  readonly message?: string;
}

/** Which of the spec's lists the statuses are about. */
export type ContainerList = "containers" | "initContainers" | "ephemeralContainers";

type StatusContainer = Pick<
  Container,
  "name" | "image" | "restartPolicy" | "restartPolicyRules" | "resources" | "volumeMounts"
>;

/** What of a pod the statuses of its containers depend on. */
export interface StatusesPod extends RestartingPod {
  readonly spec: Pick<PodSpec, "restartPolicy"> & {
    readonly [list in ContainerList]?: readonly StatusContainer[];
  };
}

/**
 * The statuses of one list: what the runtime has, else what can be said of the status before.
 * pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses
 */
export function convertToAPIContainerStatuses(
  pod: StatusesPod,
  records: readonly ContainerRecord[],
  previous: readonly ContainerStatus[],
  list: ContainerList,
  reasons: ReasonCache,
  inPlace?: InPlaceRestart,
): readonly ContainerStatus[] {
  const statuses = (pod.spec[list] ?? []).map((container) => {
    const old = previous.find(({ name }) => name === container.name);
    const status =
      seenStatus(container, records, old, inPlace) ?? unseenStatus(pod, container, old, inPlace);
    if (list === "initContainers" && hasSucceeded(container.name, records)) return status;
    const failure = reasons[container.name];
    if (failure === undefined) return status;
    const runtime = { containers: records };
    const restarts = shouldContainerBeRestarted(container, pod, runtime, inPlace?.gates);
    return restarts ? waitingAfter(failure, status) : status;
  });
  return list === "initContainers" ? statuses : sortedByName(statuses);
}

/** The newest record is the state, the second one the last state, whatever state it is in. */
function seenStatus(
  container: StatusContainer,
  records: readonly ContainerRecord[],
  old: ContainerStatus | undefined,
  inPlace: InPlaceRestart | undefined,
): ContainerStatus | undefined {
  const [newest, second] = latestFirst(records.filter(({ name }) => name === container.name));
  if (newest === undefined) return undefined;
  const status = convertContainerStatus(newest, old, container, inPlace);
  return second === undefined ? status : { ...status, lastState: stateOf(second, old, inPlace) };
}

/** Without a record an end is remembered; who ran has ended in a way that nobody has seen. */
function unseenStatus(
  pod: StatusesPod,
  container: StatusContainer,
  old: ContainerStatus | undefined,
  inPlace: InPlaceRestart | undefined,
): ContainerStatus {
  if (inPlace?.isUnderWay === true && old !== undefined && old.state?.waiting === undefined) {
    return removedStatus(container, old);
  }
  if (old?.state?.terminated !== undefined) return old;
  const isLost = old?.state?.running !== undefined && old.lastState?.terminated === undefined;
  const isCounted = isLost && pod.metadata?.deletionTimestamp === undefined;
  const lastState = isLost ? { ...old.lastState, terminated: lost } : old?.lastState;
  return {
    name: container.name,
    state: { waiting: { reason: defaultReason(pod) } },
    ...(lastState && { lastState }),
    ready: false,
    restartCount: (old?.restartCount ?? 0) + (isCounted ? 1 : 0),
    ...specOf(container),
  };
}

/** It was removed so that all start anew: nothing is told of how it really ended. */
function removedStatus(container: StatusContainer, old: ContainerStatus): ContainerStatus {
  const terminated = { ...containerStatusUnknown, ...restartingAllContainers };
  return {
    ...(old.state?.terminated === undefined ? { ready: false, ...specOf(container) } : old),
    name: container.name,
    state: { waiting: restartingAllContainers },
    lastState: { ...old.lastState, terminated },
    restartCount: (old.restartCount ?? 0) + 1,
  };
}

/** What a status repeats of the spec. */
function specOf({ image, volumeMounts = [] }: StatusContainer) {
  return {
    ...(image && { image }),
    ...(volumeMounts.length > 0 && { volumeMounts: volumeMounts.map(mountStatus) }),
  };
}

const lost = { ...containerStatusUnknown, message: notLocatedWhenDeleted };

/** Any init container makes every container wait so, itself included. */
function defaultReason({ spec }: StatusesPod): string {
  return (spec.initContainers ?? []).length > 0 ? podInitializing : containerCreating;
}

function mountStatus({
  name,
  mountPath,
  readOnly = false,
}: NonNullable<Container["volumeMounts"]>[number]): VolumeMountStatus {
  return { name, mountPath, ...(readOnly && { readOnly, recursiveReadOnly: "Disabled" }) };
}

/** An init container that has succeeded is not started again, whatever its policy. */
export function hasSucceeded(
  name: string,
  records: readonly Pick<ContainerRecord, "name" | "state" | "exitCode">[],
): boolean {
  const record = findContainerStatusByName(records, name);
  return record?.state === "exited" && (record.exitCode ?? 0) === 0;
}

function waitingAfter({ reason, message }: StartFailure, status: ContainerStatus): ContainerStatus {
  return {
    ...status,
    ...(status.state?.terminated && { lastState: status.state }),
    state: { waiting: { ...(reason && { reason }), ...(message && { message }) } },
  };
}

/** By creation; records of one instant keep their order. */
function latestFirst(records: readonly ContainerRecord[]): readonly ContainerRecord[] {
  if (records.length < 2) return records;
  return records.toSorted((a, b) => {
    const [aMs, bMs] = [createdMs(a), createdMs(b)];
    return aMs === bMs ? 0 : bMs - aMs;
  });
}

function createdMs({ createdAt }: ContainerRecord): number {
  return createdAt === undefined ? Number.NEGATIVE_INFINITY : parseTime(createdAt);
}
