import type { Container, PodSpec } from "../api/pod.ts";
import { cmpQuantity, newQuantity, type Quantity } from "../api/quantity.ts";
import { formatQuantity, mustParse } from "../api/quantity-text.ts";
import { isPodLevelResourcesSet, type PodOfResources } from "../api/resources.ts";
import { getThresholdQuantity, type SignalObservations } from "./eviction-observations.ts";
import { signalToResource, type StarvedResource } from "./eviction-signals.ts";
import type { Threshold } from "./eviction-thresholds.ts";
import type { ContainerStats, PodStats } from "./node-stats.ts";
import { memoryUsage } from "./pod-usage.ts";

/** `status.reason` of an evicted pod, and the reason of its Event. */
export const evicted = "Evicted";

/** What `status.message` says, and what the Event says beside it in annotations. */
export interface EvictionMessage {
  readonly message: string;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface PodOfMessage {
  readonly metadata: { readonly name: string };
  readonly spec: PodOfResources["spec"] & Pick<PodSpec, "resources">;
}

/**
 * Names the starved resource, the first due threshold on it, and every regular or init container
 * that uses more than it asked for. pkg/kubelet/eviction/helpers.go evictionMessage
 */
export function evictionMessage(
  resource: StarvedResource,
  pod: PodOfMessage,
  podStats: PodStats | undefined,
  thresholds: readonly Pick<Threshold, "signal" | "value">[],
  observations: SignalObservations,
): EvictionMessage {
  const node = `The node was low on resource: ${resource}. `;
  const start = node + thresholdMetInfo(resource, thresholds, observations);
  if (podStats === undefined) return { message: start, annotations: {} };
  const wholePod = resource === "memory" ? podOffence(pod, podStats) : undefined;
  const offences = containerOffences(resource, pod, podStats);
  const sentences = [...(wholePod === undefined ? [] : [wholePod]), ...offences].map(
    ({ who, usage, request }) =>
      `${who} was using ${usage}, request is ${request}, has larger consumption of ${resource}. `,
  );
  const annotations = {
    ...(wholePod === undefined
      ? {}
      : { offending_pod: pod.metadata.name, offending_pod_usage: wholePod.usage }),
    offending_containers: offences.map(({ name }) => name).join(","),
    offending_containers_usage: offences.map(({ usage }) => usage).join(","),
    starved_resource: resource,
  };
  return { message: start + sentences.join(""), annotations };
}

interface Offence {
  readonly name: string;
  /** As the sentence begins: `Container app`. */
  readonly who: string;
  readonly usage: string;
  readonly request: string;
}

/** getThresholdMetInfo. */
function thresholdMetInfo(
  resource: StarvedResource,
  thresholds: readonly Pick<Threshold, "signal" | "value">[],
  observations: SignalObservations,
): string {
  const met = thresholds.find(
    ({ signal }) => signalToResource(signal) === resource && observations[signal] !== undefined,
  );
  const observed = met && observations[met.signal];
  if (met === undefined || observed === undefined) return "";
  const quantity = formatQuantity(getThresholdQuantity(met.value, observed.capacity));
  const available = formatQuantity(observed.available);
  return `Threshold quantity: ${quantity}, available: ${available}. `;
}

/** Only where the pod as a whole asks for memory. */
function podOffence(pod: PodOfMessage, { memory }: PodStats): Offence | undefined {
  const request = pod.spec.resources?.requests?.["memory"];
  if (!isPodLevelResourcesSet(pod) || request === undefined || memory === undefined) {
    return undefined;
  }
  const { name } = pod.metadata;
  const usage = formatQuantity(memoryUsage(memory));
  return { name, who: `Pod ${name}`, usage, request: formatQuantity(mustParse(request)) };
}

function containerOffences(
  resource: StarvedResource,
  { spec }: PodOfMessage,
  podStats: PodStats,
): readonly Offence[] {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  return (podStats.containers ?? []).flatMap((stats) => {
    const container = containers.find(({ name }) => name === stats.name);
    const usage = usageOf(resource, stats);
    if (container === undefined || usage === undefined) return [];
    const request = requestOf(container, resource);
    if (cmpQuantity(usage, request) <= 0) return [];
    const { name } = container;
    const amounts = { usage: formatQuantity(usage), request: formatQuantity(request) };
    return [{ name, who: `Container ${name}`, ...amounts }];
  });
}

function requestOf({ resources }: Pick<Container, "resources">, resource: string): Quantity {
  const request = resources?.requests?.[resource];
  return request === undefined ? newQuantity(0) : mustParse(request);
}

/** Of a container by itself nobody counts inodes or processes; its volumes are the pod's. */
function usageOf(
  resource: StarvedResource,
  { memory, rootfs, logs }: ContainerStats,
): Quantity | undefined {
  if (resource === "memory") {
    return memory?.workingSetBytes === undefined ? undefined : memoryUsage(memory);
  }
  const [layer, log] = [rootfs?.usedBytes, logs?.usedBytes];
  if (resource !== "ephemeral-storage" || layer === undefined || log === undefined) {
    return undefined;
  }
  return newQuantity(layer + log, 0, "BinarySI");
}
