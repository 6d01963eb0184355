import type {
  Endpoints,
  EndpointSlice,
  LoadBalancerIngress,
  NetworkPolicy,
  NetworkPolicyPort,
  Service,
  ServicePort,
  ServiceSpec,
} from "../api/network-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";

type Spec = Unchecked<ServiceSpec>;

/** pkg/apis/core/v1/defaults.go SetDefaults_Service. */
export function setDefaultsService(service: Unchecked<Service>): Unchecked<Service> {
  const { spec: sent = {}, status } = service;
  const spec = withTypes(sent);
  const ingress = status?.loadBalancer?.ingress;
  const isBalanced = spec.type === "LoadBalancer";
  if (!isBalanced || status === undefined || ingress === undefined) return { ...service, spec };
  const loadBalancer = { ...status.loadBalancer, ingress: ingress.map(withMode) };
  return { ...service, spec, status: { ...status, loadBalancer } };
}

function withTypes(spec: Spec): Spec {
  const type = spec.type || "ClusterIP";
  const { ports } = spec;
  const policy = spec.externalTrafficPolicy || (isExternallyAccessible(spec, type) && "Cluster");
  const internal = spec.internalTrafficPolicy ?? (type !== "ExternalName" && "Cluster");
  const isKnown = ["NodePort", "LoadBalancer", "ClusterIP"].includes(type);
  return {
    ...withAffinity(spec),
    type,
    ...(ports && { ports: ports.map(setDefaultsPort) }),
    ...(policy && { externalTrafficPolicy: policy }),
    ...(internal !== false && isKnown && { internalTrafficPolicy: internal }),
    ...(type === "LoadBalancer" && {
      allocateLoadBalancerNodePorts: spec.allocateLoadBalancerNodePorts ?? true,
    }),
  };
}

/** pkg/api/v1/service/util.go ExternallyAccessible. */
export function isExternallyAccessible({ externalIPs = [] }: Spec, type: string): boolean {
  if (type === "LoadBalancer" || type === "NodePort") return true;
  return type === "ClusterIP" && externalIPs.length > 0;
}

/** Without affinity there is nothing to configure, with it at least a timeout. */
function withAffinity(spec: Spec): Spec {
  const { sessionAffinityConfig, ...others } = spec;
  const sessionAffinity = spec.sessionAffinity || "None";
  if (sessionAffinity === "None") return { ...others, sessionAffinity };
  const isComplete = sessionAffinityConfig?.clientIP?.timeoutSeconds !== undefined;
  if (sessionAffinity !== "ClientIP" || isComplete) return { ...spec, sessionAffinity };
  const timeoutSeconds = threeHoursSeconds;
  return { ...spec, sessionAffinity, sessionAffinityConfig: { clientIP: { timeoutSeconds } } };
}

const threeHoursSeconds = 10_800;

function setDefaultsPort(port: Unchecked<ServicePort>): Unchecked<ServicePort> {
  const targetPort = port.targetPort || (port.port ?? 0);
  return { ...port, protocol: port.protocol || "TCP", targetPort };
}

function withMode(ingress: Unchecked<LoadBalancerIngress>): Unchecked<LoadBalancerIngress> {
  return ingress.ip && ingress.ipMode === undefined ? { ...ingress, ipMode: "VIP" } : ingress;
}

/** SetDefaults_Endpoints. */
export function setDefaultsEndpoints(endpoints: Unchecked<Endpoints>): Unchecked<Endpoints> {
  const subsets = endpoints.subsets?.map((subset) => {
    const ports = subset.ports?.map((port) => ({ ...port, protocol: port.protocol || "TCP" }));
    return ports === undefined ? subset : { ...subset, ports };
  });
  return subsets === undefined ? endpoints : { ...endpoints, subsets };
}

/** pkg/apis/discovery/v1/defaults.go SetDefaults_EndpointPort. */
export function setDefaultsEndpointSlice(
  slice: Unchecked<EndpointSlice>,
): Unchecked<EndpointSlice> {
  const ports = slice.ports?.map((port) => {
    return { ...port, name: port.name ?? "", protocol: port.protocol ?? "TCP" };
  });
  return ports === undefined ? slice : { ...slice, ports };
}

/** pkg/apis/networking/v1/defaults.go SetDefaults_NetworkPolicy. */
export function setDefaultsNetworkPolicy(
  policy: Unchecked<NetworkPolicy>,
): Unchecked<NetworkPolicy> {
  const { spec = {} } = policy;
  const { ingress, egress, policyTypes = [] } = spec;
  const implied = (egress ?? []).length > 0 ? ["Ingress", "Egress"] : ["Ingress"];
  return {
    ...policy,
    spec: {
      ...spec,
      policyTypes: policyTypes.length === 0 ? implied : policyTypes,
      ...(ingress && { ingress: ingress.map(withProtocols) }),
      ...(egress && { egress: egress.map(withProtocols) }),
    },
  };
}

function withProtocols<Rule extends { readonly ports?: readonly Unchecked<NetworkPolicyPort>[] }>(
  rule: Rule,
): Rule {
  const ports = rule.ports?.map((port) => ({ ...port, protocol: port.protocol ?? "TCP" }));
  return ports === undefined ? rule : { ...rule, ports };
}
