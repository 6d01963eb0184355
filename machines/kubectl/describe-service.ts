import { line } from "../api/describe-lines.ts";
import { formatLabels } from "../api/labels.ts";
import type { EndpointSlice, Service, ServicePort } from "../api/network-objects.ts";
import { type Around, described, listed } from "./describe-around.ts";
import { metadataLines, nameLines } from "./describe-template.ts";

/** kubectl/pkg/describe describeService. */
export function describeService(service: Service, around: Around): string {
  const { metadata, spec = {}, status } = service;
  const slices = listed(around, "EndpointSlice", metadata.namespace).filter(
    (slice) => slice.metadata.labels?.["kubernetes.io/service-name"] === metadata.name,
  );
  const ingress = status?.loadBalancer?.ingress ?? [];
  const balancers = ingress.map(({ ip, ipMode, hostname = "" }) => {
    const mode = ipMode === undefined ? "" : ` (${ipMode})`;
    return ip ? `${ip}${mode}` : hostname;
  });
  return described(service, around, [
    nameLines(service),
    metadataLines(service),
    line(0, `Selector:\t${formatLabels(spec.selector)}`),
    line(0, `Type:\t${spec.type ?? ""}`),
    ifSet("IP Family Policy", spec.ipFamilyPolicy),
    line(0, `IP Families:\t${spec.ipFamilies?.join(",") || "<none>"}`),
    line(0, `IP:\t${spec.clusterIP ?? ""}`),
    line(0, `IPs:\t${spec.clusterIPs?.join(",") || "<none>"}`),
    ifSet("External IPs", spec.externalIPs?.join(",")),
    ifSet("Desired LoadBalancer IP", spec.loadBalancerIP),
    ifSet("External Name", spec.externalName),
    ifSet("LoadBalancer Ingress", balancers.join(", ")),
    ...(spec.ports ?? []).map((port) => portLines(port, slices)),
    line(0, `Session Affinity:\t${spec.sessionAffinity ?? ""}`),
    ifSet("External Traffic Policy", spec.externalTrafficPolicy),
    ifSet("Internal Traffic Policy", spec.internalTrafficPolicy),
    ifSet("HealthCheck NodePort", spec.healthCheckNodePort),
    ifSet("LoadBalancer Source Ranges", spec.loadBalancerSourceRanges?.join(",")),
    ifSet("Traffic Distribution", spec.trafficDistribution),
  ]);
}

function portLines(port: ServicePort, slices: readonly EndpointSlice[]): string {
  const { name = "", protocol = "", targetPort = 0, nodePort = 0 } = port;
  const shown = name || "<unset>";
  return [
    line(0, `Port:\t${shown}\t${port.port}/${protocol}`),
    line(0, `TargetPort:\t${targetPort}/${protocol}`),
    nodePort === 0 ? "" : line(0, `NodePort:\t${shown}\t${nodePort}/${protocol}`),
    line(0, `Endpoints:\t${endpointsText(slices, name)}`),
  ].join("");
}

const mostEndpoints = 3;

/** Those ready for a port; one that is not ready still counts as more; formatEndpointSlices. */
function endpointsText(slices: readonly EndpointSlice[], portName: string): string {
  if (slices.length === 0) return "<none>";
  const texts: string[] = [];
  let isMore = false;
  let count = 0;
  for (const { addresses, port, isReady } of slices.flatMap((one) => visited(one, portName))) {
    isMore ||= texts.length === mostEndpoints;
    if (!isReady) continue;
    if (!isMore) texts.push(hostPort(addresses?.[0] ?? "", port));
    count += 1;
  }
  return `${texts.join(",")}${isMore ? ` + ${count - mostEndpoints} more...` : ""}`;
}

/** A slice without ports has its endpoints all the same: a headless Service may have none. */
function visited({ ports = [], endpoints = [] }: EndpointSlice, portName: string) {
  const all = ports.length === 0 ? [undefined] : ports.filter(({ name = "" }) => name === portName);
  return all.flatMap((port) =>
    endpoints.map(({ addresses, conditions = {} }) => {
      return { addresses, port: port?.port, isReady: conditions.ready !== false };
    }),
  );
}

function hostPort(address: string, port: number | undefined): string {
  if (port === undefined) return address;
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

function ifSet(title: string, value: string | number | undefined): string {
  return value ? line(0, `${title}:\t${value}`) : "";
}
