import * as containers from "./pod-security-containers.ts";
import * as pods from "./pod-security-pods.ts";
import * as profiles from "./pod-security-profiles.ts";
import type { LevelVersion } from "./pod-security-policy.ts";
import type { CheckedPod, Violation } from "./pod-security-text.ts";

type Check = (pod: CheckedPod) => Violation | undefined;

/** A check as it has been since a minor; pod-security-admission/policy VersionedCheck. */
interface VersionedCheck {
  readonly since: number;
  readonly check: Check;
}

/** In order of their ids, as messages tell what they find. */
const baseline: readonly (readonly [id: string, versions: readonly VersionedCheck[]])[] = [
  ["appArmorProfile", [{ since: 0, check: profiles.appArmorProfile }]],
  ["capabilities_baseline", [{ since: 0, check: containers.capabilitiesBaseline }]],
  ["hostNamespaces", [{ since: 0, check: pods.hostNamespaces }]],
  ["hostPathVolumes", [{ since: 0, check: pods.hostPathVolumes }]],
  ["hostPorts", [{ since: 0, check: containers.hostPorts }]],
  ["hostProbesAndHostLifecycle", [{ since: 34, check: containers.hostProbesAndHostLifecycle }]],
  ["privileged", [{ since: 0, check: containers.privileged }]],
  [
    "procMount",
    [
      { since: 0, check: containers.procMount },
      { since: 35, check: userNamespaced(containers.procMount) },
    ],
  ],
  [
    "seLinuxOptions",
    [0, 31].map((since) => ({ since, check: profiles.seLinuxOptionsSince(since) })),
  ],
  [
    "seccompProfile_baseline",
    [
      { since: 0, check: profiles.seccompAnnotations },
      { since: 19, check: profiles.seccompBaseline },
    ],
  ],
  ["sysctls", [0, 27, 29, 32].map((since) => ({ since, check: pods.sysctlsSince(since) }))],
  ["windowsHostProcess", [{ since: 0, check: pods.windowsHostProcess }]],
];

interface RestrictedCheck {
  readonly versions: readonly VersionedCheck[];
  /** The baseline check that it takes the place of. */
  readonly overrides?: string;
}

const restricted: readonly RestrictedCheck[] = [
  {
    versions: [
      { since: 8, check: containers.allowPrivilegeEscalation },
      { since: 25, check: notOnWindows(containers.allowPrivilegeEscalation) },
    ],
  },
  {
    versions: [
      { since: 22, check: containers.capabilitiesRestricted },
      { since: 25, check: notOnWindows(containers.capabilitiesRestricted) },
    ],
    overrides: "capabilities_baseline",
  },
  { versions: [{ since: 35, check: containers.procMount }], overrides: "procMount" },
  { versions: [{ since: 0, check: pods.restrictedVolumes }], overrides: "hostPathVolumes" },
  {
    versions: [
      { since: 0, check: pods.runAsNonRoot },
      { since: 35, check: userNamespaced(pods.runAsNonRoot) },
    ],
  },
  {
    versions: [
      { since: 23, check: pods.runAsUser },
      { since: 35, check: userNamespaced(pods.runAsUser) },
    ],
  },
  {
    versions: [
      { since: 19, check: profiles.seccompRestricted },
      { since: 25, check: notOnWindows(profiles.seccompRestricted) },
    ],
    overrides: "seccompProfile_baseline",
  },
];

/** What of a pod a level forbids; pod-security-admission/policy/registry.go EvaluatePod */
export function violationsOf(pod: CheckedPod, { level, minor }: LevelVersion): Violation[] {
  if (level === "privileged") return [];
  const at = minor === "latest" ? Number.POSITIVE_INFINITY : minor;
  const more =
    level === "restricted" ? restricted.filter(({ versions }) => inForce(versions, at)) : [];
  const overridden = more.map(({ overrides }) => overrides);
  const kept = baseline.filter(([id]) => !overridden.includes(id)).map(([, versions]) => versions);
  const all = [...kept, ...more.map(({ versions }) => versions)];
  return all.flatMap((versions) => inForce(versions, at)?.check(pod) ?? []);
}

function inForce(versions: readonly VersionedCheck[], minor: number): VersionedCheck | undefined {
  return versions.findLast(({ since }) => since <= minor);
}

/** Whose users are not the node's may be more. helpers.go relaxPolicyForUserNamespacePod */
function userNamespaced(check: Check): Check {
  return (pod) => (pod.spec.hostUsers === false ? undefined : check(pod));
}

function notOnWindows(check: Check): Check {
  return (pod) => (pod.spec.os?.name === "windows" ? undefined : check(pod));
}

/** `privileged (container "c" must not …), host namespaces (hostPID=true)` */
export function violationsText(violations: readonly Violation[]): string {
  return violations.map(({ reason, detail }) => `${reason} (${detail})`).join(", ");
}
