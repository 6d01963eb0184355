import { canonicalIP, isIPv6 } from "./ip-address.ts";

/** An address and the length of its prefix; k8s.io/utils/net ParseCIDRSloppy. */
export function isCidr(text: string): boolean {
  const [, address = "", length = ""] = /^([^/]*)\/(\d+)$/.exec(text) ?? [];
  const most = isIPv6(address) ? 128 : 32;
  return canonicalIP(address) !== undefined && Number(length) <= most;
}
