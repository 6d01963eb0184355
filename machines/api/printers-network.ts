import { canonicalIP, isIPv6 } from "./ip-address.ts";
import { kindPrinter, listWithMore } from "./kind-printer.ts";
import { formatLabels, formatLabelSelector } from "./labels.ts";
import type * as network from "./network-objects.ts";
import { age } from "./printers.ts";

/** pkg/printers/internalversion/printers.go printService. */
export const services = kindPrinter<network.Service>(
  "NAME | TYPE | CLUSTER-IP | EXTERNAL-IP | PORT(S) | AGE | +SELECTOR",
  (service, nowMs) => {
    const { metadata, spec = {} } = service;
    const { ports = [], clusterIPs = [], clusterIP } = spec;
    const address = clusterIPs[0] ?? (clusterIP || "<none>");
    return [
      metadata.name,
      spec.type ?? "",
      address,
      externalIP(service),
      ports.map(portText).join(",") || "<none>",
      age(metadata.creationTimestamp, nowMs),
      formatLabels(spec.selector),
    ];
  },
);

function portText({ port, nodePort = 0, protocol = "TCP" }: network.ServicePort): string {
  return nodePort > 0 ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`;
}

/** getServiceExternalIP; the server never cuts it. */
function externalIP(service: network.Service): string {
  const { type, externalIPs = [], externalName = "" } = service.spec ?? {};
  switch (type) {
    case "ClusterIP":
    case "NodePort":
      return externalIPs.join(",") || "<none>";
    case "LoadBalancer":
      return [...balancerAddresses(service), ...externalIPs].join(",") || "<pending>";
    case "ExternalName":
      return externalName;
    default:
      return "<unknown>";
  }
}

/** Each once, in order; loadBalancerStatusStringer. */
export function balancerAddresses({ status }: network.Service): readonly string[] {
  const ingress = status?.loadBalancer?.ingress ?? [];
  const all = ingress.map(({ ip, hostname }) => ip || hostname || "");
  return [...new Set(all)].filter(Boolean).toSorted();
}

/** printEndpoints. */
export const endpoints = kindPrinter<network.Endpoints>(
  "NAME | ENDPOINTS | AGE",
  ({ metadata, subsets = [] }, nowMs) => [
    metadata.name,
    subsets.length === 0 ? "<none>" : listWithMore(subsets.flatMap(addressesOf), ""),
    age(metadata.creationTimestamp, nowMs),
  ],
);

/** Each ready address with each port; without ports the addresses alone. */
function addressesOf({ addresses = [], ports = [] }: network.EndpointSubset): readonly string[] {
  const ips = addresses.map(({ ip }) => ip);
  if (ports.length === 0) return ips;
  return ports.flatMap(({ port }) => ips.map((ip) => joinHostPort(ip, port)));
}

/** Go's net.JoinHostPort. */
export function joinHostPort(ip: string, port: number): string {
  return isIPv6(canonicalIP(ip) ?? ip) || ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`;
}

/** printEndpointSlice. */
export const endpointSlices = kindPrinter<network.EndpointSlice>(
  "NAME | ADDRESSTYPE | PORTS | ENDPOINTS | AGE",
  ({ metadata, addressType, ports = [], endpoints: all = [] }, nowMs) => [
    metadata.name,
    addressType,
    listWithMore(
      ports.map(({ port, name }) => String(port ?? name ?? "*")),
      "<unset>",
    ),
    listWithMore(
      all.flatMap(({ addresses = [] }) => addresses),
      "<unset>",
    ),
    age(metadata.creationTimestamp, nowMs),
  ],
);

/** printNetworkPolicy. */
export const networkPolicies = kindPrinter<network.NetworkPolicy>(
  "NAME | POD-SELECTOR | AGE",
  ({ metadata, spec }, nowMs) => [
    metadata.name,
    formatLabelSelector(spec?.podSelector ?? {}),
    age(metadata.creationTimestamp, nowMs),
  ],
);
