import type { PodSpec } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { duplicate, type FieldError, invalid, required } from "./field-error.ts";

type AnyPodSpec = Unchecked<PodSpec>;

/** pkg/apis/core/validation/validation.go validateSysctls. */
export function validateSysctls(spec: AnyPodSpec, path: string): FieldError[] {
  const used = new Set<string>();
  return (spec.securityContext?.sysctls ?? []).flatMap(({ name = "" }, index) => {
    const at = `${path}[${index}].name`;
    const isSecond = used.has(name);
    used.add(name);
    const form = name === "" ? [required(at)] : validateSysctlName(name, at);
    return [
      ...form,
      ...(form.length === 0 && isSecond ? [duplicate(at, name)] : []),
      ...validateHostSysctl(name, spec, at),
    ];
  });
}

function validateSysctlName(name: string, path: string): FieldError[] {
  const isName = name.length <= 253 && new RegExp(sysctlForm).test(name);
  const detail = `must have at most 253 characters and match regex ${sysctlForm}`;
  return isName ? [] : [invalid(path, name, detail)];
}

const sysctlPart = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
const sysctlForm = `^(${sysctlPart}[\\./])*${sysctlPart}$`;

/** A pod in a namespace of the host may not tune it. */
function validateHostSysctl(name: string, spec: AnyPodSpec, path: string): FieldError[] {
  const dotted = dottedSysctl(name);
  const isNet = dotted.startsWith("net.");
  const isIpc =
    /^(?:kernel\.(?:sem|shm|shmall|shmmax|shmmni|shm_rmid_forced|msg|msgmax|msgmnb|msgmni)$|fs\.mqueue\.)/.test(
      dotted,
    );
  if (isNet && spec.hostNetwork === true) {
    return [invalid(path, name, "may not be specified when 'hostNetwork' is true")];
  }
  const isRefused = isIpc && spec.hostIPC === true;
  return isRefused ? [invalid(path, name, "may not be specified when 'hostIPC' is true")] : [];
}

/** `net/ipv4/…` where the first separator is a slash; component-helpers sysctl NormalizeName. */
function dottedSysctl(name: string): string {
  if (/^[^./]*\./.test(name) || !name.includes("/")) return name;
  return name.replaceAll(/[./]/g, (separator) => (separator === "/" ? "." : "/"));
}
