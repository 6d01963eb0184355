import { cidrContains } from "../api/cidr-contains.ts";
import { endpointChain } from "./chain-names.ts";
import type { IptablesRule, RuleMatch } from "./iptables-rule.ts";
import { comment, type PortRules, type ProxyView } from "./port-rules.ts";
import { externallyAccessible, usesClusterEndpoints, usesLocalEndpoints } from "./service-port.ts";
import type { ProxyEndpoint } from "./topology.ts";

/** Chains of a port that are there because they have rules. */
export interface ChainsAndRules {
  readonly chains: readonly string[];
  readonly rules: readonly IptablesRule[];
}

const none: ChainsAndRules = { chains: [], rules: [] };
const markMasq = "KUBE-MARK-MASQ";
const sourceIsLocal: RuleMatch = { match: "sourceIsLocal" };

/** From off the cluster to the cluster IP; then all that comes from outside. */
export function externalRules(port: PortRules, view: ProxyView): ChainsAndRules {
  const inner = internalMasquerade(port, view);
  const { info, chains, hasAnyEndpoints, usesFirewall } = port;
  if (!hasAnyEndpoints || !externallyAccessible(info)) return { chains: [], rules: inner };
  const outer = info.externalPolicyLocal ? localExternal(port, view) : [masqueradeAll(port)];
  const policy = info.externalPolicyLocal ? chains.local : chains.cluster;
  const rest = port.hasExternalEndpoints
    ? [{ chain: chains.external, matches: [], target: policy }]
    : [];
  const wall = usesFirewall ? firewallRules(port, view) : [];
  const names = [chains.external, ...(usesFirewall ? [chains.firewall] : [])];
  return { chains: names, rules: [...inner, ...outer, ...rest, ...wall] };
}

function internalMasquerade(port: PortRules, { clusterCIDR }: ProxyView): readonly IptablesRule[] {
  const { info, chains, protocol, hasInternalEndpoints } = port;
  if (!hasInternalEndpoints || clusterCIDR === undefined) return [];
  const chain = info.internalPolicyLocal ? chains.local : chains.cluster;
  const matches: readonly RuleMatch[] = [
    comment(`${info.name} cluster IP`),
    { match: "protocol", protocol },
    { match: "destination", destination: info.clusterIP },
    { match: "destinationPort", port: info.port },
    { match: "source", source: clusterCIDR, not: true },
  ];
  return [{ chain, matches, target: markMasq }];
}

/** It may leave the node. */
function masqueradeAll({ info, chains }: PortRules): IptablesRule {
  const why = comment(`masquerade traffic for ${info.name} external destinations`);
  return { chain: chains.external, matches: [why], target: markMasq };
}

/** Who asks from inside the cluster is answered as if the policy was Cluster. */
function localExternal(
  { info, chains }: PortRules,
  { clusterCIDR }: ProxyView,
): readonly IptablesRule[] {
  const chain = chains.external;
  const about = (what: string): RuleMatch => {
    return comment(`${what} traffic for ${info.name} external destinations`);
  };
  const pods: readonly IptablesRule[] =
    clusterCIDR === undefined
      ? []
      : [
          {
            chain,
            matches: [about("pod"), { match: "source", source: clusterCIDR }],
            target: chains.cluster,
          },
        ];
  return [
    ...pods,
    { chain, matches: [about("masquerade LOCAL"), sourceIsLocal], target: markMasq },
    { chain, matches: [about("route LOCAL"), sourceIsLocal], target: chains.cluster },
  ];
}

/**
 * What gets to its end was let through by none. A node that is let in may ask by the balancer's
 * address, which then is its own.
 */
function firewallRules({ info, chains }: PortRules, { node }: ProxyView): readonly IptablesRule[] {
  const chain = chains.firewall;
  const about = comment(`${info.name} loadbalancer IP`);
  const end = comment(`other traffic to ${info.name} will be dropped by KUBE-PROXY-FIREWALL`);
  const letIn = (source: string): IptablesRule => {
    return { chain, matches: [about, { match: "source", source }], target: chains.external };
  };
  const ranges = info.loadBalancerSourceRanges;
  const isNodeLetIn = ranges.some((range) => cidrContains(range, node.ip ?? ""));
  return [
    ...ranges.map(letIn),
    ...(isNodeLetIn ? info.loadBalancerVIPs.map(letIn) : []),
    { chain, matches: [end] },
  ];
}

/** A policy's chain sends to one of its endpoints; writeServiceToEndpointRules. */
export function policyRules(port: PortRules, policy: "cluster" | "local"): ChainsAndRules {
  const { info, chains, clusterEndpoints, localEndpoints } = port;
  const isCluster = policy === "cluster";
  const endpoints = isCluster ? clusterEndpoints : localEndpoints;
  const isUsed = isCluster ? usesClusterEndpoints(info) : usesLocalEndpoints(info);
  if (!isUsed || endpoints.length === 0) return none;
  const chain = chains[policy];
  const sticky = info.stickyMaxAgeSeconds;
  const recent = endpoints.map((one): IptablesRule => {
    const target = endpointChain(info, one.endpoint);
    const seconds = sticky ?? 0;
    const matches = [leadingTo(port, one), { match: "recent", name: target, seconds } as const];
    return { chain, matches, target };
  });
  const random = endpoints.map((one, at): IptablesRule => {
    const left = endpoints.length - at;
    const chance = left === 1 ? [] : [{ match: "random", probability: probability(left) } as const];
    const target = endpointChain(info, one.endpoint);
    return { chain, matches: [leadingTo(port, one), ...chance], target };
  });
  return { chains: [chain], rules: sticky === undefined ? random : [...recent, ...random] };
}

function leadingTo({ info }: PortRules, { endpoint }: ProxyEndpoint): RuleMatch {
  return comment(`${info.name} -> ${endpoint}`);
}

/** computeProbability */
function probability(of: number): string {
  return (1 / of).toFixed(10);
}

/** One chain for each endpoint, which knows who came last. */
export function endpointRules({
  info,
  protocol,
  allReachableEndpoints,
}: PortRules): ChainsAndRules {
  const named: RuleMatch = { match: "comment", comment: info.name };
  const all = allReachableEndpoints.map(({ endpoint, ip }) => {
    const chain = endpointChain(info, endpoint);
    const remember =
      info.stickyMaxAgeSeconds === undefined ? [] : [{ match: "remember", name: chain } as const];
    const rules: readonly IptablesRule[] = [
      { chain, matches: [named, { match: "source", source: ip }], target: markMasq },
      {
        chain,
        matches: [named, ...remember, { match: "protocol", protocol }],
        target: "DNAT",
        to: endpoint,
      },
    ];
    return { chain, rules };
  });
  return { chains: all.map(({ chain }) => chain), rules: all.flatMap(({ rules }) => rules) };
}
