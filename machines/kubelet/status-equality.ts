import type { ResourceList } from "../api/meta.ts";
import type {
  ContainerState,
  ContainerStateTerminated,
  ContainerStatus,
  PodCondition,
  PodStatus,
  VolumeMountStatus,
} from "../api/pod-status.ts";
import { podConditionByKubelet, podConditionSharedByKubelet } from "./condition-owners.ts";
import type { RestartGates } from "./restart-policy.ts";

/**
 * Nothing that the kubelet writes differs. Of conditions only its own count, without order, times
 * and generation; an absent field equals its zero value.
 * pkg/kubelet/status/status_manager.go isPodStatusByKubeletEqual
 */
export function isPodStatusByKubeletEqual(
  old: PodStatus,
  status: PodStatus,
  gates?: RestartGates,
): boolean {
  return (
    equalConditions(old.conditions, status.conditions, gates) &&
    same(old.phase, status.phase) &&
    same(old.reason, status.reason) &&
    same(old.message, status.message) &&
    same(old.startTime, status.startTime) &&
    same(old.observedGeneration, status.observedGeneration) &&
    equalLists(old.containerStatuses, status.containerStatuses, equalContainers) &&
    equalLists(old.initContainerStatuses, status.initContainerStatuses, equalContainers) &&
    equalLists(
      old.ephemeralContainerStatuses,
      status.ephemeralContainerStatuses,
      equalContainers,
    ) &&
    equalAddresses(old, status) &&
    same(old.qosClass, status.qosClass) &&
    same(old.nominatedNodeName, status.nominatedNodeName) &&
    equalLists(old.resourceClaimStatuses, status.resourceClaimStatuses, equalJson) &&
    equalJson(old.extendedResourceClaimStatus, status.extendedResourceClaimStatus)
  );
}

function equalConditions(
  old: readonly PodCondition[] = [],
  conditions: readonly PodCondition[] = [],
  gates?: RestartGates,
): boolean {
  if (old === conditions) return true;
  const isByKubelet = ({ type }: PodCondition): boolean =>
    podConditionByKubelet(type, gates) || podConditionSharedByKubelet(type);
  const mine = conditions.filter(isByKubelet);
  return (
    old.filter(isByKubelet).length === mine.length &&
    mine.every((condition) => {
      const other = old.find(({ type }) => type === condition.type);
      return (
        other?.status === condition.status &&
        same(other.reason, condition.reason) &&
        same(other.message, condition.message)
      );
    })
  );
}

function equalAddresses(old: PodStatus, status: PodStatus): boolean {
  return (
    same(old.podIP, status.podIP) &&
    equalLists(old.podIPs, status.podIPs, equalIPs) &&
    same(old.hostIP, status.hostIP) &&
    equalLists(old.hostIPs, status.hostIPs, equalIPs)
  );
}

function equalIPs(old: { readonly ip: string }, address: { readonly ip: string }): boolean {
  return old.ip === address.ip;
}

function equalContainers(old: ContainerStatus, status: ContainerStatus): boolean {
  return (
    old.name === status.name &&
    equalStates(old.state, status.state) &&
    equalStates(old.lastState, status.lastState) &&
    same(old.ready, status.ready) &&
    old.started === status.started &&
    same(old.restartCount, status.restartCount) &&
    same(old.image, status.image) &&
    same(old.imageID, status.imageID) &&
    same(old.containerID, status.containerID) &&
    equalAmounts(old.allocatedResources, status.allocatedResources) &&
    equalAmounts(old.resources?.requests, status.resources?.requests) &&
    equalAmounts(old.resources?.limits, status.resources?.limits) &&
    equalLists(old.volumeMounts, status.volumeMounts, equalMounts)
  );
}

function equalStates(old: ContainerState = {}, state: ContainerState = {}): boolean {
  return (
    old === state ||
    ((old.waiting === undefined) === (state.waiting === undefined) &&
      same(old.waiting?.reason, state.waiting?.reason) &&
      same(old.waiting?.message, state.waiting?.message) &&
      (old.running === undefined) === (state.running === undefined) &&
      same(old.running?.startedAt, state.running?.startedAt) &&
      equalExits(old.terminated, state.terminated))
  );
}

function equalExits(
  old: ContainerStateTerminated | undefined,
  exit: ContainerStateTerminated | undefined,
): boolean {
  return (
    (old === undefined) === (exit === undefined) &&
    same(old?.exitCode, exit?.exitCode) &&
    same(old?.signal, exit?.signal) &&
    same(old?.reason, exit?.reason) &&
    same(old?.message, exit?.message) &&
    same(old?.startedAt, exit?.startedAt) &&
    same(old?.finishedAt, exit?.finishedAt) &&
    same(old?.containerID, exit?.containerID)
  );
}

/** Amounts come from the spec and keep its text. */
function equalAmounts(old: ResourceList = {}, list: ResourceList = {}): boolean {
  if (old === list) return true;
  const names = Object.keys(list);
  return (
    names.length === Object.keys(old).length && names.every((name) => old[name] === list[name])
  );
}

function equalMounts(old: VolumeMountStatus, mount: VolumeMountStatus): boolean {
  return (
    old.name === mount.name &&
    old.mountPath === mount.mountPath &&
    same(old.readOnly, mount.readOnly) &&
    same(old.recursiveReadOnly, mount.recursiveReadOnly)
  );
}

function equalLists<Item>(
  old: readonly Item[] = [],
  list: readonly Item[] = [],
  equal: (a: Item, b: Item) => boolean,
): boolean {
  if (old === list) return true;
  return (
    old.length === list.length &&
    old.every((item, index) => {
      const other = list[index];
      return other !== undefined && (item === other || equal(item, other));
    })
  );
}

function equalJson(old: object | undefined, other: object | undefined): boolean {
  return old === other || JSON.stringify(old) === JSON.stringify(other);
}

type Plain = string | number | boolean | undefined;

function same(old: Plain, value: Plain): boolean {
  return (old || undefined) === (value || undefined);
}
