import type { ResourceList } from "../api/meta.ts";
import { isDns1123Label } from "../api/names.ts";
import type { Container, Pod, PodSpec } from "../api/pod.ts";
import { scaledValue } from "../api/quantity.ts";
import { formatQuantity, mustParse } from "../api/quantity-text.ts";
import { quote } from "../api/quote.ts";
import type { Unchecked } from "../api/unchecked.ts";
import type { PodTemplateSpec } from "../api/workload-objects.ts";
import { warningsForIP } from "./validation-ip.ts";
import { containersOf } from "./visit-containers.ts";
import { warningsForPorts } from "./warnings-ports.ts";
import { affinityWarnings, labelWarnings } from "./warnings-selectors.ts";
import { warningsForVolumes } from "./warnings-volumes.ts";

type AnyPodSpec = Unchecked<PodSpec>;

/** What kubectl prints behind `Warning:`; pkg/api/pod/warnings.go GetWarningsForPod. */
export function getWarningsForPod(pod: Unchecked<Pod>): readonly string[] {
  const wrongName = isDns1123Label(pod.metadata?.name ?? "");
  const asHostname =
    "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended";
  return [
    ...(wrongName.length > 0 ? [`${asHostname}: [${wrongName.join(" ")}]`] : []),
    ...warningsForPodSpecAndMeta(pod, ""),
  ];
}

/** Of what a set's pods are made from; pkg/api/pod/warnings.go GetWarningsForPodTemplate. */
export function getWarningsForPodTemplate(
  template: Unchecked<PodTemplateSpec> = {},
  path: string,
): readonly string[] {
  return warningsForPodSpecAndMeta(template, `${path}.`);
}

function warningsForPodSpecAndMeta(
  { metadata = {}, spec = {} }: Unchecked<PodTemplateSpec>,
  before: string,
): readonly string[] {
  const { annotations = {} } = metadata;
  const path = `${before}spec`;
  const { terminationGracePeriodSeconds: grace = 0 } = spec;
  const negative = "must be >= 0; negative values are invalid and will be treated as 1";
  const annotated = `${before}metadata.annotations`;
  return [
    ...labelWarnings(spec, path),
    ...annotationWarnings(annotations, annotated),
    ...warningsForVolumes(spec.volumes ?? [], `${path}.volumes`),
    ...referenceWarnings(spec, path),
    ...fractions(spec.overhead, `${path}.overhead`),
    ...seccompWarning(spec.securityContext?.seccompProfile, annotations, seccompPodKey, annotated),
    ...containersOf(spec, path).flatMap(({ container, path: at }) => {
      return containerWarnings(container, annotations, at, annotated);
    }),
    ...warningsForPorts(spec, path),
    ...(grace < 0 ? [`${path}.terminationGracePeriodSeconds: ${negative}`] : []),
    ...affinityWarnings(spec, "podAffinity", path),
    ...affinityWarnings(spec, "podAntiAffinity", path),
    ...addressWarnings(spec, path),
  ];
}

function annotationWarnings(
  annotations: Readonly<Record<string, string>>,
  path: string,
): readonly string[] {
  const replaced = [
    ["scheduler.alpha.kubernetes.io/critical-pod", "v1.16+", "priorityClassName"],
    ["security.alpha.kubernetes.io/sysctls", "v1.11+", "sysctls"],
    ["security.alpha.kubernetes.io/unsafe-sysctls", "v1.11+", "sysctls"],
  ] as const;
  return replaced
    .filter(([key]) => key in annotations)
    .map(([key, version, field]) => unused(`${path}[${key}]`, version, field));
}

function unused(path: string, version: string, field: string): string {
  return `${path}: non-functional in ${version}; use the "${field}" field instead`;
}

const seccompPodKey = "seccomp.security.alpha.kubernetes.io/pod";

function seccompWarning(
  profile: unknown,
  annotations: Readonly<Record<string, string>>,
  key: string,
  path: string,
): readonly string[] {
  return profile === undefined && key in annotations
    ? [unused(`${path}[${key}]`, "v1.27+", "seccompProfile")]
    : [];
}

function referenceWarnings(spec: AnyPodSpec, path: string): readonly string[] {
  const ips = (spec.hostAliases ?? []).map(({ ip = "" }) => ip);
  const secrets = (spec.imagePullSecrets ?? []).map(({ name = "" }) => name);
  return [
    ...twice(ips, `${path}.hostAliases`, "ip"),
    ...twice(secrets, `${path}.imagePullSecrets`, "name"),
    ...secrets.flatMap((name, index) => {
      const at = `${path}.imagePullSecrets[${index}].name`;
      return name === "" ? [`${at}: invalid empty name ""`] : [];
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
  annotated: string,
): readonly string[] {
  const { name = "", securityContext, resources } = container;
  const key = `container.${seccompPodKey.replace(/pod$/, "")}${name}`;
  return [
    ...seccompWarning(securityContext?.seccompProfile, annotations, key, annotated),
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

function addressWarnings(spec: AnyPodSpec, path: string): readonly string[] {
  return [
    ...(spec.dnsConfig?.nameservers ?? []).flatMap((ip, index) => {
      return warningsForIP(`${path}.dnsConfig.nameservers[${index}]`, ip);
    }),
    ...(spec.hostAliases ?? []).flatMap(({ ip = "" }, index) => {
      return warningsForIP(`${path}.hostAliases[${index}].ip`, ip);
    }),
  ];
}
