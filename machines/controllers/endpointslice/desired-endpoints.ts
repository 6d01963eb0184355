import { compareText } from "../../api/compare-text.ts";
import type { Node } from "../../api/node.ts";
import type {
  Endpoint,
  EndpointSlice,
  EndpointSlicePort,
  Service,
} from "../../api/network-objects.ts";
import { isPodReady } from "../../api/pod-readiness.ts";
import type { Pod } from "../../api/pod.ts";
import {
  findPort,
  podAddresses,
  podReference,
  shouldPodBeInEndpoints,
  shouldSetHostname,
} from "../endpoint/service-pods.ts";
import { fnv1a128 } from "../fnv.ts";
import { dumpForHash, goStructs } from "../go-dump.ts";

export type AddressType = EndpointSlice["addressType"];

/** Endpoints by what identifies them; pods whose ports have one number share a group of slices. */
export interface DesiredGroup {
  readonly ports: readonly EndpointSlicePort[];
  readonly endpoints: Map<string, Endpoint>;
}

/** By the key of the ports, and what had to be left out. */
export interface Desired {
  readonly groups: ReadonlyMap<string, DesiredGroup>;
  readonly errors: readonly string[];
}

/**
 * What a service's slices should hold of one family. A pod on a node that is not known is left out,
 * unless it is to be published in any case. Source: endpointslice reconciler.go
 * reconcileByAddressType.
 */
export function desiredEndpoints(
  service: Service,
  pods: readonly Pod[],
  nodes: ReadonlyMap<string, Node>,
  addressType: AddressType,
): Desired {
  const groups = new Map<string, DesiredGroup>();
  const errors: string[] = [];
  for (const pod of pods) {
    if (!shouldPodBeInEndpoints(pod, true)) continue;
    const ports = sortedPorts(endpointPorts(service, pod));
    const key = portMapKey(ports);
    const group = groups.get(key) ?? { ports, endpoints: new Map() };
    groups.set(key, group);
    const { nodeName = "" } = pod.spec;
    const node = nodes.get(nodeName);
    if (node === undefined && service.spec?.publishNotReadyAddresses !== true) {
      const { namespace = "", name } = service.metadata;
      const what = `Pod ${pod.metadata.name} for Service ${namespace}/${name}`;
      errors.push(`skipping ${what}: Node ${nodeName} Not Found`);
      continue;
    }
    const endpoint = podToEndpoint(pod, node, service, addressType);
    if (endpoint.addresses?.length) group.endpoints.set(endpointKey(endpoint), endpoint);
  }
  return { groups, errors };
}

/** endpointslice utils.go podToEndpoint */
function podToEndpoint(
  pod: Pod,
  node: Node | undefined,
  service: Service,
  addressType: AddressType,
): Endpoint {
  const serving = isPodReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const isPublished = service.spec?.publishNotReadyAddresses === true;
  const ready = isPublished || (serving && !terminating);
  const { nodeName = "", hostname } = pod.spec;
  const zone = node?.metadata.labels?.["topology.kubernetes.io/zone"] ?? "";
  return {
    addresses: podAddresses(pod, addressType === "IPv6"),
    conditions: { ready, serving, terminating },
    ...(hostname !== undefined && shouldSetHostname(pod, service) && { hostname }),
    targetRef: podReference(pod),
    ...(nodeName !== "" && { nodeName }),
    ...(zone !== "" && { zone }),
  };
}

/** endpointslice utils.go getEndpointPorts */
function endpointPorts(service: Service, pod: Pod): readonly EndpointSlicePort[] {
  return (service.spec?.ports ?? []).flatMap((servicePort): readonly EndpointSlicePort[] => {
    const port = findPort(pod, servicePort);
    if (port === undefined) return [];
    const { name = "", protocol, appProtocol } = servicePort;
    return [
      {
        name,
        port,
        ...(protocol !== undefined && { protocol }),
        ...(appProtocol !== undefined && { appProtocol }),
      },
    ];
  });
}

/** The same for the same ports in any order; endpointslice util NewPortMapKey. */
export function portMapKey(ports: readonly EndpointSlicePort[]): string {
  const fields = sortedPorts(ports).map(({ name, protocol, port, appProtocol }) => {
    return [name, protocol, port, appProtocol];
  });
  return JSON.stringify(fields);
}

/** In the order of their hashes, which is how slices show them. */
export function sortedPorts(ports: readonly EndpointSlicePort[]): readonly EndpointSlicePort[] {
  if (ports.length < 2) return ports;
  return ports.toSorted((a, b) => compareText(hashOf(a), hashOf(b)));
}

function hashOf(port: EndpointSlicePort): string {
  return fnv1a128(dumpForHash(structs, "EndpointPort", port));
}

/** api discovery/v1/types.go */
const structs = goStructs(
  "EndpointPort name:*string protocol:*Protocol port:*int32 appProtocol:*string",
);

/** What stays when conditions and places change; endpointslice util/endpointset.go hashEndpoint. */
export function endpointKey({ addresses = [], hostname = "", targetRef }: Endpoint): string {
  const { namespace = "", name = "" } = targetRef ?? {};
  return JSON.stringify([addresses.toSorted(compareText), hostname, namespace, name]);
}

/** endpointslice util/controller_utils.go EndpointsEqualBeyondHash */
export function endpointsEqualBeyondHash(one: Endpoint, other: Endpoint): boolean {
  const [ref, otherRef] = [one.targetRef, other.targetRef];
  return (
    one.nodeName === other.nodeName &&
    one.zone === other.zone &&
    one.conditions?.ready === other.conditions?.ready &&
    one.conditions?.serving === other.conditions?.serving &&
    one.conditions?.terminating === other.conditions?.terminating &&
    (["kind", "namespace", "name", "uid", "apiVersion", "fieldPath"] as const).every((field) => {
      return (ref?.[field] ?? "") === (otherRef?.[field] ?? "");
    })
  );
}
