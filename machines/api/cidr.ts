import { canonicalIP, hasLeadingZeros, ipBits, isIPv6, isMappedIP } from "./ip-address.ts";

/** An address and the length of its prefix. */
export interface Cidr {
  /** As it was written. */
  readonly address: string;
  /** Bits, of the address as it was written. */
  readonly length: number;
  /** The network as Go prints it. */
  readonly canonical: string;
  /** No bits are set beyond the prefix. */
  readonly isNetwork: boolean;
  /** Neither address nor length has zeros before it. */
  readonly isStrict: boolean;
}

/** An address and the length of its prefix; k8s.io/utils/net ParseCIDRSloppy. */
export function isCidr(text: string): boolean {
  return parseCidr(text) !== undefined;
}

/** Undefined of any other text. */
export function parseCidr(text: string): Cidr | undefined {
  const [, address = "", digits = ""] = /^([^/]*)\/(\d+)$/.exec(text) ?? [];
  const length = Number(digits);
  const canonical = canonicalIP(address);
  const most = isIPv6(address) ? 128 : 32;
  if (canonical === undefined || digits === "" || length > most) return undefined;
  const isMapped = isMappedIP(address);
  const shown = isMapped ? length - 96 : length;
  const bits = ipBits(canonical);
  const kept = Math.max(shown, 0);
  const network = bits.slice(0, kept).padEnd(bits.length, "0");
  return {
    address,
    length,
    canonical: `${textOf(network)}/${shown}`,
    isNetwork: bits === network,
    isStrict: !hasLeadingZeros(address) && !/^0\d/.test(digits),
  };
}

function textOf(bits: string): string {
  const size = bits.length === 32 ? 8 : 16;
  const parts = Array.from({ length: bits.length / size }, (_, at) => {
    return Number.parseInt(bits.slice(at * size, (at + 1) * size), 2);
  });
  const text = size === 8 ? parts.join(".") : parts.map((part) => part.toString(16)).join(":");
  return canonicalIP(text) ?? text;
}
