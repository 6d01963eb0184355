import { cidrContains } from "../api/cidr-contains.ts";
import type { LabelSelector } from "../api/label-selector.ts";
import type {
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from "../api/network-objects.ts";
import type { Pod } from "../api/pod.ts";
import { labelSelectorAsSelector, selectorMatches } from "../api/selector.ts";

/** One end of a connection: a pod, or an address that is no pod's. */
export interface ConnectionEnd {
  readonly ip: string;
  /** Undefined for a node, a pod in a node's network, and everything outside. */
  readonly pod?: Pod;
}

/** A connection that somebody wants to open, after a Service has been left behind. */
export interface Connection {
  readonly from: ConnectionEnd;
  readonly to: ConnectionEnd;
  /** Of the destination. */
  readonly port: number;
  readonly protocol: "TCP" | "UDP" | "SCTP";
  /** Between a node and a pod that it runs; always allowed. */
  readonly isWithinNode: boolean;
}

/** What policies say of a connection. */
export type PolicyVerdict =
  | { readonly type: "allowed" }
  /** The policies, as `namespace/name`, that select the end which does not let it through. */
  | {
      readonly type: "denied";
      readonly direction: "egress" | "ingress";
      readonly policies: readonly string[];
    };

/** What policies are compared with. */
export interface PolicyView {
  readonly policies: readonly NetworkPolicy[];
  /** Labels by the name of the namespace. */
  readonly namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const allowed: PolicyVerdict = { type: "allowed" };

/**
 * A connection needs the source's egress and the destination's ingress. Source:
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function networkPolicyVerdict(view: PolicyView, connection: Connection): PolicyVerdict {
  if (connection.isWithinNode) return allowed;
  const egress = egressVerdict(view, connection);
  return egress.type === "denied" ? egress : ingressVerdict(view, connection);
}

/** Who may be reached by the source. */
export function egressVerdict(view: PolicyView, connection: Connection): PolicyVerdict {
  return verdict(view, connection, "egress");
}

/** Who may reach the destination. */
export function ingressVerdict(view: PolicyView, connection: Connection): PolicyVerdict {
  return verdict(view, connection, "ingress");
}

/** Selected by none: allowed. Selected by some: what one of them allows. */
function verdict(
  view: PolicyView,
  connection: Connection,
  direction: "egress" | "ingress",
): PolicyVerdict {
  const { pod } = direction === "egress" ? connection.from : connection.to;
  if (pod === undefined) return allowed;
  const own = view.policies.filter((policy) => selects(policy, pod, direction));
  if (own.length === 0) return allowed;
  const isAllowed = own.some((policy) => {
    return rulesOf(policy, direction).some(({ ports, peers }) => {
      const { namespace = "" } = policy.metadata;
      return isPort(ports, connection) && isPeer(peers, view, namespace, connection, direction);
    });
  });
  if (isAllowed) return allowed;
  const policies = own.map(({ metadata }) => `${metadata.namespace ?? ""}/${metadata.name}`);
  return { type: "denied", direction, policies };
}

function selects(policy: NetworkPolicy, pod: Pod, direction: "egress" | "ingress"): boolean {
  const { metadata, spec = {} } = policy;
  if (metadata.namespace !== pod.metadata.namespace) return false;
  const type = direction === "egress" ? "Egress" : "Ingress";
  return (
    policyTypesOf(policy).includes(type) && matches(spec.podSelector ?? {}, pod.metadata.labels)
  );
}

/** Ingress always, and Egress where rules for it are there; pkg/apis/networking/v1/defaults.go */
function policyTypesOf({ spec = {} }: NetworkPolicy): readonly ("Ingress" | "Egress")[] {
  const { policyTypes = [], egress = [] } = spec;
  if (policyTypes.length > 0) return policyTypes;
  return egress.length > 0 ? ["Ingress", "Egress"] : ["Ingress"];
}

interface PolicyRule {
  readonly ports: readonly NetworkPolicyPort[];
  readonly peers: readonly NetworkPolicyPeer[];
}

function rulesOf(
  { spec = {} }: NetworkPolicy,
  direction: "egress" | "ingress",
): readonly PolicyRule[] {
  if (direction === "egress") {
    return (spec.egress ?? []).map(({ ports = [], to = [] }) => ({ ports, peers: to }));
  }
  return (spec.ingress ?? []).map(({ ports = [], from = [] }) => ({ ports, peers: from }));
}

/** No port said: every port. A name is that of a port of the destination's containers. */
function isPort(
  ports: readonly NetworkPolicyPort[],
  { port: asked, protocol: over, to }: Connection,
): boolean {
  if (ports.length === 0) return true;
  return ports.some(({ protocol = "TCP", port, endPort }) => {
    if (protocol !== over) return false;
    if (port === undefined) return true;
    if (typeof port === "string") return namedPorts(to.pod, port, over).includes(asked);
    return endPort === undefined ? asked === port : asked >= port && asked <= endPort;
  });
}

function namedPorts(pod: Pod | undefined, name: string, over: string): readonly number[] {
  const ports = (pod?.spec.containers ?? []).flatMap((container) => container.ports ?? []);
  const named = ports.filter((one) => one.name === name && (one.protocol ?? "TCP") === over);
  return named.map(({ containerPort }) => containerPort);
}

/** No peer said: everybody. */
function isPeer(
  peers: readonly NetworkPolicyPeer[],
  { namespaces }: PolicyView,
  own: string,
  connection: Connection,
  direction: "egress" | "ingress",
): boolean {
  if (peers.length === 0) return true;
  const { ip, pod } = direction === "egress" ? connection.to : connection.from;
  return peers.some(({ ipBlock, podSelector, namespaceSelector }) => {
    if (ipBlock !== undefined) return isInBlock(ipBlock, ip);
    if (pod === undefined) return false;
    const { namespace = "", labels } = pod.metadata;
    const isNear =
      namespaceSelector === undefined
        ? namespace === own
        : matches(namespaceSelector, namespaces[namespace]);
    return isNear && (podSelector === undefined || matches(podSelector, labels));
  });
}

function isInBlock({ cidr, except = [] }: NonNullable<NetworkPolicyPeer["ipBlock"]>, ip: string) {
  return cidrContains(cidr, ip) && !except.some((one) => cidrContains(one, ip));
}

/** An empty selector is everything. */
function matches(selector: LabelSelector, labels?: Readonly<Record<string, string>>): boolean {
  const parsed = labelSelectorAsSelector(selector);
  return !("error" in parsed) && selectorMatches(parsed, labels);
}
