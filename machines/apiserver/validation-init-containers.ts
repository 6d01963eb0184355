import { isRestartableInitContainer } from "../api/pod.ts";
import { duplicate, type FieldError, forbidden, invalid, notFound } from "./field-error.ts";
import { validateInitContainerRestartPolicy } from "./validation-container-restart.ts";
import {
  type AnyContainer,
  checkHostPortConflicts,
  type PodOfContainers,
  validateContainerCommon,
  validateRunning,
} from "./validation-containers.ts";

/** pkg/apis/core/validation/validation.go validateInitContainers. */
export function validateInitContainers(pod: PodOfContainers, path: string): FieldError[] {
  const { containers = [], initContainers = [], terminationGracePeriodSeconds } = pod.spec;
  const names = new Set(containers.map(({ name = "" }) => name));
  return initContainers.flatMap((container, index) => {
    const at = `${path}[${index}]`;
    const { name = "" } = container;
    const isSecond = names.has(name);
    if (name !== "") names.add(name);
    return [
      ...validateContainerCommon(container, pod, at),
      ...validateInitContainerRestartPolicy(container, at, pod.options),
      ...(isSecond ? [duplicate(`${at}.name`, name)] : []),
      ...checkHostPortConflicts([container], path),
      ...(isRestartableInitContainer(container)
        ? validateRunning(container, terminationGracePeriodSeconds, at)
        : refuseRunning(container, at)),
    ];
  });
}

/** An ordinary init container ends: nobody probes it or hooks into it. */
function refuseRunning(container: AnyContainer, path: string): FieldError[] {
  const fields = ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] as const;
  const detail = "may not be set for init containers without restartPolicy=Always";
  return fields
    .filter((field) => container[field] !== undefined)
    .map((field) => forbidden(`${path}.${field}`, detail));
}

/** validateEphemeralContainers: a container for debugging has less than others. */
export function validateEphemeralContainers(pod: PodOfContainers, path: string): FieldError[] {
  const { containers = [], initContainers = [], ephemeralContainers = [] } = pod.spec;
  const others = new Set([...containers, ...initContainers].map(({ name = "" }) => name));
  const names = new Set(others);
  return ephemeralContainers.flatMap((container, index) => {
    const at = `${path}[${index}]`;
    const { name = "", targetContainerName: target = "" } = container;
    const isSecond = names.has(name);
    names.add(name);
    return [
      ...validateContainerCommon(container, pod, at),
      ...validateContainerOnlyForPod(container, at),
      ...(isSecond ? [duplicate(`${at}.name`, name)] : []),
      ...(target !== "" && !others.has(target)
        ? [notFound(`${at}.targetContainerName`, target)]
        : []),
      ...refuseForEphemeral(container, at),
    ];
  });
}

function refuseForEphemeral(container: AnyContainer, path: string): FieldError[] {
  const detail = "cannot be set for an Ephemeral Container";
  const given = refusedFields.filter((field) => {
    const value = container[field];
    const isEmpty = typeof value === "object" && Object.keys(value).length === 0;
    return value !== undefined && !isEmpty;
  });
  const mounts = (container.volumeMounts ?? []).flatMap(({ subPath, subPathExpr }, index) => {
    const at = `${path}.volumeMounts[${index}]`;
    return [
      ...(subPath ? [forbidden(`${at}.subPath`, detail)] : []),
      ...(subPathExpr ? [forbidden(`${at}.subPathExpr`, detail)] : []),
    ];
  });
  return [...given.map((field) => forbidden(`${path}.${field}`, detail)), ...mounts];
}

/** In the order of Go's struct. */
const refusedFields = [
  "ports",
  "resources",
  "resizePolicy",
  "restartPolicy",
  "restartPolicyRules",
  "livenessProbe",
  "readinessProbe",
  "startupProbe",
  "lifecycle",
] as const;

/** What templates may still hold and pods may not; validateContainerOnlyForPod. */
export function validateContainerOnlyForPod(
  { image = "" }: AnyContainer,
  path: string,
): FieldError[] {
  const detail = "must not have leading or trailing whitespace";
  return image === image.trim() ? [] : [invalid(`${path}.image`, image, detail)];
}
