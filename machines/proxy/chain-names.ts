import type { ServicePortInfo } from "./service-port.ts";
import { base32, sha256 } from "./sha256.ts";

/** The chains of one port; iptables has room for 28 characters. */
export interface ChainNames {
  /** To all endpoints. */
  readonly cluster: string;
  /** To those of this node. */
  readonly local: string;
  /** From outside. */
  readonly external: string;
  /** From the sources that a balancer lets in. */
  readonly firewall: string;
}

/** pkg/proxy/iptables/proxier.go portProtoHash and its callers. */
export function chainNames({ name, protocol }: ServicePortInfo): ChainNames {
  const hash = hashOf(`${name}${protocol.toLowerCase()}`);
  return {
    cluster: `KUBE-SVC-${hash}`,
    local: `KUBE-SVL-${hash}`,
    external: `KUBE-EXT-${hash}`,
    firewall: `KUBE-FW-${hash}`,
  };
}

/** servicePortEndpointChainName */
export function endpointChain({ name, protocol }: ServicePortInfo, endpoint: string): string {
  return `KUBE-SEP-${hashOf(`${name}${protocol.toLowerCase()}${endpoint}`)}`;
}

function hashOf(text: string): string {
  return base32(sha256(text)).slice(0, 16);
}
