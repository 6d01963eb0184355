import { type ChainNames, chainNames } from "./chain-names.ts";
import type { RuleMatch } from "./iptables-rule.ts";
import type { ServicePortInfo } from "./service-port.ts";
import {
  categorizeEndpoints,
  type CategorizedEndpoints,
  type ProxyEndpoint,
  type ProxyNode,
} from "./topology.ts";

/** What a kube-proxy knows when it syncs. */
export interface ProxyView {
  readonly node: ProxyNode;
  readonly ports: readonly ServicePortInfo[];
  /** By `namespace/name:port PROTOCOL`. */
  readonly endpoints: ReadonlyMap<string, readonly ProxyEndpoint[]>;
  /** `--cluster-cidr`: where pods have their addresses; undefined by default. */
  readonly clusterCIDR?: string;
}

/** One port's part of the rules. */
export interface PortRules extends CategorizedEndpoints {
  readonly info: ServicePortInfo;
  readonly chains: ChainNames;
  readonly protocol: string;
  readonly hasInternalEndpoints: boolean;
  readonly hasExternalEndpoints: boolean;
  readonly usesFirewall: boolean;
}

/** Where a port's traffic goes on this node, by each way in. */
export function portRules(info: ServicePortInfo, { endpoints, node }: ProxyView): PortRules {
  const all = endpoints.get(`${info.name} ${info.protocol}`) ?? [];
  const found = categorizeEndpoints(all, info, node);
  const hasLocal = found.localEndpoints.length > 0;
  const has = found.hasAnyEndpoints;
  return {
    info,
    ...found,
    chains: chainNames(info),
    protocol: info.protocol.toLowerCase(),
    hasInternalEndpoints: has && (!info.internalPolicyLocal || hasLocal),
    hasExternalEndpoints: has && (!info.externalPolicyLocal || hasLocal),
    usesFirewall:
      has && info.loadBalancerVIPs.length > 0 && info.loadBalancerSourceRanges.length > 0,
  };
}

export function comment(text: string): RuleMatch {
  return { match: "comment", comment: `"${text}"` };
}
