import type {
  EndpointAddress,
  EndpointPort,
  Endpoints,
  EndpointSubset,
  Service,
} from "../../api/network-objects.ts";
import { isPodReady } from "../../api/pod-readiness.ts";
import type { Pod } from "../../api/pod.ts";
import { formatTime } from "../../api/time.ts";
import { semanticDeepEqual } from "../../apiserver/spec-equality.ts";
import { hasStatusCause, record, send, type Sync, type SyncError } from "../sync.ts";
import { repackSubsets } from "./repack-subsets.ts";
import {
  findPort,
  isHeadlessService,
  isServiceIPSet,
  lastChangeTriggerTime,
  podAddresses,
  podReference,
  podsOfService,
  shouldPodBeInEndpoints,
  shouldSetHostname,
} from "./service-pods.ts";
import { computeEndpointLastChangeTriggerTime, type TriggerTimes } from "./trigger-time.ts";
import { isOverCapacity, overCapacity, truncateEndpoints } from "./truncate-endpoints.ts";

/** What the controller's caches hold of a service. */
export interface EndpointsView {
  readonly service: Service;
  readonly pods: readonly Pod[];
  readonly endpoints?: Endpoints;
  readonly lastTriggerTimes?: TriggerTimes;
}

/** Why it failed, and what to remember of the service. */
export interface EndpointsResult {
  readonly error?: SyncError;
  readonly seen?: TriggerTimes;
}

/** pkg/controller/endpoint/endpoints_controller.go syncService */
export function* syncEndpoints(view: EndpointsView): Sync<EndpointsResult> {
  const { service, endpoints } = view;
  const pods = podsOfService(service, view.pods);
  if (pods === undefined) return {};
  const triggered = computeEndpointLastChangeTriggerTime(service, pods, view.lastTriggerTimes);
  const { triggerTimeMs, seen } = triggered;
  const subsets = repackSubsets(pods.flatMap((pod) => subsetsOf(service, pod)));
  if (endpoints !== undefined && isUpToDate(endpoints, service, subsets)) return { seen };
  const next = newEndpoints(view, subsets, triggerTimeMs);
  const { namespace = "", name } = service.metadata;
  const verb = endpoints === undefined ? "create" : "update";
  const request = { verb, resource: "endpoints", namespace, name, object: next } as const;
  const { error } = yield* send(request);
  if (error === undefined) return { seen };
  if (verb === "create" && hasStatusCause(error, "NamespaceTerminating")) return { seen };
  const [reason, what] =
    verb === "create"
      ? ["FailedToCreateEndpoint", "Failed to create endpoint for service"]
      : ["FailedToUpdateEndpoint", "Failed to update endpoint"];
  yield* record(next, "Warning", reason ?? "", `${what} ${namespace}/${name}: ${error.message}`);
  return { seen, error };
}

/** Endpoints of a service that is gone go, too; the other half of syncService. */
export function* deleteEndpoints(namespace: string, name: string): Sync<EndpointsResult> {
  const request = { verb: "delete", resource: "endpoints", namespace, name } as const;
  const { error } = yield* send(request);
  return error === undefined || error.reason === "NotFound" ? {} : { error };
}

/** One of each port; a headless service may have none. */
function subsetsOf(service: Service, pod: Pod): readonly EndpointSubset[] {
  const { publishNotReadyAddresses = false, ports = [], clusterIP } = service.spec ?? {};
  const address = addressOf(service, pod);
  if (!shouldPodBeInEndpoints(pod, publishNotReadyAddresses) || address === undefined) return [];
  const isReady = publishNotReadyAddresses || isPodReady(pod);
  const listed = isReady ? { addresses: [address] } : { notReadyAddresses: [address] };
  if (ports.length === 0) return clusterIP === "None" ? [listed] : [];
  return ports.flatMap((servicePort): readonly EndpointSubset[] => {
    const number = findPort(pod, servicePort);
    if (number === undefined) return [];
    const { name, protocol, appProtocol } = servicePort;
    const port: EndpointPort = {
      ...(name !== undefined && { name }),
      port: number,
      ...(protocol !== undefined && { protocol }),
      ...(appProtocol !== undefined && { appProtocol }),
    };
    return [{ ...listed, ports: [port] }];
  });
}

/** Undefined without an address of the service's first family; podToEndpointAddressForService. */
function addressOf(service: Service, pod: Pod): EndpointAddress | undefined {
  const [ip] = podAddresses(pod, service.spec?.ipFamilies?.[0] === "IPv6");
  if (ip === undefined) return undefined;
  const { nodeName = "", hostname } = pod.spec;
  const named = hostname !== undefined && shouldSetHostname(pod, service) ? { hostname } : {};
  return { ip, ...named, nodeName, targetRef: podReference(pod) };
}

function isUpToDate(
  { metadata, subsets = [] }: Endpoints,
  service: Service,
  wanted: readonly EndpointSubset[],
): boolean {
  const isSame = areEqual(subsets, wanted) || areEqual(repackSubsets(subsets), wanted);
  const isMarked = metadata.annotations?.[overCapacity] !== undefined;
  return isSame && labelsCorrect(metadata.labels, service) && !isOverCapacity(subsets) && !isMarked;
}

/** Most lists that differ have other lengths. */
function areEqual(some: readonly EndpointSubset[], wanted: readonly EndpointSubset[]): boolean {
  if (sizesOf(some) !== sizesOf(wanted)) return false;
  return semanticDeepEqual(withoutVersions(some), withoutVersions(wanted));
}

function sizesOf(subsets: readonly EndpointSubset[]): string {
  return subsets
    .map(({ addresses = [], notReadyAddresses = [] }) => {
      return `${addresses.length} ${notReadyAddresses.length}`;
    })
    .join();
}

/** A pod that has changed elsewhere is the same endpoint. */
function withoutVersions(subsets: readonly EndpointSubset[]): unknown {
  const text = JSON.stringify(subsets, (key, value: unknown) => {
    return key === "resourceVersion" ? undefined : value;
  });
  return JSON.parse(text);
}

/** labelsCorrectForEndpoints */
function labelsCorrect(labels: Service["metadata"]["labels"] = {}, service: Service): boolean {
  if (labels[managedBy] !== controllerName) return false;
  const own = Object.entries(labels).filter(
    ([key]) => ![managedBy, isHeadlessService].includes(key),
  );
  const wanted = service.metadata.labels ?? {};
  const isSame = own.every(([key, value]) => wanted[key] === value);
  return isSame && own.length === Object.keys(wanted).length;
}

function newEndpoints(
  { service, endpoints }: EndpointsView,
  subsets: readonly EndpointSubset[],
  triggerTimeMs: number | undefined,
): Endpoints {
  const { name, labels = {} } = service.metadata;
  const truncated = truncateEndpoints(subsets);
  const {
    [lastChangeTriggerTime]: _,
    [overCapacity]: __,
    ...kept
  } = endpoints?.metadata.annotations ?? {};
  const annotations = {
    ...kept,
    ...(triggerTimeMs !== undefined && { [lastChangeTriggerTime]: formatTime(triggerTimeMs) }),
    ...(truncated !== undefined && { [overCapacity]: "truncated" }),
  };
  const { [isHeadlessService]: ___, ...others } = labels;
  const marked = isServiceIPSet(service) ? others : { ...others, [isHeadlessService]: "" };
  const all = truncated ?? subsets;
  return {
    apiVersion: "v1",
    kind: "Endpoints",
    metadata: {
      ...(endpoints?.metadata ?? { name }),
      labels: { ...marked, [managedBy]: controllerName },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    ...(all.length > 0 && { subsets: all }),
  };
}

const managedBy = "endpoints.kubernetes.io/managed-by";
const controllerName = "endpoint-controller";
