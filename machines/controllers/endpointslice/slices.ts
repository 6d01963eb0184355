import type {
  Endpoint,
  EndpointSlice,
  EndpointSlicePort,
  Service,
} from "../../api/network-objects.ts";
import { nameIsDnsSubdomain } from "../../api/names.ts";
import { isHeadlessService, isServiceIPSet } from "../endpoint/service-pods.ts";
import { newControllerRef } from "../controller-ref-manager.ts";
import type { AddressType, DesiredGroup } from "./desired-endpoints.ts";
import { endpointKey, endpointsEqualBeyondHash } from "./desired-endpoints.ts";

export const serviceNameLabel = "kubernetes.io/service-name";
export const managedByLabel = "endpointslice.kubernetes.io/managed-by";
export const controllerName = "endpointslice-controller.k8s.io";

/** What is to be written, before hints and times. */
export interface SliceChanges {
  readonly toCreate: readonly EndpointSlice[];
  readonly toUpdate: readonly EndpointSlice[];
  readonly toDelete: readonly EndpointSlice[];
}

/**
 * Slices of one group of ports. Endpoints that stay keep their slice; new ones fill the slices that
 * change anyhow, then one that holds them all, and new ones at last. Nothing is rebalanced.
 * Source: endpointslice reconciler.go reconcileByPortMapping.
 */
export function reconcileByPortMapping(
  service: Service,
  existing: readonly EndpointSlice[],
  { ports, endpoints }: DesiredGroup,
  addressType: AddressType,
  maxEndpointsPerSlice: number,
): SliceChanges {
  const left = new Map(endpoints);
  const toUpdate = new Map<string, EndpointSlice>();
  const toDelete: EndpointSlice[] = [];
  const unchanged = new Map<string, EndpointSlice>();
  for (const slice of existing) {
    const { name } = slice.metadata;
    const kept = keptEndpoints(slice, left);
    const { labels, isChanged } = sliceLabels(service, slice);
    if (kept.isChanged && kept.endpoints.length === 0) toDelete.push(slice);
    else if (kept.isChanged || isChanged) {
      const metadata = { ...slice.metadata, labels };
      toUpdate.set(name, { ...slice, metadata, endpoints: kept.endpoints });
    } else unchanged.set(name, slice);
  }
  const fullestFirst = [...toUpdate.values()].toSorted((a, b) => sizeOf(b) - sizeOf(a));
  for (const slice of fullestFirst) {
    toUpdate.set(slice.metadata.name, filled(slice, left, maxEndpointsPerSlice));
  }
  const toCreate: EndpointSlice[] = [];
  while (left.size > 0) {
    const fitting = getSliceToFill([...unchanged.values()], left.size, maxEndpointsPerSlice);
    if (fitting === undefined) {
      const fresh = newEndpointSlice(service, ports, addressType);
      toCreate.push(filled(fresh, left, maxEndpointsPerSlice));
    } else {
      const { name } = fitting.metadata;
      toUpdate.set(name, filled(fitting, left, maxEndpointsPerSlice));
      unchanged.delete(name);
    }
  }
  return { toCreate, toUpdate: [...toUpdate.values()], toDelete };
}

/** Those that are still desired, as they are now; they are taken out of what is left. */
function keptEndpoints(
  { endpoints = [] }: EndpointSlice,
  left: Map<string, Endpoint>,
): { readonly endpoints: readonly Endpoint[]; readonly isChanged: boolean } {
  let isChanged = false;
  const kept = endpoints.flatMap((endpoint): readonly Endpoint[] => {
    const key = endpointKey(endpoint);
    const desired = left.get(key);
    left.delete(key);
    if (desired === undefined) return [];
    if (endpointsEqualBeyondHash(desired, endpoint)) return [endpoint];
    isChanged = true;
    return [desired];
  });
  return { endpoints: kept, isChanged: isChanged || kept.length !== endpoints.length };
}

function sizeOf({ endpoints = [] }: EndpointSlice): number {
  return endpoints.length;
}

/** With as many of those that are left as there is room for. */
function filled(slice: EndpointSlice, left: Map<string, Endpoint>, max: number): EndpointSlice {
  const { endpoints = [] } = slice;
  const taken = [...left].slice(0, Math.max(0, max - endpoints.length));
  for (const [key] of taken) left.delete(key);
  return { ...slice, endpoints: [...endpoints, ...taken.map(([, endpoint]) => endpoint)] };
}

/** The fullest that has room for all; endpointslice utils.go getSliceToFill. */
function getSliceToFill(
  slices: readonly EndpointSlice[],
  count: number,
  max: number,
): EndpointSlice | undefined {
  if (count >= max) return undefined;
  const fitting = slices.filter((slice) => max - (count + sizeOf(slice)) >= 0);
  const roomOf = (slice: EndpointSlice): number => max - (count + sizeOf(slice));
  const [closest] = fitting.toSorted((a, b) => roomOf(a) - roomOf(b));
  return closest !== undefined && roomOf(closest) < max ? closest : undefined;
}

/** endpointslice utils.go newEndpointSlice */
export function newEndpointSlice(
  service: Service,
  ports: readonly EndpointSlicePort[],
  addressType: AddressType,
): EndpointSlice {
  const { name, namespace = "" } = service.metadata;
  const prefix = `${name}-`;
  const isShort = nameIsDnsSubdomain(prefix, true).length === 0;
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      name: "",
      generateName: isShort ? prefix : name,
      namespace,
      labels: sliceLabels(service).labels,
      ownerReferences: [newControllerRef(service)],
    },
    addressType,
    endpoints: [],
    ports,
  };
}

/** The service's own, and those that say whose it is; endpointslice utils.go. */
function sliceLabels(
  service: Service,
  slice?: EndpointSlice,
): { readonly labels: Readonly<Record<string, string>>; readonly isChanged: boolean } {
  const [before, own] = [ownLabels(slice), ownLabels(service)];
  const isSame =
    before.length === own.length &&
    own.every(([key, value]) => slice?.metadata.labels?.[key] === value);
  const labels = {
    ...Object.fromEntries(own),
    ...(!isServiceIPSet(service) && { [isHeadlessService]: "" }),
    [serviceNameLabel]: service.metadata.name,
    [managedByLabel]: controllerName,
  };
  return { labels, isChanged: !isSame };
}

function ownLabels(object: Service | EndpointSlice | undefined) {
  const reserved = [serviceNameLabel, managedByLabel, isHeadlessService];
  return Object.entries(object?.metadata.labels ?? {}).filter(([key]) => !reserved.includes(key));
}
