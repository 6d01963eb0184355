import type { IptablesRule, IptablesRules, RuleMatch } from "./iptables-rule.ts";
import { endpointRules, externalRules, policyRules } from "./iptables-service.ts";
import { comment, portRules, type PortRules, type ProxyView } from "./port-rules.ts";
import { externallyAccessible, type ServicePortInfo } from "./service-port.ts";

/**
 * All rules of a node for all ports of all services; pkg/proxy/iptables/proxier.go syncProxyRules.
 * A kube-proxy writes only what has changed since its last sync: the whole is the same.
 */
export function iptablesRules(view: ProxyView): IptablesRules {
  const ports = view.ports.map((info) => portRules(info, view));
  const natChains = ["KUBE-SERVICES", "KUBE-NODEPORTS", "KUBE-POSTROUTING", "KUBE-MARK-MASQ"];
  const natRules: IptablesRule[] = [...masqueradeRules];
  const filterRules: IptablesRule[] = [];
  for (const port of ports) {
    filterRules.push(...filtered(port));
    natRules.push(...captured(port));
    for (const part of [
      externalRules(port, view),
      policyRules(port, "cluster"),
      policyRules(port, "local"),
      endpointRules(port),
    ]) {
      natChains.push(...part.chains);
      natRules.push(...part.rules);
    }
  }
  natRules.push(nodePortsRule);
  const filter = { chains: filterChains, rules: [...filterRules, ...forwardRules] };
  return { mode: "iptables", filter, nat: { chains: natChains, rules: natRules } };
}

const filterChains = [
  "KUBE-SERVICES",
  "KUBE-EXTERNAL-SERVICES",
  "KUBE-FORWARD",
  "KUBE-NODEPORTS",
  "KUBE-PROXY-FIREWALL",
  "KUBE-FIREWALL",
];

function to(protocol: string, destination: string | undefined, port: number): RuleMatch[] {
  const at = destination === undefined ? [] : [{ match: "destination", destination } as const];
  return [{ match: "protocol", protocol }, ...at, { match: "destinationPort", port }];
}

/** What has nowhere to go is refused, what has nowhere on this node is dropped. */
function filtered(port: PortRules): readonly IptablesRule[] {
  const { info, protocol, hasAnyEndpoints, hasInternalEndpoints, hasExternalEndpoints } = port;
  const why = comment(`${info.name} has no ${hasAnyEndpoints ? "local endpoints" : "endpoints"}`);
  const target = hasAnyEndpoints ? "DROP" : "REJECT";
  const external = "KUBE-EXTERNAL-SERVICES";
  const internally = { chain: "KUBE-SERVICES", target };
  const atClusterIP = to(protocol, info.clusterIP, info.port);
  const externalIPs = [...info.externalIPs, ...info.loadBalancerVIPs];
  return [
    ...(hasInternalEndpoints ? [] : [{ ...internally, matches: [why, ...atClusterIP] }]),
    ...(port.usesFirewall ? info.loadBalancerVIPs.map((ip) => firewallRule(port, ip)) : []),
    ...(hasExternalEndpoints
      ? []
      : externalIPs.map((ip) => {
          return { chain: external, matches: [why, ...to(protocol, ip, info.port)], target };
        })),
    ...(hasExternalEndpoints || info.nodePort === 0
      ? []
      : [{ chain: external, matches: [why, isLocal, ...nodePort(port)], target }]),
    ...(info.healthCheckNodePort === 0 ? [] : [healthCheckRule(info)]),
  ];
}

const isLocal: RuleMatch = { match: "destinationIsLocal" };

function nodePort({ protocol, info }: PortRules): readonly RuleMatch[] {
  return to(protocol, undefined, info.nodePort);
}

function firewallRule({ info, protocol, chains }: PortRules, ip: string): IptablesRule {
  const why = comment(`${info.name} traffic not accepted by ${chains.firewall}`);
  const matches = [why, ...to(protocol, ip, info.port)];
  return { chain: "KUBE-PROXY-FIREWALL", matches, target: "DROP" };
}

function healthCheckRule({ name, healthCheckNodePort }: ServicePortInfo): IptablesRule {
  const matches = [
    comment(`${name} health check node port`),
    ...to("tcp", undefined, healthCheckNodePort),
  ];
  return { chain: "KUBE-NODEPORTS", matches, target: "ACCEPT" };
}

/** The ways in: cluster IP, external IPs, balancers' addresses and node ports. */
function captured(port: PortRules): readonly IptablesRule[] {
  const { info, protocol, chains, hasAnyEndpoints, hasInternalEndpoints } = port;
  const services = (what: string, ip: string, target: string): IptablesRule => {
    const matches = [comment(`${info.name} ${what}`), ...to(protocol, ip, info.port)];
    return { chain: "KUBE-SERVICES", matches, target };
  };
  const internal = info.internalPolicyLocal ? chains.local : chains.cluster;
  const own = hasInternalEndpoints ? [services("cluster IP", info.clusterIP, internal)] : [];
  if (!hasAnyEndpoints || !externallyAccessible(info)) return own;
  const named: RuleMatch = { match: "comment", comment: info.name };
  const balanced = port.usesFirewall ? chains.firewall : chains.external;
  return [
    ...own,
    ...info.externalIPs.map((ip) => services("external IP", ip, chains.external)),
    ...info.loadBalancerVIPs.map((ip) => services("loadbalancer IP", ip, balanced)),
    ...(info.nodePort === 0
      ? []
      : [
          {
            chain: "KUBE-NODEPORTS",
            matches: [named, ...nodePort(port)],
            target: chains.external,
          },
        ]),
  ];
}

const masqueradeRules: readonly IptablesRule[] = [
  { chain: "KUBE-POSTROUTING", matches: [{ match: "mark", not: true }], target: "RETURN" },
  { chain: "KUBE-POSTROUTING", matches: [], target: "MARK" },
  {
    chain: "KUBE-POSTROUTING",
    matches: [comment("kubernetes service traffic requiring SNAT")],
    target: "MASQUERADE",
  },
  { chain: "KUBE-MARK-MASQ", matches: [], target: "MARK" },
];

const nodePortsRule: IptablesRule = {
  chain: "KUBE-SERVICES",
  matches: [
    comment("kubernetes service nodeports; NOTE: this must be the last rule in this chain"),
    isLocal,
  ],
  target: "KUBE-NODEPORTS",
};

const forwardRules: readonly IptablesRule[] = [
  {
    chain: "KUBE-FIREWALL",
    matches: [
      comment("block incoming localnet connections"),
      { match: "destination", destination: "127.0.0.0/8" },
      { match: "source", source: "127.0.0.0/8", not: true },
      { match: "state", states: "RELATED,ESTABLISHED,DNAT", not: true },
    ],
    target: "DROP",
  },
  { chain: "KUBE-FORWARD", matches: [{ match: "state", states: "INVALID" }], target: "DROP" },
  {
    chain: "KUBE-FORWARD",
    matches: [comment("kubernetes forwarding rules"), { match: "mark" }],
    target: "ACCEPT",
  },
  {
    chain: "KUBE-FORWARD",
    matches: [
      comment("kubernetes forwarding conntrack rule"),
      { match: "state", states: "RELATED,ESTABLISHED" },
    ],
    target: "ACCEPT",
  },
];
