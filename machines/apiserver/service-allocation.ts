import type { Service } from "../api/network-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, invalid } from "./field-error.ts";

type AnyService = Unchecked<Service>;
type AnySpec = NonNullable<AnyService["spec"]>;

/** A Service with its addresses and node ports, or why it cannot have those that it wants. */
export type Allocation =
  | { readonly service: AnyService }
  | { readonly errors: readonly FieldError[] };

/**
 * Gives a Service what only the API server can give: an address of the cluster, and a port of every
 * node for each port that is to have one. The lowest that is free is taken, where Kubernetes takes
 * any. pkg/registry/core/service/storage/alloc.go
 *
 * @param others the other Services of all namespaces
 * @param old the Service as it was; its addresses and ports stay
 */
export function allocateService(
  service: AnyService,
  others: readonly AnyService[],
  old?: AnyService,
): Allocation {
  const { spec = {} } = service;
  if (spec.type === "ExternalName") return { service };
  const addressed = withAddress(withOldValues(spec, old?.spec), others);
  if ("errors" in addressed) return addressed;
  const ported = withNodePorts(addressed.spec, others);
  return "errors" in ported ? ported : { service: { ...service, spec: ported.spec } };
}

type AllocatedSpec = { readonly spec: AnySpec } | { readonly errors: readonly FieldError[] };

/** A PUT that does not say them means those that there are. patchAllocatedValues */
function withOldValues(spec: AnySpec, old: AnySpec | undefined): AnySpec {
  if (old === undefined || spec.clusterIP || old.type === "ExternalName") return spec;
  const { clusterIP, clusterIPs, ipFamilies, ipFamilyPolicy } = old;
  return {
    ...spec,
    ...(clusterIP && { clusterIP }),
    ...(clusterIPs && { clusterIPs }),
    ...(ipFamilies && { ipFamilies }),
    ...(ipFamilyPolicy && { ipFamilyPolicy }),
  };
}

function withAddress(spec: AnySpec, others: readonly AnyService[]): AllocatedSpec {
  const { clusterIP: first, clusterIPs = first ? [first] : [] } = spec;
  const families = {
    ipFamilies: spec.ipFamilies ?? ["IPv4"],
    ipFamilyPolicy: spec.ipFamilyPolicy ?? "SingleStack",
  };
  const used = new Set(others.flatMap((one) => one.spec?.clusterIPs ?? []));
  const [wanted] = clusterIPs;
  if (wanted === undefined || wanted === "") {
    const clusterIP = freeAddress(used);
    return { spec: { ...spec, clusterIP, clusterIPs: [clusterIP], ...families } };
  }
  if (wanted !== "None" && used.has(wanted)) {
    const why = `failed to allocate IP ${wanted}: provided IP is already allocated`;
    return { errors: [invalid("spec.clusterIPs", clusterIPs, why)] };
  }
  return { spec: { ...spec, clusterIP: wanted, clusterIPs, ...families } };
}

/** 10.96.0.0/12, of which the first is the API server's own. */
function freeAddress(used: ReadonlySet<string>): string {
  for (let nth = 2; ; nth++) {
    const address = `10.${96 + (nth >> 16)}.${(nth >> 8) & 255}.${nth & 255}`;
    if (!used.has(address)) return address;
  }
}

const ports = { first: 30_000, last: 32_767 };

function withNodePorts(spec: AnySpec, others: readonly AnyService[]): AllocatedSpec {
  const isBalancer = spec.type === "LoadBalancer" && spec.allocateLoadBalancerNodePorts !== false;
  if (spec.type !== "NodePort" && !isBalancer) return { spec };
  const used = new Set(others.flatMap((one) => one.spec?.ports ?? []).map((one) => one.nodePort));
  const errors: FieldError[] = [];
  const all = (spec.ports ?? []).map((port, nth) => {
    const wanted = port.nodePort;
    if (!wanted) return { ...port, nodePort: freePort(used) };
    const why = portRefusal(wanted, used);
    if (why !== undefined) errors.push(invalid(`spec.ports[${nth}].nodePort`, wanted, why));
    used.add(wanted);
    return port;
  });
  return errors.length > 0 ? { errors } : { spec: { ...spec, ports: all } };
}

function portRefusal(port: number, used: ReadonlySet<number | undefined>): string | undefined {
  if (port < ports.first || port > ports.last) {
    const range = `${ports.first}-${ports.last}`;
    return `provided port is not in the valid range. The range of valid ports is ${range}`;
  }
  return used.has(port) ? "provided port is already allocated" : undefined;
}

function freePort(used: Set<number | undefined>): number {
  for (let port = ports.first; ; port++) {
    if (used.has(port)) continue;
    used.add(port);
    return port;
  }
}
