import { canonicalIP, isIPv6 } from "../api/ip-address.ts";
import type { Service, ServiceSpec } from "../api/network-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  duplicate,
  type FieldError,
  invalid,
  notSupported,
  required,
  validateChoice,
} from "./field-error.ts";
import { isValidIPForLegacyField } from "./validation-ip.ts";

type Spec = Unchecked<ServiceSpec>;

/** `None` is its one address: names stand for its pods. */
export function isHeadless({ clusterIPs = [] }: Spec): boolean {
  return clusterIPs.length === 1 && clusterIPs[0] === "None";
}

const at = "spec.clusterIPs";

/** pkg/apis/core/validation/validation.go ValidateServiceClusterIPsRelatedFields. */
export function validateClusterIPs(spec: Spec, old?: Spec): FieldError[] {
  if (spec.type === "ExternalName") return [];
  const { clusterIP = "", clusterIPs: ips = [], ipFamilies: families = [] } = spec;
  const known = ["IPv4", "IPv6"];
  const policies = ["PreferDualStack", "RequireDualStack", "SingleStack"];
  const invalidIPs = ips.flatMap((ip, index) => {
    const isNone = index === 0 && ip === "None";
    const alone = "'None' must be the first and only value";
    if (isNone) return ips.length > 1 ? [invalid(at, ips, alone)] : [];
    return isValidIPForLegacyField(`${at}[${index}]`, ip, old?.clusterIPs);
  });
  const errors = [
    ...validateFirst(clusterIP, ips),
    ...families.flatMap((family, index) => [
      ...(known.includes(family) ? [] : [notSupported(`spec.ipFamilies[${index}]`, family, known)]),
      ...(families.indexOf(family) < index ? [duplicate(`spec.ipFamilies[${index}]`, family)] : []),
    ]),
    ...validateChoice(spec.ipFamilyPolicy, policies, "spec.ipFamilyPolicy"),
    ...invalidIPs,
    ...(ips.length > 2 ? [invalid(at, ips, "may only hold up to 2 values")] : []),
  ];
  return invalidIPs.length > 0 ? errors : [...errors, ...validateFamilies(spec)];
}

function validateFirst(clusterIP: string, ips: readonly string[]): FieldError[] {
  const [first] = ips;
  const empty = "must be empty when `clusterIP` is not specified";
  if (clusterIP === "") return first === undefined ? [] : [invalid(at, ips, empty)];
  if (first === undefined) return [required(at)];
  return first === clusterIP ? [] : [invalid(at, ips, "first value must match `clusterIP`")];
}

function validateFamilies(spec: Spec): FieldError[] {
  const { clusterIPs: ips = [], ipFamilies: families = [] } = spec;
  const isDual = new Set(ips.map(isIPv6)).size === 2;
  const twice = "may specify no more than one IP for each IP family";
  const matched = isHeadless(spec) ? [] : ips.slice(0, families.length);
  return [
    ...(ips.length > 1 && !isDual ? [invalid(at, ips, twice)] : []),
    ...matched.flatMap((ip, index) => {
      const family = isIPv6(ip) ? "IPv6" : "IPv4";
      const expected = families[index] ?? "";
      const isOther = (expected === "IPv4" || expected === "IPv6") && expected !== family;
      const detail = `expected an ${expected} value as indicated by \`ipFamilies[${index}]\``;
      return isOther ? [invalid(`${at}[${index}]`, ip, detail)] : [];
    }),
  ];
}

/** ValidateEndpointIP, which is also asked of external addresses. */
export function validateEndpointIP(address: string, path: string): FieldError[] {
  const ip = canonicalIP(address);
  const wrong = (detail: string) => [invalid(path, address, detail)];
  if (ip === undefined) return wrong("must be a valid IP address");
  if (ip === "0.0.0.0" || ip === "::") return wrong(`may not be unspecified (${address})`);
  if (ip.startsWith("127.") || ip === "::1") {
    return wrong("may not be in the loopback range (127.0.0.0/8, ::1/128)");
  }
  if (ip.startsWith("169.254.") || /^fe[89ab]/.test(ip)) {
    return wrong("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
  }
  const isMulticast = ip.startsWith("224.0.0.") || /^ff[0-9a-f]2:/.test(ip);
  const multicast = "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)";
  return isMulticast ? wrong(multicast) : [];
}

type AnyService = Unchecked<Service>;
const fixed = "may not change once set";

/** A second address may come and go, the first stays; validateUpgradeDowngradeClusterIPs. */
export function validateChangedClusterIPs(service: AnyService, old: AnyService): FieldError[] {
  const [spec, before] = [service.spec ?? {}, old.spec ?? {}];
  if (spec.type === "ExternalName" || before.type === "ExternalName") return [];
  if (isHeadless(spec) && isHeadless(before)) return [];
  const [ips, oldIPs] = [spec.clusterIPs ?? [], before.clusterIPs ?? []];
  if (ips.length === oldIPs.length) {
    return oldIPs.flatMap((ip, index) => {
      return ip === ips[index] ? [] : [invalid(`${at}[${index}]`, ips, fixed)];
    });
  }
  const isOther = ips.length > 0 && oldIPs.length > 0 && ips[0] !== oldIPs[0];
  const changed = isOther ? [invalid(`${at}[0]`, ips, fixed)] : [];
  if (ips.length > oldIPs.length) return changed;
  const unset = "primary clusterIP can not be unset";
  const shown = spec.clusterIPs ?? null;
  return [
    ...(ips.length === 0 ? [invalid(`${at}[0]`, shown, unset)] : []),
    ...changed,
    ...(ips.length === 1 ? validateReleased(spec, "clusterIP") : []),
  ];
}

function validateReleased({ ipFamilyPolicy }: Spec, what: string): FieldError[] {
  if (ipFamilyPolicy === "SingleStack") return [];
  const detail = `must be set to 'SingleStack' when releasing the secondary ${what}`;
  return [invalid("spec.ipFamilyPolicy", ipFamilyPolicy ?? null, detail)];
}

/** The same of the families; validateUpgradeDowngradeIPFamilies. */
export function validateChangedFamilies(service: AnyService, old: AnyService): FieldError[] {
  const [spec, before] = [service.spec ?? {}, old.spec ?? {}];
  if (spec.type === "ExternalName" || before.type === "ExternalName") return [];
  if (isHeadless(spec) || isHeadless(before)) return [];
  const [families, oldFamilies] = [spec.ipFamilies ?? [], before.ipFamilies ?? []];
  const first = "spec.ipFamilies[0]";
  if (families.length === oldFamilies.length) {
    return oldFamilies.flatMap((family, index) => {
      return family === families[index] ? [] : [invalid(first, families, fixed)];
    });
  }
  const shownIPs = spec.clusterIPs ?? null;
  const isOther = families.length > 0 && oldFamilies.length > 0 && families[0] !== oldFamilies[0];
  const changed = isOther ? [invalid(first, shownIPs, fixed)] : [];
  if (families.length > oldFamilies.length) return changed;
  const isUnset = (spec.clusterIPs ?? []).length === 0;
  const shown = spec.ipFamilies ?? null;
  return [
    ...(isUnset ? [invalid(first, shown, "primary ipFamily can not be unset")] : []),
    ...changed,
    ...(families.length === 1 ? validateReleased(spec, "ipFamily") : []),
  ];
}
