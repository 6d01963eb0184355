import { canonicalIP, isIPv6 } from "../api/ip-address.ts";
import { parseCidr } from "../api/cidr.ts";
import type { LoadBalancerIngress, Service, ServicePort } from "../api/network-objects.ts";

/** One port of a Service, as kube-proxy needs it; pkg/proxy/serviceport.go BaseServicePortInfo. */
export interface ServicePortInfo {
  /** `namespace/name:port`, without the colon for a port without a name. */
  readonly name: string;
  readonly clusterIP: string;
  readonly port: number;
  readonly protocol: "TCP" | "UDP" | "SCTP";
  /** 0: none. */
  readonly nodePort: number;
  readonly externalIPs: readonly string[];
  readonly loadBalancerVIPs: readonly string[];
  /** CIDRs; none is every source. */
  readonly loadBalancerSourceRanges: readonly string[];
  /** How long a client stays with its endpoint; undefined without session affinity. */
  readonly stickyMaxAgeSeconds?: number;
  readonly externalPolicyLocal: boolean;
  readonly internalPolicyLocal: boolean;
  /** 0: none. */
  readonly healthCheckNodePort: number;
}

/** pkg/proxy/servicechangetracker.go serviceToServiceMap: a headless Service has no rules. */
export function servicePortsOf(service: Service): readonly ServicePortInfo[] {
  const { spec = {}, metadata } = service;
  if (shouldSkipService(service)) return [];
  if (metadata.labels?.[serviceProxyName] !== undefined) return [];
  return (spec.ports ?? []).map((port) => newBaseServiceInfo(service, port));
}

/** Somebody else than kube-proxy serves it. */
const serviceProxyName = "service.kubernetes.io/service-proxy-name";

/** pkg/proxy/util/utils.go ShouldSkipService */
function shouldSkipService({ spec }: Service): boolean {
  const { clusterIP = "", type } = spec ?? {};
  return clusterIP === "" || clusterIP === "None" || type === "ExternalName";
}

function newBaseServiceInfo({ metadata, spec = {}, status }: Service, port: ServicePort) {
  const { namespace = "", name } = metadata;
  const { clusterIP = "", externalIPs = [], sessionAffinity, sessionAffinityConfig } = spec;
  const isOfFamily = (address: string): boolean => isIPv6(address) === isIPv6(clusterIP);
  const stickyMaxAgeSeconds = sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800;
  const info: ServicePortInfo = {
    name: servicePortName(`${namespace}/${name}`, port.name),
    clusterIP: canonicalIP(clusterIP) ?? clusterIP,
    port: port.port,
    protocol: port.protocol ?? "TCP",
    nodePort: port.nodePort ?? 0,
    externalIPs: externalIPs.filter(isOfFamily),
    loadBalancerVIPs: (status?.loadBalancer?.ingress ?? []).flatMap((one) => vipOf(one)),
    loadBalancerSourceRanges: sourceRanges(spec.loadBalancerSourceRanges ?? []),
    ...(sessionAffinity === "ClientIP" && { stickyMaxAgeSeconds }),
    externalPolicyLocal: isExternal(spec) && spec.externalTrafficPolicy === "Local",
    internalPolicyLocal: spec.internalTrafficPolicy === "Local",
    healthCheckNodePort: needsHealthCheck(spec) ? (spec.healthCheckNodePort ?? 0) : 0,
  };
  return info;
}

/** pkg/proxy/types.go ServicePortName.String */
export function servicePortName(service: string, port = ""): string {
  return port === "" ? service : `${service}:${port}`;
}

/** pkg/api/v1/service/util.go ExternallyAccessible */
function isExternal({ type, externalIPs = [] }: NonNullable<Service["spec"]>): boolean {
  return type === "NodePort" || type === "LoadBalancer" || externalIPs.length > 0;
}

/** pkg/api/v1/service/util.go NeedsHealthCheck */
function needsHealthCheck({ type, externalTrafficPolicy }: NonNullable<Service["spec"]>): boolean {
  return type === "LoadBalancer" && externalTrafficPolicy === "Local";
}

/** A balancer that is a proxy of its own gets no rules; pkg/proxy/util/utils.go IsVIPMode. */
function vipOf({ ip, ipMode }: LoadBalancerIngress): readonly string[] {
  return ip === undefined || ip === "" || ipMode === "Proxy" ? [] : [canonicalIP(ip) ?? ip];
}

/** Everything is the same as nothing said. */
function sourceRanges(ranges: readonly string[]): readonly string[] {
  const parsed = ranges.flatMap((range) => parseCidr(range.trim())?.canonical ?? []);
  return parsed.some((range) => range.endsWith("/0")) ? [] : parsed;
}

/** It is reachable by more than its cluster IP; BaseServicePortInfo.ExternallyAccessible. */
export function externallyAccessible(info: ServicePortInfo): boolean {
  const { nodePort, loadBalancerVIPs, externalIPs } = info;
  return nodePort !== 0 || loadBalancerVIPs.length > 0 || externalIPs.length > 0;
}

/** BaseServicePortInfo.UsesClusterEndpoints */
export function usesClusterEndpoints(info: ServicePortInfo): boolean {
  return !info.internalPolicyLocal || externallyAccessible(info);
}

/** BaseServicePortInfo.UsesLocalEndpoints */
export function usesLocalEndpoints(info: ServicePortInfo): boolean {
  const { internalPolicyLocal, externalPolicyLocal } = info;
  return internalPolicyLocal || (externalPolicyLocal && externallyAccessible(info));
}
