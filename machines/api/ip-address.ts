/**
 * The text that Go prints for an address: leading zeros of IPv4 numbers are forgiven, IPv6 is
 * shortened, an IPv4 address inside IPv6 is IPv4. Undefined for any other text.
 * k8s.io/utils/net ParseIPSloppy, Go net.IP.String
 */
export function canonicalIP(text: string): string | undefined {
  if (!text.includes(":")) return parseIPv4(text)?.join(".");
  const groups = parseIPv6(text);
  if (groups === undefined) return undefined;
  return isMapped(groups) ? groups.slice(6).flatMap(bytesOf).join(".") : formatIPv6(groups);
}

/** An IPv4 address that is written as one of IPv6; netip.Addr.Is4In6. */
export function isMappedIP(text: string): boolean {
  const groups = text.includes(":") ? parseIPv6(text) : undefined;
  return groups !== undefined && isMapped(groups);
}

/** Zeros before a decimal number, which only the forgiving parser takes. */
export function hasLeadingZeros(text: string): boolean {
  return text.split(":").some((part) => part.split(".").length > 1 && /(?:^|\.)0\d/.test(part));
}

/** The bits of a canonical address, 32 or 128 of them. */
export function ipBits(address: string): string {
  const isLong = address.includes(":");
  const parts = (isLong ? parseIPv6(address) : parseIPv4(address)) ?? [];
  return parts.map((part) => part.toString(2).padStart(isLong ? 16 : 8, "0")).join("");
}

/** Of a canonical text. */
export function isIPv6(address: string): boolean {
  return address.includes(":");
}

function parseIPv4(text: string): readonly number[] | undefined {
  const bytes = text.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : -1));
  return bytes.length === 4 && bytes.every((byte) => byte >= 0 && byte <= 255) ? bytes : undefined;
}

const groupCount = 8;

function parseIPv6(text: string): readonly number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(parseGroups);
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === groupCount ? head : undefined;
  const missing = groupCount - head.length - (tail?.length ?? groupCount);
  if (tail === undefined || missing < 1) return undefined;
  return [...head, ...Array<number>(missing).fill(0), ...tail];
}

/** The last one may be an IPv4 address, which stands for two. */
function parseGroups(half: string): readonly number[] | undefined {
  if (half === "") return [];
  const parts = half.split(":");
  const last = parseIPv4(parts.at(-1) ?? "");
  const hex = last === undefined ? parts : parts.slice(0, -1);
  const groups = hex.map((part) => (/^[0-9a-f]+$/i.test(part) ? Number.parseInt(part, 16) : -1));
  if (groups.some((group) => group < 0 || group > 0xffff)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = last ?? [];
  return last === undefined ? groups : [...groups, a * 256 + b, c * 256 + d];
}

function isMapped(groups: readonly number[]): boolean {
  return groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
}

function bytesOf(group: number): readonly number[] {
  return [group >> 8, group & 0xff];
}

/** The first of the longest runs of zeros is left out, if it is longer than one. */
function formatIPv6(groups: readonly number[]): string {
  let [start, length] = [0, 1];
  for (let at = 0; at < groupCount; at++) {
    let end = at;
    while (groups[end] === 0) end++;
    if (end - at > length) [start, length] = [at, end - at];
    at = end;
  }
  if (length === 1) return hexText(groups);
  return `${hexText(groups.slice(0, start))}::${hexText(groups.slice(start + length))}`;
}

function hexText(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(":");
}
