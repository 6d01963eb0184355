import type { Service } from "../../../machines/api/network-objects.ts";
import type { Node } from "../../../machines/api/node.ts";
import { isNode, isPod, isWhole } from "../../../machines/api/objects.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import type { EndpointsStep } from "../../../machines/controllers/endpoint/endpoints.machine.ts";
import {
  deleteEndpoints,
  type EndpointsResult,
  syncEndpoints,
} from "../../../machines/controllers/endpoint/sync-endpoints.ts";
import type { EndpointSliceStep } from "../../../machines/controllers/endpointslice/endpoint-slice.machine.ts";
import { serviceNameLabel } from "../../../machines/controllers/endpointslice/slices.ts";
import { syncService } from "../../../machines/controllers/endpointslice/sync-service.ts";
import { addressOf, type Receiver } from "../composition.ts";
import type { Caches, SyncEnded, SyncUnderWay } from "../controllers-side.ts";
import type { KubeWorld } from "../world.ts";
import { type ControllerSync, ended } from "./sync-ended.ts";

type EndpointsCaches = Extract<Caches, { controller: "endpoints" }>;
type EndpointSliceCaches = Extract<Caches, { controller: "endpointSlice" }>;

/** A service's Endpoints have its name. */
export function seenEndpoints(world: KubeWorld, key: string, receiver: Receiver): EndpointsCaches {
  const service = world.store.get("Service", key);
  if (!isWhole(service, "Service")) {
    const [namespace = "", name = ""] = key.split("/");
    return { controller: "endpoints", namespace, name };
  }
  const endpoints = world.store.get("Endpoints", key);
  return {
    controller: "endpoints",
    service,
    pods: podsSelectedBy(world, service),
    ...(isWhole(endpoints, "Endpoints") && { endpoints }),
    ...remembered(world, receiver),
  };
}

/** Slices of a service that is gone go with their owner. */
export function seenEndpointSlices(
  world: KubeWorld,
  key: string,
  receiver: Receiver,
): EndpointSliceCaches | undefined {
  const service = world.store.get("Service", key);
  if (!isWhole(service, "Service")) return undefined;
  const { namespace, name } = service.metadata;
  const pods = podsSelectedBy(world, service);
  const labels = [{ key: serviceNameLabel, operator: "=", values: [name] }] as const;
  const slices = world.store.select("EndpointSlice", { namespace, labels });
  return {
    controller: "endpointSlice",
    service,
    pods,
    nodes: nodesOf(world, pods),
    slices: slices.filter((slice) => isWhole(slice, "EndpointSlice")),
    ...remembered(world, receiver),
  };
}

function remembered(world: KubeWorld, receiver: Receiver) {
  const lastTriggerTimes = world.controllers.recall("triggerTimes", addressOf(receiver));
  return lastTriggerTimes === undefined ? {} : { lastTriggerTimes };
}

function podsSelectedBy({ store }: KubeWorld, { metadata, spec }: Service): readonly Pod[] {
  const { namespace } = metadata;
  const labels = Object.entries(spec?.selector ?? {}).map(([key, value]) => {
    return { key, operator: "=", values: [value] } as const;
  });
  return store.select("Pod", { namespace, labels }).filter(isPod);
}

/** Those that its pods are on: no other's zone is asked for. */
function nodesOf({ store }: KubeWorld, pods: readonly Pod[]): readonly Node[] {
  const names = new Set(pods.flatMap(({ spec }) => spec.nodeName ?? []));
  return [...names].flatMap((name) => store.get("Node", name) ?? []).filter(isNode);
}

export function* syncOfEndpoints(caches: EndpointsCaches): ControllerSync {
  if (!("service" in caches)) return ended(yield* deleteEndpoints(caches.namespace, caches.name));
  return remembering(yield* syncEndpoints(caches));
}

export function* syncOfEndpointSlices(caches: EndpointSliceCaches): ControllerSync {
  return remembering(yield* syncService(caches));
}

function remembering(result: EndpointsResult): SyncEnded {
  const { seen } = result;
  return { ...ended(result), ...(seen !== undefined && { triggerTimes: seen }) };
}

/** What a sync of a service's endpoints does next, in the words of both charts. */
export function endpointsStep({ asks, end = {} }: SyncUnderWay): EndpointsStep & EndpointSliceStep {
  const [request] = asks;
  if (request === undefined) return end.error === undefined ? "succeeded" : "failed";
  if (request.verb === "create" || request.verb === "delete") return request.verb;
  return "update";
}
