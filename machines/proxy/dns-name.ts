import type { EndpointSlice, Service } from "../api/network-objects.ts";

/** What the cluster's DNS holds. */
export interface DnsView {
  readonly services: readonly Service[];
  readonly slices: readonly EndpointSlice[];
}

/** The addresses of a name; of an external name that other name. */
export type DnsAnswer =
  | { readonly type: "addresses"; readonly addresses: readonly string[] }
  | { readonly type: "alias"; readonly name: string }
  | { readonly type: "unknown" };

const unknown: DnsAnswer = { type: "unknown" };

/**
 * A Service's cluster IP by its name, as far as the search list of the client's namespace completes
 * it; of a headless one the addresses of its endpoints, or of the one with that host name. Source:
 * https://github.com/kubernetes/dns/blob/master/docs/specification.md
 */
export function resolveName(host: string, namespace: string, view: DnsView): DnsAnswer {
  const labels = host.replace(/\.$/, "").split(".");
  for (const [name, inNamespace, hostname] of placesOf(labels, namespace)) {
    const service = view.services.find(({ metadata }) => {
      return metadata.name === name && metadata.namespace === inNamespace;
    });
    if (service !== undefined) return answerOf(service, hostname, view);
  }
  return unknown;
}

type Place = readonly [name: string, namespace: string, hostname?: string];

/** The names that a resolver tries: `svc.cluster.local` is the cluster's domain. */
function placesOf(labels: readonly string[], namespace: string): readonly Place[] {
  const at = labels.indexOf("svc");
  const isWhole = labels.slice(at + 1).join(".") === "cluster.local" || at === labels.length - 1;
  const own = at > 0 && isWhole ? labels.slice(0, at) : labels;
  const [first = "", second, third] = own;
  if (at > 0 && second === undefined) return [];
  if (second === undefined) return [[first, namespace]];
  if (third !== undefined) return own.length === 3 ? [[second, third, first]] : [];
  return [[first, second], ...(at > 0 ? [] : [[second, namespace, first] as const])];
}

function answerOf(
  { metadata, spec = {} }: Service,
  hostname: string | undefined,
  { slices }: DnsView,
): DnsAnswer {
  const { type, externalName = "", clusterIP = "" } = spec;
  if (type === "ExternalName") return { type: "alias", name: externalName };
  if (clusterIP !== "None" && clusterIP !== "") {
    return hostname === undefined ? { type: "addresses", addresses: [clusterIP] } : unknown;
  }
  const own = slices.filter(({ metadata: { namespace, labels } }) => {
    const service = labels?.["kubernetes.io/service-name"];
    return namespace === metadata.namespace && service === metadata.name;
  });
  const endpoints = own.flatMap((slice) => slice.endpoints ?? []);
  const named = endpoints.filter(({ conditions, hostname: is }) => {
    return conditions?.ready !== false && (hostname === undefined || is === hostname);
  });
  const addresses = named.flatMap((one) => one.addresses ?? []);
  return addresses.length === 0 ? unknown : { type: "addresses", addresses };
}
