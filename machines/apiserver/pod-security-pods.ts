import type { Volume } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  type CheckedPod,
  containersText,
  joinQuote,
  namesOf,
  pluralize,
  settersText,
  sortedSet,
  type Violation,
} from "./pod-security-text.ts";

/** check_hostNamespaces.go */
export function hostNamespaces({ spec }: CheckedPod): Violation | undefined {
  const names = ["hostNetwork", "hostPID", "hostIPC"] as const;
  const set = names.filter((name) => spec[name] === true).map((name) => `${name}=true`);
  return set.length === 0 ? undefined : { reason: "host namespaces", detail: set.join(", ") };
}

/** check_hostPathVolumes.go */
export function hostPathVolumes({ spec }: CheckedPod): Violation | undefined {
  const found = (spec.volumes ?? []).filter(({ hostPath }) => hostPath !== undefined);
  if (found.length === 0) return undefined;
  return { reason: "hostPath volumes", detail: volumesText(found) };
}

function volumesText(volumes: readonly Unchecked<Volume>[]): string {
  const names = volumes.map(({ name = "" }) => name);
  return `${pluralize("volume", names.length)} ${joinQuote(names)}`;
}

/** check_restrictedVolumes.go */
export function restrictedVolumes({ spec }: CheckedPod): Violation | undefined {
  const bad = (spec.volumes ?? []).filter((volume) => !harmless.some((type) => type in volume));
  if (bad.length === 0) return undefined;
  const types = sortedSet(bad.map(typeOfVolume));
  const verb = bad.length === 1 ? "uses" : "use";
  const what = `${pluralize("restricted volume type", types.length)} ${joinQuote(types)}`;
  return { reason: "restricted volume types", detail: `${volumesText(bad)} ${verb} ${what}` };
}

const harmless = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

function typeOfVolume(volume: Unchecked<Volume>): string {
  return Object.keys(volume).find((field) => field !== "name") ?? "unknown";
}

/** check_sysctls.go; what is safe has become more. */
export function sysctlsSince(minor: number): (pod: CheckedPod) => Violation | undefined {
  const allowed = safeSysctls.filter(([since]) => since <= minor).flatMap(([, names]) => names);
  return ({ spec }) => {
    const names = (spec.securityContext?.sysctls ?? []).map(({ name = "" }) => name);
    const bad = names.filter((name) => !allowed.includes(name));
    return bad.length === 0 ? undefined : { reason: "forbidden sysctls", detail: bad.join(", ") };
  };
}

const safeSysctls: readonly (readonly [number, readonly string[]])[] = [
  [
    0,
    [
      "kernel.shm_rmid_forced",
      "net.ipv4.ip_local_port_range",
      "net.ipv4.tcp_syncookies",
      "net.ipv4.ping_group_range",
      "net.ipv4.ip_unprivileged_port_start",
    ],
  ],
  [27, ["net.ipv4.ip_local_reserved_ports"]],
  [
    29,
    [
      "net.ipv4.tcp_keepalive_time",
      "net.ipv4.tcp_fin_timeout",
      "net.ipv4.tcp_keepalive_intvl",
      "net.ipv4.tcp_keepalive_probes",
    ],
  ],
  [32, ["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"]],
];

/** check_windowsHostProcess.go */
export function windowsHostProcess(pod: CheckedPod): Violation | undefined {
  const names = namesOf(pod, ({ securityContext }) => {
    return securityContext?.windowsOptions?.hostProcess === true;
  });
  const isOfPod = pod.spec.securityContext?.windowsOptions?.hostProcess === true;
  const setters = settersText(isOfPod, names);
  if (setters === "") return undefined;
  const detail = `${setters} must not set securityContext.windowsOptions.hostProcess=true`;
  return { reason: "hostProcess", detail };
}

/** check_runAsUser.go */
export function runAsUser(pod: CheckedPod): Violation | undefined {
  const names = namesOf(pod, ({ securityContext }) => securityContext?.runAsUser === 0);
  const setters = settersText(pod.spec.securityContext?.runAsUser === 0, names);
  if (setters === "") return undefined;
  return { reason: "runAsUser=0", detail: `${setters} must not set runAsUser=0` };
}

/** check_runAsNonRoot.go; who says nothing goes by the pod. */
export function runAsNonRoot(pod: CheckedPod): Violation | undefined {
  const ofPod = pod.spec.securityContext?.runAsNonRoot;
  const reason = "runAsNonRoot != true";
  const said = namesOf(pod, ({ securityContext }) => securityContext?.runAsNonRoot === false);
  const setters = settersText(ofPod === false, said);
  if (setters !== "") {
    return { reason, detail: `${setters} must not set securityContext.runAsNonRoot=false` };
  }
  if (ofPod === true) return undefined;
  const silent = namesOf(pod, ({ securityContext }) => securityContext?.runAsNonRoot === undefined);
  if (silent.length === 0) return undefined;
  const must = "must set securityContext.runAsNonRoot=true";
  return { reason, detail: `pod or ${containersText(silent)} ${must}` };
}
