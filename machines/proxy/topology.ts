import type { Endpoint, EndpointSlice } from "../api/network-objects.ts";
import { canonicalIP } from "../api/ip-address.ts";
import { compareText } from "../api/compare-text.ts";
import {
  servicePortName,
  type ServicePortInfo,
  usesClusterEndpoints,
  usesLocalEndpoints,
} from "./service-port.ts";

/** An address that a port's traffic may go to; pkg/proxy/endpoint.go BaseEndpointInfo. */
export interface ProxyEndpoint {
  /** `10.88.0.7:8080`. */
  readonly endpoint: string;
  readonly ip: string;
  readonly port: number;
  /** It is on the proxy's own node. */
  readonly isLocal: boolean;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly zoneHints: readonly string[];
  readonly nodeHints: readonly string[];
}

/** Where a kube-proxy runs. */
export interface ProxyNode {
  readonly name: string;
  readonly zone?: string;
  readonly ip?: string;
}

/**
 * Endpoints by the name of a service's port and its protocol, each once, in order of their text.
 * Source: pkg/proxy/endpointslicecache.go getEndpointsMap.
 */
export function endpointsByServicePort(
  slices: readonly EndpointSlice[],
  node: ProxyNode,
): ReadonlyMap<string, readonly ProxyEndpoint[]> {
  const found = new Map<string, Map<string, ProxyEndpoint>>();
  for (const { metadata, ports = [], endpoints = [] } of slices) {
    const { namespace = "", labels = {} } = metadata;
    const service = labels["kubernetes.io/service-name"];
    if (service === undefined || service === "") continue;
    for (const { name, port, protocol = "TCP" } of ports) {
      if (port === undefined || port === 0) continue;
      const key = `${servicePortName(`${namespace}/${service}`, name)} ${protocol}`;
      const known = found.get(key) ?? new Map<string, ProxyEndpoint>();
      found.set(key, known);
      for (const endpoint of endpoints) addEndpoint(known, endpoint, port, node);
    }
  }
  const inOrder = [...found].map(([key, known]) => {
    const all = [...known.values()];
    return [key, all.toSorted((a, b) => compareText(a.endpoint, b.endpoint))] as const;
  });
  return new Map(inOrder);
}

/** Of two of one address the local one counts; EndpointSliceCache.addEndpoints. */
function addEndpoint(
  known: Map<string, ProxyEndpoint>,
  { addresses = [], conditions = {}, nodeName, hints = {} }: Endpoint,
  port: number,
  node: ProxyNode,
): void {
  const [address] = addresses;
  if (address === undefined) return;
  const ip = canonicalIP(address) ?? address;
  const endpoint = ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`;
  const isLocal = nodeName === node.name;
  if (known.has(endpoint) && !isLocal) return;
  const { ready = true, serving = true, terminating = false } = conditions;
  const zoneHints = (hints.forZones ?? []).map(({ name }) => name);
  const nodeHints = (hints.forNodes ?? []).map(({ name }) => name);
  known.set(endpoint, {
    endpoint,
    ip,
    port,
    isLocal,
    ready,
    serving,
    terminating,
    zoneHints,
    nodeHints,
  });
}

/** Which endpoints a port's traffic may go to. */
export interface CategorizedEndpoints {
  readonly clusterEndpoints: readonly ProxyEndpoint[];
  readonly localEndpoints: readonly ProxyEndpoint[];
  /** All that this node's rules may lead to. */
  readonly allReachableEndpoints: readonly ProxyEndpoint[];
  /** There is one somewhere, even when this node's rules lead to none. */
  readonly hasAnyEndpoints: boolean;
}

/**
 * Ready endpoints, and where there is none those that still serve while they terminate; of the
 * traffic policy Local on this node alone. Source: pkg/proxy/topology.go CategorizeEndpoints.
 */
export function categorizeEndpoints(
  endpoints: readonly ProxyEndpoint[],
  info: ServicePortInfo,
  node: ProxyNode,
): CategorizedEndpoints {
  const isClusterUsed = usesClusterEndpoints(info);
  const mode = isClusterUsed ? topologyModeFromHints(endpoints, node) : "";
  const near = endpoints.filter((one) => one.ready && availableForTopology(one, mode, node));
  const ready = near.length > 0 ? near : endpoints.filter(isServingTerminating);
  const clusterEndpoints = isClusterUsed ? ready : [];
  if (!usesLocalEndpoints(info)) {
    const hasAnyEndpoints = clusterEndpoints.length > 0;
    const allReachableEndpoints = clusterEndpoints;
    return { clusterEndpoints, localEndpoints: [], allReachableEndpoints, hasAnyEndpoints };
  }
  const local = endpoints.filter(({ isLocal }) => isLocal);
  const localReady = local.filter((one) => one.ready);
  const localEndpoints = localReady.length > 0 ? localReady : local.filter(isServingTerminating);
  const others = localEndpoints.filter((one) => !clusterEndpoints.includes(one));
  const hasUsable = endpoints.some((one) => one.ready || isServingTerminating(one));
  return {
    clusterEndpoints,
    localEndpoints,
    allReachableEndpoints: [...clusterEndpoints, ...others],
    hasAnyEndpoints: clusterEndpoints.length > 0 || hasUsable,
  };
}

function isServingTerminating({ serving, terminating }: ProxyEndpoint): boolean {
  return serving && terminating;
}

type TopologyMode = "" | "PreferSameNode" | "PreferSameZone";

/** Hints count only where every ready endpoint has one, and one of them is for this place. */
function topologyModeFromHints(
  endpoints: readonly ProxyEndpoint[],
  { name, zone = "" }: ProxyNode,
): TopologyMode {
  if (endpoints.length === 0) return "";
  const ready = endpoints.filter((one) => one.ready);
  const isHinted = (hintsOf: (one: ProxyEndpoint) => readonly string[], place: string): boolean => {
    return (
      ready.every((one) => hintsOf(one).length > 0) &&
      ready.some((one) => hintsOf(one).includes(place))
    );
  };
  if (isHinted(({ nodeHints }) => nodeHints, name)) return "PreferSameNode";
  return isHinted(({ zoneHints }) => zoneHints, zone) ? "PreferSameZone" : "";
}

function availableForTopology(
  { nodeHints, zoneHints }: ProxyEndpoint,
  mode: TopologyMode,
  { name, zone = "" }: ProxyNode,
): boolean {
  switch (mode) {
    case "":
      return true;
    case "PreferSameNode":
      return nodeHints.includes(name);
    case "PreferSameZone":
      return zoneHints.includes(zone);
  }
}
