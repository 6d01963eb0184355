import { canonicalIP } from "../api/ip-address.ts";
import type { ResourceList } from "../api/meta.ts";
import { isDns1123Label } from "../api/names.ts";
import type { Container, Pod, PodSpec } from "../api/pod.ts";
import { scaledValue } from "../api/quantity.ts";
import { formatQuantity, mustParse } from "../api/quantity-text.ts";
import { quote } from "../api/quote.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { containersOf } from "./visit-containers.ts";
import { warningsForPorts } from "./warnings-ports.ts";
import { affinityWarnings, labelWarnings } from "./warnings-selectors.ts";
import { warningsForVolumes } from "./warnings-volumes.ts";

type AnyPodSpec = Unchecked<PodSpec>;

/** What kubectl prints behind `Warning:`; pkg/api/pod/warnings.go GetWarningsForPod. */
export function getWarningsForPod({ metadata = {}, spec = {} }: Unchecked<Pod>): readonly string[] {
  const { name = "", annotations = {} } = metadata;
  const wrongName = isDns1123Label(name);
  const asHostname =
    "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended";
  const { terminationGracePeriodSeconds: grace = 0 } = spec;
  const negativeGrace =
    "spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1";
  return [
    ...(wrongName.length > 0 ? [`${asHostname}: [${wrongName.join(" ")}]`] : []),
    ...labelWarnings(spec),
    ...annotationWarnings(annotations),
    ...warningsForVolumes(spec.volumes ?? [], "spec.volumes"),
    ...referenceWarnings(spec),
    ...fractions(spec.overhead, "spec.overhead"),
    ...seccompWarning(spec.securityContext?.seccompProfile, annotations, seccompPodKey),
    ...containersOf(spec, "spec").flatMap(({ container, path }) => {
      return containerWarnings(container, annotations, path);
    }),
    ...warningsForPorts(spec),
    ...(grace < 0 ? [negativeGrace] : []),
    ...affinityWarnings(spec, "podAffinity"),
    ...affinityWarnings(spec, "podAntiAffinity"),
    ...addressWarnings(spec),
  ];
}

function annotationWarnings(annotations: Readonly<Record<string, string>>): readonly string[] {
  const replaced = [
    ["scheduler.alpha.kubernetes.io/critical-pod", "v1.16+", "priorityClassName"],
    ["security.alpha.kubernetes.io/sysctls", "v1.11+", "sysctls"],
    ["security.alpha.kubernetes.io/unsafe-sysctls", "v1.11+", "sysctls"],
  ] as const;
  return replaced
    .filter(([key]) => key in annotations)
    .map(([key, version, field]) => unused(key, version, field));
}

function unused(key: string, version: string, field: string): string {
  return `metadata.annotations[${key}]: non-functional in ${version}; use the "${field}" field instead`;
}

const seccompPodKey = "seccomp.security.alpha.kubernetes.io/pod";

function seccompWarning(
  profile: unknown,
  annotations: Readonly<Record<string, string>>,
  key: string,
): readonly string[] {
  return profile === undefined && key in annotations
    ? [unused(key, "v1.27+", "seccompProfile")]
    : [];
}

function referenceWarnings(spec: AnyPodSpec): readonly string[] {
  const ips = (spec.hostAliases ?? []).map(({ ip = "" }) => ip);
  const secrets = (spec.imagePullSecrets ?? []).map(({ name = "" }) => name);
  return [
    ...twice(ips, "spec.hostAliases", "ip"),
    ...twice(secrets, "spec.imagePullSecrets", "name"),
    ...secrets.flatMap((name, index) => {
      return name === "" ? [`spec.imagePullSecrets[${index}].name: invalid empty name ""`] : [];
    }),
  ];
}

function twice(all: readonly string[], path: string, what: string): readonly string[] {
  return all.flatMap((one, index) => {
    const isSecond = all.indexOf(one) < index;
    return isSecond ? [`${path}[${index}].${what}: duplicate ${what} ${quote(one)}`] : [];
  });
}

function fractions(list: ResourceList | undefined, path: string): readonly string[] {
  return ["memory", "ephemeral-storage"].flatMap((name) => fraction(list?.[name], path, name));
}

function fraction(
  text: string | number | undefined,
  path: string,
  name: string,
): readonly string[] {
  if (text === undefined) return [];
  const amount = mustParse(text);
  if (scaledValue(amount, -3) % 1000n === 0n) return [];
  const shown = quote(formatQuantity(amount));
  return [`${path}[${name}]: fractional byte value ${shown} is invalid, must be an integer`];
}

function containerWarnings(
  container: Unchecked<Container>,
  annotations: Readonly<Record<string, string>>,
  path: string,
): readonly string[] {
  const { name = "", securityContext, resources } = container;
  const key = `container.${seccompPodKey.replace(/pod$/, "")}${name}`;
  return [
    ...seccompWarning(securityContext?.seccompProfile, annotations, key),
    ...["memory", "ephemeral-storage"].flatMap((resource) => [
      ...fraction(resources?.limits?.[resource], `${path}.resources.limits`, resource),
      ...fraction(resources?.requests?.[resource], `${path}.resources.requests`, resource),
    ]),
    ...environmentWarnings(container.env ?? [], `${path}.env`),
  ];
}

function environmentWarnings(
  variables: NonNullable<Unchecked<Container>["env"]>,
  path: string,
): readonly string[] {
  const names = variables.map(({ name = "" }) => name);
  return variables.flatMap(({ name = "", value = "", valueFrom }, index) => {
    const reference = `$(${name})`;
    const isSecond = names.indexOf(name) < index;
    const hides = valueFrom !== undefined || value === reference || !value.includes(reference);
    const text = `hides previous definition of ${quote(name)}, which may be dropped when using apply`;
    return isSecond && hides ? [`${path}[${index}]: ${text}`] : [];
  });
}

function addressWarnings(spec: AnyPodSpec): readonly string[] {
  return [
    ...(spec.dnsConfig?.nameservers ?? []).flatMap((ip, index) => {
      return addressWarning(ip, `spec.dnsConfig.nameservers[${index}]`);
    }),
    ...(spec.hostAliases ?? []).flatMap(({ ip = "" }, index) => {
      return addressWarning(ip, `spec.hostAliases[${index}].ip`);
    }),
  ];
}

/** apimachinery/pkg/util/validation/ip.go GetWarningsForIP. */
function addressWarning(ip: string, path: string): readonly string[] {
  const canonical = canonicalIP(ip) ?? ip;
  const isOdd = /(?:^|[.:])0\d+(?:\.|$)/.test(ip) || (ip.includes(":") && !canonical.includes(":"));
  if (isOdd) {
    const advice = "will be considered invalid in a future Kubernetes release: use";
    return [`${path}: non-standard IP address ${quote(ip)} ${advice} ${quote(canonical)}`];
  }
  if (!ip.includes(":") || canonical === ip) return [];
  const form = `should be in RFC 5952 canonical format (${quote(canonical)})`;
  return [`${path}: IPv6 address ${quote(ip)} ${form}`];
}
