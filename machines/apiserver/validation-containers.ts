import { isDns1123Label, isValidPortName, isValidPortNum } from "../api/names.ts";
import type { Container, PodSpec } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  duplicate,
  type FieldError,
  invalid,
  invalids,
  required,
  validateRequiredChoice,
} from "./field-error.ts";
import {
  type PodValidationOptions,
  validateContainerRestartPolicy,
} from "./validation-container-restart.ts";
import { validateEnv, validateEnvFrom } from "./validation-env.ts";
import { validateLifecycle, validateProbe } from "./validation-handlers.ts";
import { validateVolumeDevices, validateVolumeMounts, type Volumes } from "./validation-mounts.ts";
import { pullPolicies } from "./validation-volumes.ts";
import { validateResourceRequirements } from "./validation-resources.ts";
import { validateSecurityContext } from "./validation-security.ts";

export type AnyContainer = Unchecked<Container>;
type Ports = NonNullable<AnyContainer["ports"]>;

/** What the containers of a pod share. */
export interface PodOfContainers {
  readonly spec: Unchecked<PodSpec>;
  readonly volumes: Volumes;
  readonly claimNames: ReadonlySet<string>;
  readonly options?: PodValidationOptions;
}

/** The regular ones; pkg/apis/core/validation/validation.go validateContainers. */
export function validateContainers(pod: PodOfContainers, path: string): FieldError[] {
  const { containers = [], terminationGracePeriodSeconds } = pod.spec;
  if (containers.length === 0) return [required(path)];
  const names = new Set<string>();
  return [
    ...containers.flatMap((container, index) => {
      const at = `${path}[${index}]`;
      const { name = "" } = container;
      const isSecond = names.has(name);
      names.add(name);
      return [
        ...validateContainerCommon(container, pod, at),
        ...(isSecond ? [duplicate(`${at}.name`, name)] : []),
        ...validateRunning(container, terminationGracePeriodSeconds, at),
        ...validateContainerRestartPolicy(container, at, pod.options),
      ];
    }),
    ...checkHostPortConflicts(containers, path),
  ];
}

/** Hooks and probes, which only containers have that stay. */
export function validateRunning(
  { lifecycle, livenessProbe, readinessProbe, startupProbe }: AnyContainer,
  graceSeconds: number | undefined,
  path: string,
): FieldError[] {
  return [
    ...(lifecycle ? validateLifecycle(lifecycle, graceSeconds, `${path}.lifecycle`) : []),
    ...validateProbe(livenessProbe, "livenessProbe", path),
    ...validateProbe(readinessProbe, "readinessProbe", path),
    ...validateProbe(startupProbe, "startupProbe", path),
  ];
}

/** What holds for a container of any kind. */
export function validateContainerCommon(
  container: AnyContainer,
  { spec, volumes, claimNames }: PodOfContainers,
  path: string,
): FieldError[] {
  const { name = "", image = "" } = container;
  const restartPolicy = spec.restartPolicy ?? "";
  return [
    ...(name === ""
      ? [required(`${path}.name`)]
      : invalids(`${path}.name`, name, isDns1123Label(name))),
    ...(image === "" ? [required(`${path}.image`)] : []),
    ...validateRequiredChoice(
      container.terminationMessagePolicy ?? "",
      messagePolicies,
      `${path}.terminationMessagePolicy`,
    ),
    ...validateContainerPorts(container.ports ?? [], `${path}.ports`),
    ...validateEnv(container.env ?? [], `${path}.env`),
    ...validateEnvFrom(container.envFrom ?? [], `${path}.envFrom`),
    ...validateVolumeMounts(container, volumes, `${path}.volumeMounts`),
    ...validateVolumeDevices(container, volumes, `${path}.volumeDevices`),
    ...validateRequiredChoice(
      container.imagePullPolicy ?? "",
      pullPolicies,
      `${path}.imagePullPolicy`,
    ),
    ...validateResourceRequirements(container.resources ?? {}, claimNames, `${path}.resources`),
    ...validateResizePolicy(container.resizePolicy ?? [], restartPolicy, `${path}.resizePolicy`),
    ...validateSecurityContext(
      container.securityContext,
      spec.hostUsers ?? true,
      `${path}.securityContext`,
    ),
  ];
}

const messagePolicies = ["File", "FallbackToLogsOnError"] as const;

function validateContainerPorts(ports: Ports, path: string): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const { name = "", containerPort = 0, hostPort = 0, protocol = "" } = port;
    const at = `${path}[${index}]`;
    const wrongName = name === "" ? [] : isValidPortName(name);
    const isSecond = wrongName.length === 0 && names.has(name);
    if (name !== "" && wrongName.length === 0) names.add(name);
    return [
      ...invalids(`${at}.name`, name, wrongName),
      ...(isSecond ? [duplicate(`${at}.name`, name)] : []),
      ...(containerPort === 0
        ? [required(`${at}.containerPort`)]
        : invalids(`${at}.containerPort`, containerPort, isValidPortNum(containerPort))),
      ...(hostPort === 0 ? [] : invalids(`${at}.hostPort`, hostPort, isValidPortNum(hostPort))),
      ...validateRequiredChoice(protocol, protocols, `${at}.protocol`),
    ];
  });
}

const protocols = ["SCTP", "TCP", "UDP"] as const;

function validateResizePolicy(
  policies: NonNullable<AnyContainer["resizePolicy"]>,
  podRestartPolicy: string,
  path: string,
): FieldError[] {
  const resources = new Set<string>();
  const notAllowed = "must be 'NotRequired' when `restartPolicy` is 'Never'";
  return policies.flatMap(({ resourceName = "", restartPolicy = "" }, index) => {
    const isSecond = resources.has(resourceName);
    resources.add(resourceName);
    const isRefused = podRestartPolicy === "Never" && restartPolicy !== "NotRequired";
    return [
      ...(isSecond ? [duplicate(`${path}[${index}]`, resourceName)] : []),
      ...validateRequiredChoice(resourceName, ["cpu", "memory"], path),
      ...validateRequiredChoice(restartPolicy, ["NotRequired", "RestartContainer"], path),
      ...(isRefused ? [invalid(path, restartPolicy, notAllowed)] : []),
    ];
  });
}

/** One port of one address of the node for one container. */
export function checkHostPortConflicts(
  containers: readonly AnyContainer[],
  path: string,
): FieldError[] {
  const used = new Set<string>();
  return containers.flatMap(({ ports = [] }, index) => {
    return ports.flatMap(({ hostPort = 0, hostIP = "", protocol = "" }, portIndex) => {
      const key = `${protocol}/${hostIP}/${hostPort}`;
      const isTaken = hostPort !== 0 && used.has(key);
      used.add(key);
      const at = `${path}[${index}].ports[${portIndex}].hostPort`;
      return isTaken ? [duplicate(at, key)] : [];
    });
  });
}
