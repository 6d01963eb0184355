import type { Container, LifecycleHandler, Probe } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  type CheckedPod,
  containersText,
  joinQuote,
  namesOf,
  pluralize,
  sortedSet,
  type Violation,
} from "./pod-security-text.ts";
import { containersOf } from "./visit-containers.ts";

type AnyContainer = Unchecked<Container>;

/** pod-security-admission/policy/check_privileged.go */
export function privileged(pod: CheckedPod): Violation | undefined {
  const names = namesOf(pod, ({ securityContext }) => securityContext?.privileged === true);
  if (names.length === 0) return undefined;
  const detail = `${containersText(names)} must not set securityContext.privileged=true`;
  return { reason: "privileged", detail };
}

/** check_allowPrivilegeEscalation.go */
export function allowPrivilegeEscalation(pod: CheckedPod): Violation | undefined {
  const names = namesOf(pod, ({ securityContext }) => {
    return securityContext?.allowPrivilegeEscalation !== false;
  });
  if (names.length === 0) return undefined;
  const must = "must set securityContext.allowPrivilegeEscalation=false";
  const detail = `${containersText(names)} ${must}`;
  return { reason: "allowPrivilegeEscalation != false", detail };
}

/** check_capabilities_baseline.go */
export function capabilitiesBaseline(pod: CheckedPod): Violation | undefined {
  const detail = addedBeyond(pod, defaultCapabilities);
  return detail === undefined ? undefined : { reason: "non-default capabilities", detail };
}

const defaultCapabilities: readonly string[] = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
];

function addedBeyond(pod: CheckedPod, allowed: readonly string[]): string | undefined {
  const strange = ({ securityContext }: AnyContainer) => {
    const added = securityContext?.capabilities?.add ?? [];
    return added.filter((one) => !allowed.includes(one));
  };
  const names = namesOf(pod, (container) => strange(container).length > 0);
  if (names.length === 0) return undefined;
  const all = containersOf(pod.spec, "spec").flatMap(({ container }) => strange(container));
  const which = joinQuote(sortedSet(all));
  return `${containersText(names)} must not include ${which} in securityContext.capabilities.add`;
}

/** check_capabilities_restricted.go */
export function capabilitiesRestricted(pod: CheckedPod): Violation | undefined {
  const keep = namesOf(pod, ({ securityContext }) => {
    return !(securityContext?.capabilities?.drop ?? []).includes("ALL");
  });
  const must = 'must set securityContext.capabilities.drop=["ALL"]';
  const details = [
    ...(keep.length > 0 ? [`${containersText(keep)} ${must}`] : []),
    ...[addedBeyond(pod, ["NET_BIND_SERVICE"])].filter((text) => text !== undefined),
  ];
  if (details.length === 0) return undefined;
  return { reason: "unrestricted capabilities", detail: details.join("; ") };
}

/** check_hostPorts.go */
export function hostPorts(pod: CheckedPod): Violation | undefined {
  const names = namesOf(pod, (container) => portsOf(container).length > 0);
  if (names.length === 0) return undefined;
  const all = containersOf(pod.spec, "spec").flatMap(({ container }) => portsOf(container));
  const ports = sortedSet(all.map(String));
  const what = `${pluralize("hostPort", ports.length)} ${ports.join(", ")}`;
  return { reason: "hostPort", detail: `${containersText(names)} ${uses(names)} ${what}` };
}

function portsOf({ ports = [] }: AnyContainer): readonly number[] {
  return ports.flatMap((port) => port.hostPort || []);
}

/** check_hostProbesAndhostLifecycle.go */
export function hostProbesAndHostLifecycle(pod: CheckedPod): Violation | undefined {
  const names = sortedSet(namesOf(pod, (container) => hostsOf(container).length > 0));
  if (names.length === 0) return undefined;
  const all = containersOf(pod.spec, "spec").flatMap(({ container }) => hostsOf(container));
  const hosts = sortedSet(all);
  const what = `${pluralize("probe or lifecycle host", hosts.length)} ${joinQuote(hosts)}`;
  const detail = `${containersText(names)} ${uses(names)} ${what}`;
  return { reason: "probe or lifecycle host", detail };
}

function hostsOf(container: AnyContainer): readonly string[] {
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
  const handlers: readonly (Unchecked<Probe> | Unchecked<LifecycleHandler> | undefined)[] = [
    livenessProbe,
    readinessProbe,
    startupProbe,
    lifecycle?.postStart,
    lifecycle?.preStop,
  ];
  return handlers.flatMap((one) => [one?.httpGet?.host || [], one?.tcpSocket?.host || []].flat());
}

function uses(names: readonly string[]): string {
  return names.length === 1 ? "uses" : "use";
}

/** check_procMount_baseline.go */
export function procMount(pod: CheckedPod): Violation | undefined {
  const names = namesOf(pod, (container) => typesOf(container).length > 0);
  if (names.length === 0) return undefined;
  const all = containersOf(pod.spec, "spec").flatMap(({ container }) => typesOf(container));
  const to = `must not set securityContext.procMount to ${joinQuote(sortedSet(all))}`;
  return { reason: "procMount", detail: `${containersText(names)} ${to}` };
}

function typesOf({ securityContext }: AnyContainer): readonly string[] {
  const type = securityContext?.procMount;
  return type === undefined || type === "Default" ? [] : [type];
}
