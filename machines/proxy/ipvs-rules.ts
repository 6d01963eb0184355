import { type PortRules, portRules, type ProxyView } from "./port-rules.ts";
import type { ServicePortInfo } from "./service-port.ts";

/** One address and port that a node balances; `ipvsadm -Ln` prints it with its real servers. */
export interface VirtualServer {
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
  /** The service's port it is for. */
  readonly name: string;
  readonly scheduler: "rr";
  /** Seconds for which a client stays with its real server; undefined without session affinity. */
  readonly persistentSeconds?: number;
  /** Endpoints, in order. */
  readonly realServers: readonly string[];
  /** Who may ask; undefined: everybody. */
  readonly sourceRanges?: readonly string[];
}

export interface IpvsRules {
  readonly mode: "ipvs";
  /** The addresses of the device `kube-ipvs0`. */
  readonly addresses: readonly string[];
  readonly servers: readonly VirtualServer[];
}

/** Where every address of the node is meant. */
export const nodeAddresses = "0.0.0.0";

/**
 * The virtual servers of a node; pkg/proxy/ipvs/proxier.go syncProxyRules. A server without real
 * servers refuses; where the policy is Local and nobody is near, all are used.
 */
export function ipvsRules(view: ProxyView): IpvsRules {
  const servers = view.ports.flatMap((info) => serversOf(portRules(info, view)));
  const bound = servers.map(({ address }) => address).filter((one) => one !== nodeAddresses);
  return { mode: "ipvs", addresses: [...new Set(bound)], servers };
}

function serversOf(port: PortRules): readonly VirtualServer[] {
  const { info } = port;
  const internal = realServers(port, info.internalPolicyLocal);
  const external = realServers(port, info.externalPolicyLocal);
  const ranges = info.loadBalancerSourceRanges;
  const limits = ranges.length === 0 ? {} : { sourceRanges: ranges };
  return [
    server(info, info.clusterIP, info.port, internal),
    ...info.externalIPs.map((ip) => server(info, ip, info.port, external)),
    ...info.loadBalancerVIPs.map((ip) => ({ ...server(info, ip, info.port, external), ...limits })),
    ...(info.nodePort === 0 ? [] : [server(info, nodeAddresses, info.nodePort, external)]),
  ];
}

/** syncEndpoint */
function realServers(
  { clusterEndpoints, localEndpoints }: PortRules,
  isLocal: boolean,
): readonly string[] {
  const used = isLocal && localEndpoints.length > 0 ? localEndpoints : clusterEndpoints;
  return used.map(({ endpoint }) => endpoint);
}

function server(
  { name, protocol, stickyMaxAgeSeconds }: ServicePortInfo,
  address: string,
  port: number,
  servers: readonly string[],
): VirtualServer {
  const sticky =
    stickyMaxAgeSeconds === undefined ? {} : { persistentSeconds: stickyMaxAgeSeconds };
  return { protocol, address, port, name, scheduler: "rr", ...sticky, realServers: servers };
}

/** As `ipvsadm -Ln` prints them, without counts of connections. */
export function ipvsText({ servers }: IpvsRules): string {
  const lines = servers.flatMap(
    ({ protocol, address, port, persistentSeconds, realServers: all }) => {
      const sticky = persistentSeconds === undefined ? "" : ` persistent ${persistentSeconds}`;
      return [
        `${protocol}  ${address}:${port} rr${sticky}`,
        ...all.map((endpoint) => `  -> ${endpoint.padEnd(28)} Masq    1`),
      ];
    },
  );
  const head = [
    "Prot LocalAddress:Port Scheduler Flags",
    "  -> RemoteAddress:Port           Forward Weight",
  ];
  return [...head, ...lines].map((line) => `${line}\n`).join("");
}
