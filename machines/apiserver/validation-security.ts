import { isValidUserId } from "../api/names.ts";
import type { PodSpec, SecurityContext } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, invalid, invalids, validateChoice } from "./field-error.ts";
import {
  profileForm,
  validateAppArmorProfile,
  validateSeccompProfile,
} from "./validation-security-profiles.ts";
import { validateSysctls } from "./validation-sysctls.ts";
import { validateWindowsOptions } from "./validation-windows.ts";

type AnyPodSpec = Unchecked<PodSpec>;

/** pkg/apis/core/validation/validation.go validatePodSpecSecurityContext. */
export function validatePodSecurityContext(spec: AnyPodSpec, path: string): FieldError[] {
  const context = spec.securityContext;
  if (context === undefined) return [];
  const sharesWithHost = spec.shareProcessNamespace === true && spec.hostPID === true;
  const both = "ShareProcessNamespace and HostPID cannot both be enabled";
  return [
    ...validateId(context.fsGroup, `${path}.fsGroup`),
    ...validateId(context.runAsUser, `${path}.runAsUser`),
    ...validateId(context.runAsGroup, `${path}.runAsGroup`),
    ...(context.supplementalGroups ?? []).flatMap((id, index) => {
      return validateId(id, `${path}.supplementalGroups[${index}]`);
    }),
    ...(sharesWithHost ? [invalid(`${path}.shareProcessNamespace`, true, both)] : []),
    ...validateSysctls(spec, `${path}.sysctls`),
    ...validateChoice(context.fsGroupChangePolicy, changePolicies, `${path}.fsGroupChangePolicy`),
    ...validateSeccompProfile(context.seccompProfile, `${path}.seccompProfile`),
    ...validateWindowsOptions(context.windowsOptions, `${path}.windowsOptions`),
    ...validateAppArmorProfile(context.appArmorProfile, `${path}.appArmorProfile`),
    ...validateChoice(
      context.supplementalGroupsPolicy,
      groupsPolicies,
      `${path}.supplementalGroupsPolicy`,
    ),
    ...validateChoice(context.seLinuxChangePolicy, seLinuxPolicies, `${path}.seLinuxChangePolicy`),
  ];
}

const changePolicies = ["Always", "OnRootMismatch"] as const;
const groupsPolicies = ["Merge", "Strict"] as const;
/** The gate SELinuxMount is off. */
const seLinuxPolicies = ["Recursive"] as const;

function validateId(id: number | undefined, path: string): FieldError[] {
  return id === undefined ? [] : invalids(path, id, isValidUserId(id));
}

/** ValidateSecurityContext; the cluster allows privileged containers. */
export function validateSecurityContext(
  context: Unchecked<SecurityContext> | undefined,
  usesHostUsers: boolean,
  path: string,
): FieldError[] {
  if (context === undefined) return [];
  return [
    ...validateId(context.runAsUser, `${path}.runAsUser`),
    ...validateId(context.runAsGroup, `${path}.runAsGroup`),
    ...validateProcMount(context.procMount, usesHostUsers, `${path}.procMount`),
    ...validateSeccompProfile(context.seccompProfile, `${path}.seccompProfile`),
    ...validateEscalation(context, path),
    ...validateWindowsOptions(context.windowsOptions, `${path}.windowsOptions`),
    ...validateAppArmorProfile(context.appArmorProfile, `${path}.appArmorProfile`),
  ];
}

function validateProcMount(
  procMount: string | undefined,
  usesHostUsers: boolean,
  path: string,
): FieldError[] {
  const isRefused = usesHostUsers && procMount === "Unmasked";
  return [
    ...validateChoice(procMount, ["Default", "Unmasked"], path),
    ...(isRefused ? [invalid(path, procMount, "`hostUsers` must be false to use `Unmasked`")] : []),
  ];
}

function validateEscalation(context: Unchecked<SecurityContext>, path: string): FieldError[] {
  if (context.allowPrivilegeEscalation !== false) return [];
  const admins = (context.capabilities?.add ?? []).filter((name) => name === "CAP_SYS_ADMIN");
  const wrong = (what: string): FieldError => {
    const detail = `cannot set \`allowPrivilegeEscalation\` to false and ${what}`;
    return invalid(path, internalForm(context), detail);
  };
  return [
    ...(context.privileged === true ? [wrong("`privileged` to true")] : []),
    ...admins.map(() => wrong("`capabilities.Add` CAP_SYS_ADMIN")),
  ];
}

/** The message shows the structure with the names of the server's own type. */
function internalForm(context: Unchecked<SecurityContext>): object {
  const { add = null, drop = null } = context.capabilities ?? {};
  return {
    Capabilities: context.capabilities === undefined ? null : { Add: add, Drop: drop },
    Privileged: context.privileged ?? null,
    SELinuxOptions: capitalised(context.seLinuxOptions),
    WindowsOptions: capitalised(context.windowsOptions),
    RunAsUser: context.runAsUser ?? null,
    RunAsGroup: context.runAsGroup ?? null,
    RunAsNonRoot: context.runAsNonRoot ?? null,
    ReadOnlyRootFilesystem: context.readOnlyRootFilesystem ?? null,
    AllowPrivilegeEscalation: context.allowPrivilegeEscalation ?? null,
    ProcMount: context.procMount ?? null,
    SeccompProfile: profileForm(context.seccompProfile),
    AppArmorProfile: profileForm(context.appArmorProfile),
  };
}

function capitalised(value: object | undefined): object | null {
  if (value === undefined) return null;
  const entries = Object.entries(value).map(([key, inner]) => {
    return [key.charAt(0).toUpperCase() + key.slice(1), inner] as const;
  });
  return Object.fromEntries(entries);
}
