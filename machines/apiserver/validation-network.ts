import { canonicalIP } from "../api/ip-address.ts";
import {
  isDns1123Label,
  isDns1123Subdomain,
  isDns1123SubdomainWithUnderscore,
  utf8Length,
} from "../api/names.ts";
import type { PodSpec } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, forbidden, invalid, invalids, required, tooLong } from "./field-error.ts";

type AnyPodSpec = Unchecked<PodSpec>;

/** In the host's network a port of a container is the host's; validatePodHostNetworkDeps. */
export function validatePodHostNetworkDeps(spec: AnyPodSpec, path: string): FieldError[] {
  if (spec.hostNetwork !== true) return [];
  const detail = "must match `containerPort` when `hostNetwork` is true";
  return (spec.containers ?? []).flatMap(({ ports = [] }, index) => {
    return ports.flatMap(({ hostPort = 0, containerPort = 0 }, portIndex) => {
      const at = `${path}.containers[${index}].ports[${portIndex}].hostPort`;
      return hostPort === containerPort ? [] : [invalid(at, hostPort, detail)];
    });
  });
}

/** validatePodDNSConfig; the limits are libc's. */
export function validatePodDnsConfig(spec: AnyPodSpec, path: string): FieldError[] {
  const { dnsConfig, dnsPolicy } = spec;
  const { nameservers = [], searches = [], options = [] } = dnsConfig ?? {};
  if (dnsPolicy === "None" && dnsConfig === undefined) {
    return [required(path, "must provide `dnsConfig` when `dnsPolicy` is None")];
  }
  if (dnsPolicy === "None" && nameservers.length === 0) {
    const detail = "must provide at least one DNS nameserver when `dnsPolicy` is None";
    return [required(`${path}.nameservers`, detail)];
  }
  const tooMany = (field: string, value: unknown, detail: string): FieldError =>
    invalid(`${path}.${field}`, value, `must not have more than ${detail}`);
  const isLong = utf8Length(searches.join(" ")) > 2048;
  return [
    ...(nameservers.length > 3 ? [tooMany("nameservers", nameservers, "3 nameservers")] : []),
    ...nameservers.flatMap((ip, index) => validateIp(ip, `${path}.nameservers[${index}]`)),
    ...(searches.length > 32 ? [tooMany("searches", searches, "32 search paths")] : []),
    ...(isLong
      ? [tooMany("searches", searches, "2048 characters (including spaces) in the search list")]
      : []),
    ...searches.flatMap((search, index) => validateSearch(search, `${path}.searches[${index}]`)),
    ...options.flatMap(({ name = "" }, index) => {
      return name === "" ? [required(`${path}.options[${index}]`, "must not be empty")] : [];
    }),
  ];
}

function validateSearch(search: string, path: string): FieldError[] {
  if (search === ".") return [];
  const name = search.replace(/\.$/, "");
  return invalids(path, name, isDns1123SubdomainWithUnderscore(name));
}

function validateIp(ip: string, path: string): FieldError[] {
  const detail = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
  return canonicalIP(ip) !== undefined ? [] : [invalid(path, ip, detail)];
}

/** ValidateHostAliases. */
export function validateHostAliases(
  aliases: NonNullable<AnyPodSpec["hostAliases"]>,
  path: string,
): FieldError[] {
  return aliases.flatMap(({ ip = "", hostnames = [] }, index) => [
    ...validateIp(ip, `${path}[${index}].ip`),
    ...hostnames.flatMap((name, nameIndex) => {
      return invalids(`${path}[${index}].hostnames[${nameIndex}]`, name, isDns1123Subdomain(name));
    }),
  ]);
}

/** validatePodHostName. */
export function validatePodHostName(spec: AnyPodSpec, path: string): FieldError[] {
  const name = spec.hostnameOverride;
  if (name === undefined) return [];
  const at = `${path}.hostnameOverride`;
  return [
    ...(spec.setHostnameAsFQDN === true
      ? [forbidden(at, "may not be specified when setHostnameAsFQDN is true")]
      : []),
    ...(spec.hostNetwork === true
      ? [forbidden(at, "may not be specified when hostNetwork is true")]
      : []),
    ...(utf8Length(name) > 64 ? [tooLong(at, 64)] : []),
    ...invalids(at, name, isDns1123Subdomain(name)),
  ];
}

/** The parts of a pod's own name in the network. */
export function validateHostname(name: string, path: string): FieldError[] {
  return name === "" ? [] : invalids(path, name, isDns1123Label(name));
}
