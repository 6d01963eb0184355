import type { Service, ServicePort, ServiceSpec } from "../api/network-objects.ts";
import { quote } from "../api/quote.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { isExternallyAccessible } from "./defaults-network.ts";
import { warningsForCidr, warningsForIP } from "./validation-ip.ts";
import { needsHealthCheck } from "./validation-services.ts";

type Spec = Unchecked<ServiceSpec>;
type AnyService = Unchecked<Service>;

/**
 * What another type has no use for goes, if nobody changed it as well;
 * pkg/registry/core/service/strategy.go dropTypeDependentFields.
 */
export function dropTypeDependentFields(service: AnyService, old: AnyService): AnyService {
  const [spec, before] = [service.spec ?? {}, old.spec ?? {}];
  const isSame = (field: keyof Spec) =>
    JSON.stringify(spec[field]) === JSON.stringify(before[field]);
  const dropped = new Set<keyof Spec>();
  const drop = (isDropped: boolean, ...fields: readonly (keyof Spec)[]): void => {
    if (isDropped) for (const field of fields) dropped.add(field);
  };
  const losesAddress = before.type !== "ExternalName" && spec.type === "ExternalName";
  const losesBalancer = before.type === "LoadBalancer" && spec.type !== "LoadBalancer";
  drop(losesAddress && isSame("clusterIP") && isSame("clusterIPs"), "clusterIP", "clusterIPs");
  drop(losesAddress && isSame("ipFamilies"), "ipFamilies");
  drop(losesAddress && isSame("ipFamilyPolicy"), "ipFamilyPolicy");
  const losesCheck = needsHealthCheck(before) && !needsHealthCheck(spec);
  drop(losesCheck && isSame("healthCheckNodePort"), "healthCheckNodePort");
  const allocates = "allocateLoadBalancerNodePorts";
  drop(losesBalancer && spec[allocates] !== undefined && isSame(allocates), allocates);
  drop(losesBalancer && isSame("loadBalancerClass"), "loadBalancerClass");
  const losesAccess = isAccessible(before) && !isAccessible(spec);
  drop(losesAccess && isSame("externalTrafficPolicy"), "externalTrafficPolicy");
  const kept: Spec = Object.fromEntries(
    Object.entries(spec).filter(([field]) => ![...dropped].some((one) => one === field)),
  );
  return withoutIngress({ ...service, spec: withoutNodePorts(kept, before) });
}

function isAccessible(spec: Spec): boolean {
  return isExternallyAccessible(spec, spec.type ?? "");
}

function withoutIngress(service: AnyService): AnyService {
  const { status } = service;
  if (service.spec?.type === "LoadBalancer" || status?.loadBalancer === undefined) return service;
  const { loadBalancer: _, ...kept } = status;
  return { ...service, status: kept };
}

function needsNodePort({ type }: Spec): boolean {
  return type === "NodePort" || type === "LoadBalancer";
}

/** Unless one is new, which validation then refuses. */
function withoutNodePorts(spec: Spec, before: Spec): Spec {
  const known = new Set(before.ports?.map(({ nodePort = 0 }) => nodePort));
  const areOld = (spec.ports ?? []).every(
    ({ nodePort = 0 }) => nodePort === 0 || known.has(nodePort),
  );
  if (!needsNodePort(before) || needsNodePort(spec) || !areOld || spec.ports === undefined)
    return spec;
  const ports = spec.ports.map((port: Unchecked<ServicePort>) => {
    const { nodePort: _, ...kept } = port;
    return kept;
  });
  return { ...spec, ports };
}

/** pkg/api/service/warnings.go GetWarningsForService. */
export function warningsForService({ metadata, spec = {} }: AnyService): readonly string[] {
  const { clusterIP = "", clusterIPs = [], externalIPs = [], loadBalancerIP = "", type } = spec;
  const hints = "service.kubernetes.io/topology-aware-hints";
  const mode = "service.kubernetes.io/topology-mode";
  const isHeadless = type === "ClusterIP" && clusterIP === "None";
  const hasIPs = clusterIP !== "" && clusterIP !== "None";
  const external = type === "ExternalName";
  return [
    ...(hints in (metadata?.annotations ?? {})
      ? [`annotation ${hints} is deprecated, please use ${mode} instead`]
      : []),
    ...(hasIPs ? clusterIPs : []).flatMap((ip, at) => warningsForIP(`spec.clusterIPs[${at}]`, ip)),
    ...(isHeadless ? headlessWarnings(spec) : []),
    ...externalIPs.flatMap((ip, at) => warningsForIP(`spec.externalIPs[${at}]`, ip)),
    ...(loadBalancerIP === "" ? [] : warningsForIP("spec.loadBalancerIP", loadBalancerIP)),
    ...(spec.loadBalancerSourceRanges ?? []).flatMap((range, at) => {
      return warningsForCidr(`spec.loadBalancerSourceRanges[${at}]`, range);
    }),
    ...(external && externalIPs.length > 0
      ? [`spec.externalIPs is ignored when spec.type is ${quote("ExternalName")}`]
      : []),
    ...(!external && spec.externalName
      ? [`spec.externalName is ignored when spec.type is not ${quote("ExternalName")}`]
      : []),
    ...(spec.trafficDistribution === "PreferClose" ? [preferClose] : []),
  ];
}

const preferClose = 'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"';

function headlessWarnings(spec: Spec): readonly string[] {
  const ignored = [
    ...(spec.loadBalancerIP ? ["loadBalancerIP"] : []),
    ...((spec.externalIPs ?? []).length > 0 ? ["externalIPs"] : []),
    ...(spec.sessionAffinity === "None" ? [] : ["SessionAffinity"]),
  ];
  return ignored.map((field) => `spec.${field} is ignored for headless services`);
}
