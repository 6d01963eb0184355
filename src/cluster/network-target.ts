import { canonicalIP } from "../../machines/api/ip-address.ts";
import { isStored } from "../../machines/api/objects.ts";
import { resolveName } from "../../machines/proxy/dns-name.ts";
import type { ConnectionEnd } from "../../machines/proxy/network-policy.ts";
import type { Choices } from "../choice/choices.ts";
import type { KubeWorld } from "../system/world.ts";

/** Who asks. */
export type RequestFrom =
  /** `namespace/name`, or the name alone in the namespace `default`. */
  | { readonly pod: string }
  | { readonly node: string }
  /** From outside the cluster, by that address. */
  | { readonly ip: string };

/** A request with its two ends. */
export interface Asked {
  readonly host: string;
  readonly port: number;
  readonly protocol: "TCP" | "UDP" | "SCTP";
  readonly source: ConnectionEnd;
  /** Undefined for a client outside the cluster. */
  readonly node: string | undefined;
  readonly isFromNode: boolean;
  readonly namespace: string;
}

interface Problem {
  readonly problem: string;
}

/** A port that is not said is that of HTTP. */
export function askedOf(
  world: KubeWorld,
  target: string,
  from: RequestFrom,
  protocol: Asked["protocol"],
): Asked | Problem {
  const [, host = "", digits = "80"] =
    /^(?:https?:\/\/)?(\[[^\]]+\]|[^:/]+)(?::(\d+))?(?:\/.*)?$/.exec(target) ?? [];
  if (host === "") {
    return { problem: `expected a target such as web.default:80 or 10.96.0.7:80, got ${target}` };
  }
  const client = clientOf(world, from);
  if ("problem" in client) return client;
  return { host: host.replaceAll(/[[\]]/g, ""), port: Number(digits), protocol, ...client };
}

type Client = Pick<Asked, "source" | "node" | "isFromNode" | "namespace">;

function clientOf(world: KubeWorld, from: RequestFrom): Client | Problem {
  if ("ip" in from) {
    const ip = canonicalIP(from.ip);
    if (ip === undefined) return { problem: `expected an IP address of a client, got ${from.ip}` };
    return { source: { ip }, node: undefined, isFromNode: false, namespace: "default" };
  }
  if ("node" in from) {
    const { node } = from;
    if (world.nodeObject(node) === undefined) return { problem: `there is no node ${node}` };
    const { ip } = world.node(node);
    return { source: { ip }, node, isFromNode: true, namespace: "default" };
  }
  const key = from.pod.includes("/") ? from.pod : `default/${from.pod}`;
  const pod = world.pod(key);
  if (pod === undefined) return { problem: `there is no pod ${key}` };
  const { podIP: ip } = pod.status ?? {};
  const node = pod.spec.nodeName;
  if (ip === undefined || node === undefined) return { problem: `pod ${key} has no address yet` };
  const { namespace = "" } = pod.metadata;
  const isFromNode = pod.spec.hostNetwork === true;
  return { source: isFromNode ? { ip } : { ip, pod }, node, isFromNode, namespace };
}

/** Undefined for a name that nobody knows; an address is its own. */
export function addressesOf(world: KubeWorld, asked: Asked): readonly string[] | undefined {
  const { host, namespace } = asked;
  const ip = canonicalIP(host);
  if (ip !== undefined) return [ip];
  if (world.nodeObject(host) !== undefined) return [world.node(host).ip];
  if (asked.node === undefined) return undefined;
  const services = world.store.list("Service").filter((one) => isStored(one, "Service"));
  const slices = world.store.list("EndpointSlice").filter((one) => isStored(one, "EndpointSlice"));
  const answer = resolveName(host, namespace, { services, slices });
  return answer.type === "addresses" ? answer.addresses : undefined;
}

/**
 * Whose rules a connection meets first: the client's own node's; from outside those of the node
 * that is meant, or that a balancer has chosen. Undefined where no way leads in from outside.
 */
export function nodeFor(
  world: KubeWorld,
  choices: Choices,
  { node, source }: Asked,
  destination: string,
): string | undefined {
  if (node !== undefined) return node;
  const nodes = [...world.nodes()].map(({ name, ip }) => ({ name, ip }));
  const meant = nodes.find(({ ip }) => ip === destination);
  if (meant !== undefined) return meant.name;
  const balanced = balancedNodes(world, destination);
  const [first, ...others] = balanced;
  if (first === undefined) return undefined;
  const about = `${source.ip} to ${destination}`;
  return choices.pick("node behind a load balancer", about, [first, ...others]);
}

/** A balancer leaves out nodes that fail the check of the service's healthCheckNodePort. */
function balancedNodes(world: KubeWorld, destination: string): readonly string[] {
  const all = [...world.nodes()].map(({ name }) => name);
  const services = world.store.list("Service").filter((one) => isStored(one, "Service"));
  const service = services.find(({ spec, status }) => {
    const ingress = status?.loadBalancer?.ingress ?? [];
    const isExternal = spec?.externalIPs?.includes(destination) === true;
    return isExternal || ingress.some(({ ip }) => ip === destination);
  });
  if (service === undefined) return [];
  const { spec, metadata } = service;
  if ((spec?.healthCheckNodePort ?? 0) === 0) return all;
  const slices = world.store.list("EndpointSlice").filter((one) => isStored(one, "EndpointSlice"));
  const own = slices.filter((slice) => {
    const { namespace, labels } = slice.metadata;
    const name = labels?.["kubernetes.io/service-name"];
    return namespace === metadata.namespace && name === metadata.name;
  });
  const ready = own.flatMap(({ endpoints = [] }) => {
    return endpoints.filter(({ conditions }) => conditions?.ready === true);
  });
  const near = all.filter((name) => ready.some(({ nodeName }) => nodeName === name));
  return near.length > 0 ? near : all;
}
