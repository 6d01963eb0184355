import { parseCidr } from "../api/cidr.ts";
import { canonicalIP, hasLeadingZeros, isIPv6, isMappedIP } from "../api/ip-address.ts";
import { quote } from "../api/quote.ts";
import { type FieldError, invalid } from "./field-error.ts";

const notAnIP = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
const notACidr = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

/** Only the one way to write it; apimachinery/pkg/util/validation/ip.go IsValidIP. */
export function isValidIP(path: string, value: string): FieldError[] {
  const canonical = canonicalIP(value);
  if (canonical === undefined) return [invalid(path, value, notAnIP)];
  if (hasLeadingZeros(value)) return [invalid(path, value, "must not have leading 0s")];
  if (isMappedIP(value)) {
    return [invalid(path, value, "must not be an IPv4-mapped IPv6 address")];
  }
  const isCanonical = value === canonical;
  const form = `must be in canonical form (${quote(canonical)})`;
  return isCanonical ? [] : [invalid(path, value, form)];
}

/** Old fields take every way; the gate StrictIPCIDRValidation is off. */
export function isValidIPForLegacyField(
  path: string,
  value: string,
  old: readonly string[] = [],
): FieldError[] {
  const isFine = old.includes(value) || canonicalIP(value) !== undefined;
  return isFine ? [] : [invalid(path, value, notAnIP)];
}

/** IsValidCIDR. */
export function isValidCidr(path: string, value: string): FieldError[] {
  const cidr = parseCidr(value);
  if (cidr === undefined) return [invalid(path, value, notACidr)];
  const refused = (why: string) => [invalid(path, value, why)];
  if (!cidr.isStrict) return refused("must not have leading 0s in IP or prefix length");
  if (isMappedIP(cidr.address)) return refused("must not have an IPv4-mapped IPv6 address");
  if (!cidr.isNetwork) return refused("must not have bits set beyond the prefix length");
  const isCanonical = value === cidr.canonical;
  return isCanonical ? [] : refused(`must be in canonical form (${quote(cidr.canonical)})`);
}

/** IsValidCIDRForLegacyField, without the gate StrictIPCIDRValidation. */
export function isValidCidrForLegacyField(
  path: string,
  value: string,
  old: readonly string[] = [],
): FieldError[] {
  const isFine = old.includes(value) || parseCidr(value) !== undefined;
  return isFine ? [] : [invalid(path, value, notACidr)];
}

const later = "will be considered invalid in a future Kubernetes release: use";

/** Of an address that is valid in an old field; GetWarningsForIP. */
export function warningsForIP(path: string, value: string): readonly string[] {
  const canonical = canonicalIP(value);
  if (canonical === undefined) return [];
  if (hasLeadingZeros(value) || isMappedIP(value)) {
    return [`${path}: non-standard IP address ${quote(value)} ${later} ${quote(canonical)}`];
  }
  const form = `should be in RFC 5952 canonical format (${quote(canonical)})`;
  const isOdd = isIPv6(value) && canonical !== value;
  return isOdd ? [`${path}: IPv6 address ${quote(value)} ${form}`] : [];
}

/** GetWarningsForCIDR. */
export function warningsForCidr(path: string, value: string): readonly string[] {
  const cidr = parseCidr(value);
  if (cidr === undefined) return [];
  const { address, canonical, isNetwork, isStrict } = cidr;
  const single = `${canonicalIP(address) ?? address}/${isIPv6(address) ? 128 : 32}`;
  const isOneOf = `(should be ${quote(canonical)} or ${quote(single)}?)`;
  const isMapped = isMappedIP(address);
  const warnings = [
    ...(isNetwork
      ? []
      : [`${path}: CIDR value ${quote(value)} is ambiguous in this context ${isOneOf}`]),
    ...(isStrict && !isMapped
      ? []
      : [`${path}: non-standard CIDR value ${quote(value)} ${later} ${quote(canonical)}`]),
  ];
  const form = `should be in RFC 5952 canonical format (${quote(canonical)})`;
  const isOdd = warnings.length === 0 && isIPv6(value) && canonical !== value;
  return isOdd ? [`${path}: IPv6 CIDR value ${quote(value)} ${form}`] : warnings;
}
