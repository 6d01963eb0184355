import { canonicalIP, isIPv6 } from "../api/ip-address.ts";
import type { PodStatus } from "../api/pod-status.ts";
import { extended } from "../extended.ts";

type PodAddresses = Pick<PodStatus, "podIP" | "podIPs">;
type Addresses = Pick<PodStatus, "podIP" | "podIPs" | "hostIP" | "hostIPs">;

/**
 * The first address of each family, that of the kubelet's own address first.
 * pkg/kubelet/kubelet_pods.go sortPodIPs
 */
export function podAddresses(
  ips: readonly string[] = [],
  kubeletNodeIPs: readonly string[] = [],
): PodAddresses {
  if (ips.length === 0) return {};
  const addresses = ips.flatMap((ip) => canonicalIP(ip) ?? []);
  const isPrimaryIPv6 = isIPv6(kubeletNodeIPs[0] ?? "");
  const primary = addresses.find((ip) => isIPv6(ip) === isPrimaryIPv6);
  const secondary = addresses.find((ip) => isIPv6(ip) !== isPrimaryIPv6);
  return asPodIPs([primary, secondary].flatMap((ip) => (ip === undefined ? [] : [{ ip }])));
}

/**
 * The node's addresses, which a pod in its network takes for its own: the first once it has none,
 * the second once the node has got one. kubelet_pods.go generateAPIPodStatus
 */
export function withHostAddresses(
  { podIP, podIPs = [] }: PodAddresses,
  nodeIPs: readonly string[],
  hostNetwork: boolean,
): Addresses {
  const [hostIP, ...otherIPs] = nodeIPs;
  const addresses = podIPs.length > 0 ? { podIPs } : {};
  const own = podIP ? { podIP, ...addresses } : addresses;
  if (hostIP === undefined) return own;
  const second = otherIPs.find((ip) => isIPv6(ip) !== isIPv6(hostIP));
  const hostIPs = second === undefined ? [{ ip: hostIP }] : [{ ip: hostIP }, { ip: second }];
  const host = { hostIP, hostIPs };
  if (!hostNetwork) return extended(own, host);
  const [first = { ip: hostIP }, ...others] = podIPs;
  const isDualStack = second !== undefined && isIPv6(first.ip) !== isIPv6(second);
  if (others.length > 0 || !isDualStack) return { ...asPodIPs([first, ...others]), ...host };
  return { ...asPodIPs([first, { ip: second }]), ...host };
}

function asPodIPs(podIPs: readonly { readonly ip: string }[]): PodAddresses {
  const [first] = podIPs;
  return first === undefined ? {} : { podIP: first.ip, podIPs };
}
