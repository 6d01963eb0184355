import { compareText } from "../api/compare-text.ts";
import { quote } from "../api/quote.ts";
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
import { containersOf } from "./visit-containers.ts";

const knownProfiles = ["RuntimeDefault", "Localhost"];

/** check_appArmorProfile.go */
export function appArmorProfile(pod: CheckedPod): Violation | undefined {
  const { wrong, values } = profilesOf(pod, "appArmorProfile");
  const annotations = Object.entries(pod.metadata?.annotations ?? {})
    .filter(([key, value]) => key.startsWith(appArmorPrefix) && !isAllowedAppArmor(value))
    .map(([key, value]) => `${key}=${quote(value)}`)
    .toSorted(compareText);
  const word = pluralize("annotation", annotations.length);
  const setters = [wrong, annotations.length > 0 ? word : ""].filter((one) => one !== "");
  if (setters.length === 0) return undefined;
  const all = [...values, ...annotations];
  const to = `must not set AppArmor profile type to ${joinQuote(all)}`;
  const reason = pluralize("forbidden AppArmor profile", all.length);
  return { reason, detail: `${setters.join(" and ")} ${to}` };
}

const appArmorPrefix = "container.apparmor.security.beta.kubernetes.io/";

function isAllowedAppArmor(value: string): boolean {
  return value === "" || value === "runtime/default" || value.startsWith("localhost/");
}

function profilesOf(pod: CheckedPod, field: "appArmorProfile" | "seccompProfile") {
  const typeOf = (context: CheckedPod["spec"]["securityContext"] | undefined) => {
    const profile = context?.[field];
    return profile === undefined ? undefined : (profile.type ?? "");
  };
  const ofPod = typeOf(pod.spec.securityContext);
  const containers = containersOf(pod.spec, "spec").map(({ container }) => container);
  const types = [ofPod, ...containers.map((one) => one.securityContext?.[field]?.type)];
  const names = namesOf(pod, ({ securityContext }) => isWrong(securityContext?.[field]?.type));
  const values = sortedSet(types.flatMap((type) => (isWrong(type) ? [type ?? ""] : [])));
  return { wrong: settersText(isWrong(ofPod), names), values, ofPod };
}

function isWrong(type: string | undefined): boolean {
  return type !== undefined && !knownProfiles.includes(type);
}

/** check_seccompProfile_baseline.go */
export function seccompBaseline(pod: CheckedPod): Violation | undefined {
  const { wrong, values } = profilesOf(pod, "seccompProfile");
  return wrong === "" ? undefined : wrongSeccomp(wrong, values);
}

function wrongSeccomp(setters: string, values: readonly string[]): Violation {
  const to = `must not set securityContext.seccompProfile.type to ${joinQuote(values)}`;
  return { reason: "seccompProfile", detail: `${setters} ${to}` };
}

/** The same before 1.19, when annotations said it. */
export function seccompAnnotations(pod: CheckedPod): Violation | undefined {
  const annotations = pod.metadata?.annotations ?? {};
  const containers = containersOf(pod.spec, "spec").map(({ container }) => container.name ?? "");
  const keys = [seccompOfPod, ...containers.map((name) => `${seccompPrefix}${name}`)];
  const forbidden = keys.flatMap((key) => {
    const value = annotations[key];
    return value === undefined || isAllowedSeccomp(value) ? [] : [`${key}=${quote(value)}`];
  });
  if (forbidden.length === 0) return undefined;
  const all = sortedSet(forbidden);
  const detail = `forbidden ${pluralize("annotation", all.length)} ${all.join(", ")}`;
  return { reason: "seccompProfile", detail };
}

const seccompOfPod = "seccomp.security.alpha.kubernetes.io/pod";
const seccompPrefix = "container.seccomp.security.alpha.kubernetes.io/";

function isAllowedSeccomp(value: string): boolean {
  const known = value === "runtime/default" || value === "docker/default";
  return known || value.startsWith("localhost/");
}

/** check_seccompProfile_restricted.go; who says nothing goes by the pod. */
export function seccompRestricted(pod: CheckedPod): Violation | undefined {
  const { wrong, values, ofPod } = profilesOf(pod, "seccompProfile");
  if (wrong !== "") return wrongSeccomp(wrong, values);
  if (ofPod !== undefined) return undefined;
  const names = namesOf(pod, ({ securityContext }) => {
    return securityContext?.seccompProfile === undefined;
  });
  if (names.length === 0) return undefined;
  const must = 'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"';
  return { reason: "seccompProfile", detail: `pod or ${containersText(names)} ${must}` };
}

/** check_seLinuxOptions.go */
export function seLinuxOptionsSince(minor: number): (pod: CheckedPod) => Violation | undefined {
  const allowed = minor >= 31 ? [...containerTypes, "container_engine_t"] : containerTypes;
  return (pod) => {
    const names = namesOf(pod, ({ securityContext }) =>
      isBad(securityContext?.seLinuxOptions, allowed),
    );
    const ofPod = pod.spec.securityContext?.seLinuxOptions;
    const setters = settersText(isBad(ofPod, allowed), names);
    if (setters === "") return undefined;
    const containers = containersOf(pod.spec, "spec").map(({ container }) => container);
    const all = [ofPod, ...containers.map((one) => one.securityContext?.seLinuxOptions)];
    const types = all.map((one) => one?.type ?? "").filter((type) => !allowed.includes(type));
    const bad = sortedSet(types);
    const what = [
      ...(bad.length > 0 ? [`${pluralize("type", bad.length)} ${joinQuote(bad)}`] : []),
      ...(all.some((one) => one?.user) ? ["user may not be set"] : []),
      ...(all.some((one) => one?.role) ? ["role may not be set"] : []),
    ].join("; ");
    const set = `${setters} set forbidden securityContext.seLinuxOptions: ${what}`;
    return { reason: "seLinuxOptions", detail: set };
  };
}

function isBad(options: SeLinuxOptions, allowed: readonly string[]): boolean {
  const { type = "", user, role } = options ?? {};
  return !allowed.includes(type) || !!user || !!role;
}

type SeLinuxOptions = NonNullable<CheckedPod["spec"]["securityContext"]>["seLinuxOptions"];

const containerTypes: readonly string[] = [
  "",
  "container_t",
  "container_init_t",
  "container_kvm_t",
];
