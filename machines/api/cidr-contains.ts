import { parseCidr } from "./cidr.ts";
import { canonicalIP, ipBits, isIPv6 } from "./ip-address.ts";

/** Whether an address is in a CIDR, or is the address that stands there instead of one. */
export function cidrContains(range: string, ip: string): boolean {
  const address = canonicalIP(ip);
  if (address === undefined) return false;
  const parsed = parseCidr(range);
  if (parsed === undefined) return canonicalIP(range) === address;
  const [network = "", length = "0"] = parsed.canonical.split("/");
  const size = Number(length);
  if (isIPv6(network) !== isIPv6(address)) return false;
  return ipBits(network).slice(0, size) === ipBits(address).slice(0, size);
}
