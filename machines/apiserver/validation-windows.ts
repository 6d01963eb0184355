import { isDns1123Subdomain, utf8Length } from "../api/names.ts";
import type { PodSpec } from "../api/pod.ts";
import type { WindowsSecurityContextOptions } from "../api/security-context.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  type FieldError,
  forbidden,
  invalid,
  invalids,
  notSupported,
  required,
} from "./field-error.ts";
import { containersOf } from "./visit-containers.ts";

type AnyPodSpec = Unchecked<PodSpec>;

/** What only one operating system has; pkg/apis/core/validation validateOS, validateLinux, … */
export function validateOs(spec: AnyPodSpec, path: string): FieldError[] {
  if (spec.os === undefined) return [];
  const { name = "" } = spec.os;
  if (name === "") return [required(`${path}.os.name`)];
  if (name === "linux") return validateLinux(spec, path);
  return name === "windows"
    ? validateWindows(spec, path)
    : [notSupported(`${path}.os`, name, ["linux", "windows"])];
}

function validateLinux(spec: AnyPodSpec, path: string): FieldError[] {
  const contexts = [
    { at: path, context: spec.securityContext },
    ...containersOf(spec, path).map(({ container, path: at }) => {
      return { at, context: container.securityContext };
    }),
  ];
  return contexts
    .filter(({ context }) => context?.windowsOptions !== undefined)
    .map(({ at }) => {
      const detail = "windows options cannot be set for a linux pod";
      return forbidden(`${at}.securityContext.windowsOptions`, detail);
    });
}

function validateWindows(spec: AnyPodSpec, path: string): FieldError[] {
  const ofPod = podFields.filter(([field, isInContext]) => {
    const holder: object = (isInContext ? spec.securityContext : spec) ?? {};
    return isSet(new Map(Object.entries(holder)).get(field));
  });
  const ofContainers = containersOf(spec, path).flatMap(({ container, path: at }) => {
    const given = new Map(Object.entries(container.securityContext ?? {}));
    return containerFields
      .filter((field) => given.has(field))
      .map((field) => `${at}.securityContext.${field}`);
  });
  return [
    ...ofPod.map(([field, isInContext]) => {
      return refused(isInContext ? `${path}.securityContext.${field}` : `${path}.${field}`);
    }),
    ...ofContainers.map(refused),
  ];
}

function refused(path: string): FieldError {
  return forbidden(path, "cannot be set for a windows pod");
}

/** Go cannot tell `false` of these two from nothing. */
function isSet(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}

const podFields: readonly (readonly [field: string, isInContext: boolean])[] = [
  ["appArmorProfile", true],
  ["seLinuxOptions", true],
  ["hostUsers", false],
  ["hostPID", false],
  ["hostIPC", false],
  ["seccompProfile", true],
  ["fsGroup", true],
  ["fsGroupChangePolicy", true],
  ["sysctls", true],
  ["shareProcessNamespace", false],
  ["runAsUser", true],
  ["runAsGroup", true],
  ["supplementalGroups", true],
  ["supplementalGroupsPolicy", true],
  ["seLinuxChangePolicy", true],
];

const containerFields = [
  "appArmorProfile",
  "seLinuxOptions",
  "seccompProfile",
  "capabilities",
  "readOnlyRootFilesystem",
  "privileged",
  "allowPrivilegeEscalation",
  "procMount",
  "runAsUser",
  "runAsGroup",
] as const;

/** validateWindowsHostProcessPod: all containers or none, and only in the host's network. */
export function validateWindowsHostProcessPod(spec: AnyPodSpec, path: string): FieldError[] {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  const containers = containersOf(spec, path).map(({ container, path: at }) => {
    return { at, own: container.securityContext?.windowsOptions?.hostProcess };
  });
  const others = containers.filter(({ own }) => own !== undefined && own !== (ofPod ?? own));
  const hostProcesses = containers.filter(({ own }) => own ?? ofPod ?? false);
  const all =
    "If pod contains any hostProcess containers then all containers must be HostProcess containers";
  const isMixed = hostProcesses.length > 0 && hostProcesses.length < containers.length;
  const lacksNetwork = hostProcesses.length > 0 && spec.hostNetwork !== true;
  const network = "hostNetwork must be true if pod contains any hostProcess containers";
  return [
    ...others.map(({ at, own }) => {
      const detail = `pod hostProcess value must be identical if both are specified, was ${ofPod}`;
      return invalid(`${at}.securityContext.windowsOptions.hostProcess`, own, detail);
    }),
    ...(isMixed ? [invalid(path, "", all)] : []),
    ...(lacksNetwork ? [invalid(`${path}.hostNetwork`, false, network)] : []),
  ];
}

/** validateWindowsSecurityContextOptions. */
export function validateWindowsOptions(
  options: Unchecked<WindowsSecurityContextOptions> | undefined,
  path: string,
): FieldError[] {
  const { gmsaCredentialSpecName: name, gmsaCredentialSpec: text, runAsUserName } = options ?? {};
  const [namePath, textPath] = [`${path}.gmsaCredentialSpecName`, `${path}.gmsaCredentialSpec`];
  const isLong = text !== undefined && utf8Length(text) > 64 * 1024;
  return [
    ...(name === undefined ? [] : invalids(namePath, name, isDns1123Subdomain(name))),
    ...(text === ""
      ? [invalid(textPath, text, "gmsaCredentialSpec cannot be an empty string")]
      : []),
    ...(isLong ? [invalid(textPath, text, "gmsaCredentialSpec size must be under 64 KiB")] : []),
    ...(runAsUserName === undefined
      ? []
      : invalids(`${path}.runAsUserName`, runAsUserName, userNameMessages(runAsUserName))),
  ];
}

function userNameMessages(name: string): readonly string[] {
  if (name === "") return ["runAsUserName cannot be an empty string"];
  if (/\p{Cc}/u.test(name)) return ["runAsUserName cannot contain control characters"];
  const parts = name.split("\\");
  if (parts.length > 2) return ["runAsUserName cannot contain more than one backslash"];
  const user = parts.at(-1) ?? "";
  const domain = parts.length === 2 ? (parts[0] ?? "") : undefined;
  const isDomain = domain === undefined || netBiosName.test(domain) || dnsName.test(domain);
  const checks: readonly (readonly [isWrong: boolean, message: string])[] = [
    [(domain ?? "").length >= 256, "Domain length must be under 256 characters"],
    [!isDomain, "Domain doesn't match the NetBios nor the DNS format"],
    [user === "", "User cannot be empty"],
    [user.length > 104, "User length must not be longer than 104 characters"],
    [/^[. ]+$/.test(user), "User cannot contain only periods or spaces"],
    [
      /["/\\:;|=,+*?<>@[\]]/.test(user),
      'User cannot contain the following characters: "/\\:;|=,+*?<>@[]',
    ],
  ];
  return checks.flatMap(([isWrong, message]) => (isWrong ? [`runAsUserName's ${message}`] : []));
}

const netBiosName = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const dnsPart = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
const dnsName = new RegExp(`^${dnsPart}(?:\\.${dnsPart})*$`);
