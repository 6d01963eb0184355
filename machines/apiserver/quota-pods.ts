import type { Container, Pod } from "../api/pod.ts";
import { newQuantity, type Quantity } from "../api/quantity.ts";
import { isExtendedResourceName } from "../api/resource-names.ts";
import {
  isPodLevelResourcesSet,
  podLimits,
  podRequests,
  quantities,
  type Quantities,
} from "../api/resources.ts";
import { parseTime } from "../api/time.ts";

/**
 * What a pod uses of a quota. One that has ended, or should have long since, is only counted.
 * pkg/quota/v1/evaluator/core/pods.go PodUsageFunc
 */
export function podUsage(pod: Pod, nowMs: number): Quantities {
  const count = new Map([["count/pods", newQuantity(1)]]);
  if (!isCharged(pod, nowMs)) return count;
  const options = { useStatusResources: true };
  return new Map([...count, ...computeUsage(podRequests(pod, options), podLimits(pod, options))]);
}

/** QuotaV1Pod */
export function isCharged({ metadata, status }: Pod, nowMs: number): boolean {
  if (status?.phase === "Failed" || status?.phase === "Succeeded") return false;
  const { deletionTimestamp, deletionGracePeriodSeconds } = metadata;
  if (deletionTimestamp === undefined || deletionGracePeriodSeconds === undefined) return true;
  return nowMs <= parseTime(deletionTimestamp) + deletionGracePeriodSeconds * 1000;
}

/** podComputeUsageHelper */
function computeUsage(requests: Quantities, limits: Quantities): Quantities {
  const usage = new Map<string, Quantity>([["pods", newQuantity(1)]]);
  for (const name of computeResources) {
    const [request, limit] = [requests.get(name), limits.get(name)];
    if (request !== undefined) usage.set(name, request).set(`requests.${name}`, request);
    if (limit !== undefined) usage.set(`limits.${name}`, limit);
  }
  for (const [name, request] of requests) {
    if (name.startsWith("hugepages-")) usage.set(name, request).set(`requests.${name}`, request);
    if (isExtendedResourceName(name)) usage.set(`requests.${name}`, request);
  }
  return usage;
}

const computeResources = ["cpu", "memory", "ephemeral-storage"];

/** Which of a quota's resources pods use. MatchingResources */
export function isPodResource(name: string): boolean {
  if (podResources.has(name) || /^(?:requests\.)?hugepages-/.test(name)) return true;
  const isNative = !name.includes("/") || name.includes("kubernetes.io/");
  return !isNative && name.startsWith("requests.");
}

const podResources = new Set([
  "count/pods",
  "pods",
  ...computeResources,
  ...computeResources.flatMap((name) => [`requests.${name}`, `limits.${name}`]),
]);

/** Of processors and memory each container has to say what it takes; undefined where all do. */
export function missingResources(pod: Pod, required: readonly string[]): string | undefined {
  if (isPodLevelResourcesSet(pod)) return undefined;
  const names = required.filter((name) => mustBeSaid.has(name)).toSorted();
  const containers = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
  const missing = names.flatMap((name) => {
    const silent = containers.filter((one) => !saysOf(one).has(name)).map((one) => one.name);
    return silent.length === 0 ? [] : [`${name} for: ${[...new Set(silent)].toSorted().join(",")}`];
  });
  return missing.length === 0 ? undefined : `must specify ${missing.join("; ")}`;
}

function saysOf({ resources = {} }: Container): Quantities {
  return computeUsage(quantities(resources.requests), quantities(resources.limits));
}

const mustBeSaid = new Set([
  "cpu",
  "memory",
  ...["cpu", "memory"].flatMap((name) => [`requests.${name}`, `limits.${name}`]),
]);
