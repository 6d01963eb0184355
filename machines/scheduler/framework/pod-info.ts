import type { Pod, PodSpec } from "../../api/pod.ts";
import { newQuantity, quantityMilliValue, quantityValue } from "../../api/quantity.ts";
import { isPodLevelRequestsSet, podRequests, type Quantities } from "../../api/resources.ts";
import type { Labels } from "../../api/selector.ts";
import {
  type AffinityTerm,
  getAffinityTerms,
  getWeightedAffinityTerms,
  type WeightedAffinityTerm,
} from "./affinity-term.ts";
import { type Resource, resourceOf } from "./resource.ts";

/** A pod and what the scheduler asks of it again and again; framework/types.go PodInfo. */
export interface PodInfo {
  readonly pod: Pod;
  /** The same for pods that no rule about other pods can tell apart. */
  readonly group: string;
  readonly requiredAffinityTerms: readonly AffinityTerm[];
  readonly requiredAntiAffinityTerms: readonly AffinityTerm[];
  readonly preferredAffinityTerms: readonly WeightedAffinityTerm[];
  readonly preferredAntiAffinityTerms: readonly WeightedAffinityTerm[];
  /** What it takes of a node. */
  readonly resource: Resource;
  /** The same with a default for each container that does not say. */
  readonly non0CPU: number;
  readonly non0Mem: number;
  /** Why its affinity cannot be read, in Kubernetes' words. */
  readonly error?: string;
}

/** `NewPodInfo` and `CalculateResource`; found out once of what pods of one template share. */
export function newPodInfo(pod: Pod): PodInfo {
  const {
    group,
    requiredAffinityTerms,
    requiredAntiAffinityTerms,
    preferredAffinityTerms,
    preferredAntiAffinityTerms,
    resource,
    non0CPU,
    non0Mem,
    error,
  } = partsOf(pod);
  const podInfo = {
    pod,
    group,
    requiredAffinityTerms,
    requiredAntiAffinityTerms,
    preferredAffinityTerms,
    preferredAntiAffinityTerms,
    resource,
    non0CPU,
    non0Mem,
  };
  return error === undefined ? podInfo : { ...podInfo, error };
}

/** All but the pod itself. */
type Parts = Omit<PodInfo, "pod">;

/** What the parts of a pod were read from: as long as these are the same objects, so are they. */
interface Read {
  readonly parts: Parts;
  readonly namespace: string | undefined;
  readonly labels: Labels | undefined;
  readonly isDeleting: boolean;
  readonly affinity: PodSpec["affinity"];
  readonly initContainers: PodSpec["initContainers"];
  readonly overhead: PodSpec["overhead"];
  readonly resources: PodSpec["resources"];
}

const read = new WeakMap<PodSpec["containers"], Read>();

function partsOf(pod: Pod): Parts {
  if (hasResizes(pod)) return newParts(pod);
  const { metadata, spec } = pod;
  const { namespace, labels } = metadata;
  const { affinity, initContainers, overhead, resources } = spec;
  const isDeleting = metadata.deletionTimestamp !== undefined;
  const known = read.get(spec.containers);
  if (
    known !== undefined &&
    known.labels === labels &&
    known.affinity === affinity &&
    known.namespace === namespace &&
    known.isDeleting === isDeleting &&
    known.initContainers === initContainers &&
    known.overhead === overhead &&
    known.resources === resources
  ) {
    return known.parts;
  }
  const parts = newParts(pod);
  const of = { namespace, labels, isDeleting, affinity, initContainers, overhead, resources };
  read.set(spec.containers, { parts, ...of });
  return parts;
}

/** Its status, too, says what it takes of a node. */
export function hasResizes({ status }: Pod): boolean {
  const { containerStatuses = [], initContainerStatuses = [] } = status ?? {};
  return [containerStatuses, initContainerStatuses].some((statuses) => {
    return statuses.some(({ resources }) => resources !== undefined);
  });
}

function newParts(pod: Pod): Parts {
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  const required = "requiredDuringSchedulingIgnoredDuringExecution";
  const preferred = "preferredDuringSchedulingIgnoredDuringExecution";
  const lists = {
    requiredAffinityTerms: getAffinityTerms(pod, podAffinity?.[required]),
    requiredAntiAffinityTerms: getAffinityTerms(pod, podAntiAffinity?.[required]),
    preferredAffinityTerms: getWeightedAffinityTerms(pod, podAffinity?.[preferred]),
    preferredAntiAffinityTerms: getWeightedAffinityTerms(pod, podAntiAffinity?.[preferred]),
  };
  const errors = Object.entries(lists).flatMap(([name, { error }]) => {
    return error === undefined ? [] : [`${name}: ${error}`];
  });
  return {
    group: groupOf(pod),
    requiredAffinityTerms: lists.requiredAffinityTerms.terms,
    requiredAntiAffinityTerms: lists.requiredAntiAffinityTerms.terms,
    preferredAffinityTerms: lists.preferredAffinityTerms.terms,
    preferredAntiAffinityTerms: lists.preferredAntiAffinityTerms.terms,
    ...calculateResource(pod),
    ...(errors.length > 0 && { error: aggregate(errors) }),
  };
}

function groupOf({ metadata, spec: { affinity } }: Pod): string {
  const { namespace, labels, deletionTimestamp } = metadata;
  const { podAffinity, podAntiAffinity } = affinity ?? {};
  const isDeleting = deletionTimestamp !== undefined;
  return JSON.stringify([namespace, labels, podAffinity, podAntiAffinity, isDeleting]);
}

/** pkg/scheduler/util/pod_resources.go: of a container that does not ask for any, for scoring. */
export const nonMissingContainerRequests: Quantities = new Map([
  ["cpu", newQuantity(100, -3)],
  ["memory", newQuantity(200 * 1024 * 1024)],
]);

function calculateResource(pod: Pod): Pick<PodInfo, "resource" | "non0CPU" | "non0Mem"> {
  const requests = podRequests(pod, { useStatusResources: true });
  const missing = getNonMissingContainerRequests(pod, requests);
  const isSaid = missing.size === 0 || (!hasResizes(pod) && asksForAll(pod.spec));
  const non0 = isSaid
    ? requests
    : podRequests(pod, { useStatusResources: true, nonMissingContainerRequests: missing });
  return {
    resource: resourceOf(requests),
    non0CPU: quantityMilliValue(non0.get("cpu") ?? newQuantity(0)),
    non0Mem: quantityValue(non0.get("memory") ?? newQuantity(0)),
  };
}

/** Every container says how much CPU and memory it wants. */
function asksForAll({ containers, initContainers = [] }: PodSpec): boolean {
  return [...containers, ...initContainers].every(({ resources }) => {
    return resources?.requests?.["cpu"] !== undefined && "memory" in resources.requests;
  });
}

/** With requests of the pod as a whole, only what is asked for nowhere gets its default. */
function getNonMissingContainerRequests(pod: Pod, requests: Quantities): Quantities {
  if (!isPodLevelRequestsSet(pod)) return nonMissingContainerRequests;
  return new Map([...nonMissingContainerRequests].filter(([name]) => !requests.has(name)));
}

function aggregate(errors: readonly string[]): string {
  return errors.length > 1 ? `[${errors.join(", ")}]` : (errors[0] ?? "");
}
