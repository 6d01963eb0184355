import type { Endpoint, EndpointSlice, Service } from "../../../machines/api/network-objects.ts";
import type { Node } from "../../../machines/api/node.ts";
import { isWhole } from "../../../machines/api/objects.ts";
import type { Pod } from "../../../machines/api/pod.ts";
import {
  type ServiceView,
  syncService,
} from "../../../machines/controllers/endpointslice/sync-service.ts";
import { ofKind, runScripted, stored } from "../../support/scripted-sync.ts";
import { readyPod, webService } from "../../support/services.ts";

type Input = ServiceInput | PackingInput;

interface ServiceInput {
  readonly kind?: undefined;
  readonly service: Service;
  readonly pods: readonly Pod[];
  readonly nodes: readonly Node[];
  readonly existingSlices: readonly EndpointSlice[];
  readonly maxEndpointsPerSlice: number;
}

interface PackingInput {
  readonly kind: "packing";
  readonly readyPodAddresses: readonly string[];
  readonly existingSlices: readonly {
    readonly name: string;
    readonly addresses: readonly string[];
  }[];
  readonly maxEndpointsPerSlice: number;
}

export function run(input: Input): unknown {
  return input.kind === "packing" ? packing(input) : service(input);
}

function service({ existingSlices, service: given, ...rest }: ServiceInput): unknown {
  const slices = existingSlices.map((slice) => {
    return ofKind("discovery.k8s.io/v1", "EndpointSlice", slice);
  });
  const view = { ...rest, service: ofKind("v1", "Service", given), slices };
  const { requests, after, error } = reconciled(view);
  return { requests, slices: after.map(sliceJson).toSorted(byJson), ...(error && { error }) };
}

function packing({
  readyPodAddresses,
  existingSlices,
  maxEndpointsPerSlice,
}: PackingInput): unknown {
  const pods = readyPodAddresses.map((address) => readyPod(address));
  const node: Node = { apiVersion: "v1", kind: "Node", metadata: { name: "n1" } };
  const slices = existingSlices.map(({ name, addresses }) => sliceOf(name, addresses));
  const view = { service: webService, pods, nodes: [node], slices, maxEndpointsPerSlice };
  const { requests, after } = reconciled(view);
  const sizes = after.map(({ endpoints = [] }) => endpoints.length);
  return { requests, endpointsPerSlice: sizes.toSorted((a, b) => a - b) };
}

function reconciled(view: ServiceView) {
  const counts = { create: 0, delete: 0, update: 0 };
  const slices = new Map(view.slices.map((slice) => [slice.metadata.name, slice]));
  const { result } = runScripted(syncService(view), ({ verb, name = "", object = {} }) => {
    if (verb === "create" || verb === "update" || verb === "delete") counts[verb]++;
    if (verb === "delete") slices.delete(name);
    const kept = stored(object, () => counts.create);
    if (verb !== "delete" && isWhole(kept, "EndpointSlice")) slices.set(kept.metadata.name, kept);
    return { object: kept };
  });
  return { requests: counts, after: [...slices.values()], error: result.error?.message };
}

/** Names, owners and namespaces were left out. */
function sliceJson({ metadata, addressType, endpoints, ports }: EndpointSlice): object {
  const { annotations, generateName, labels } = metadata;
  return {
    metadata: { annotations, generateName, labels },
    addressType,
    ports,
    ...(endpoints && { endpoints: endpoints.toSorted(byJson) }),
  };
}

function byJson(a: object, b: object): number {
  const [one, other] = [canonicalJson(a), canonicalJson(b)];
  return one < other ? -1 : Number(one > other);
}

/** With its keys in order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => {
    if (typeof one !== "object" || one === null || Array.isArray(one)) return one;
    return Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function sliceOf(name: string, addresses: readonly string[]): EndpointSlice {
  const owner = { apiVersion: "v1", kind: "Service", name: "web", uid: "uid-web" };
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      name,
      namespace: "default",
      labels: {
        "kubernetes.io/service-name": "web",
        "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
      },
      ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }],
    },
    addressType: "IPv4",
    ports: [{ name: "http", port: 8080, protocol: "TCP" }],
    endpoints: addresses.map(
      (address): Endpoint => ({
        addresses: [address],
        conditions: { ready: true, serving: true, terminating: false },
        nodeName: "n1",
        targetRef: {
          kind: "Pod",
          namespace: "default",
          name: `p-${address}`,
          uid: `uid-p-${address}`,
        },
      }),
    ),
  };
}
