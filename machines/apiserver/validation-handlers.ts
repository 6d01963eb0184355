import { isHttpHeaderName, isValidPortName, isValidPortNum } from "../api/names.ts";
import type { Lifecycle, LifecycleHandler, Probe } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  type FieldError,
  forbidden,
  invalid,
  invalids,
  notSupported,
  required,
} from "./field-error.ts";
import { isNegative } from "./validation-metadata.ts";

/** pkg/apis/core/validation/validation.go validateLivenessProbe, validateReadinessProbe, … */
export function validateProbe(
  probe: Unchecked<Probe> | undefined,
  kind: "livenessProbe" | "readinessProbe" | "startupProbe",
  containerPath: string,
): FieldError[] {
  if (probe === undefined) return [];
  const path = `${containerPath}.${kind}`;
  const grace = probe.terminationGracePeriodSeconds;
  const gracePath = `${path}.terminationGracePeriodSeconds`;
  const successThreshold = probe.successThreshold ?? 0;
  const isReadiness = kind === "readinessProbe";
  return [
    ...validateHandler(probe, path),
    ...counts.flatMap((name) => {
      const value = probe[name] ?? 0;
      return value < 0 ? [invalid(`${path}.${name}`, value, isNegative)] : [];
    }),
    ...(grace !== undefined && grace <= 0
      ? [invalid(gracePath, grace, "must be greater than 0")]
      : []),
    ...(isReadiness && grace !== undefined
      ? [invalid(gracePath, grace, "must not be set for readinessProbes")]
      : []),
    ...(!isReadiness && successThreshold !== 1
      ? [invalid(`${path}.successThreshold`, successThreshold, "must be 1")]
      : []),
  ];
}

const counts = [
  "initialDelaySeconds",
  "timeoutSeconds",
  "periodSeconds",
  "successThreshold",
  "failureThreshold",
] as const;

/** Both hooks; the stop signal is behind a gate that is off. */
export function validateLifecycle(
  { postStart, preStop }: Unchecked<Lifecycle>,
  graceSeconds: number | undefined,
  path: string,
): FieldError[] {
  return [
    ...(postStart ? validateHandler(postStart, `${path}.postStart`, graceSeconds) : []),
    ...(preStop ? validateHandler(preStop, `${path}.preStop`, graceSeconds) : []),
  ];
}

type Handler = Unchecked<LifecycleHandler> & Pick<Unchecked<Probe>, "grpc">;

/** Exactly one of its kinds. */
function validateHandler(handler: Handler, path: string, graceSeconds?: number): FieldError[] {
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler;
  const kinds: readonly (readonly [name: string, errors: FieldError[] | undefined])[] = [
    ["exec", exec && validateExecAction(exec, `${path}.exec`)],
    ["httpGet", httpGet && validateHttpGetAction(httpGet, `${path}.httpGet`)],
    ["tcpSocket", tcpSocket && validatePort(tcpSocket.port, `${path}.tcpSocket.port`)],
    ["grpc", grpc && validatePort(grpc.port, `${path}.grpc.port`)],
    ["sleep", sleep && validateSleepAction(sleep.seconds, graceSeconds, `${path}.sleep`)],
  ];
  const given = kinds.filter(([, errors]) => errors !== undefined);
  if (given.length === 0) return [required(path, "must specify a handler type")];
  return given.flatMap(([name, errors = []], index) => {
    const detail = "may not specify more than 1 handler type";
    return index === 0 ? errors : [forbidden(`${path}.${name}`, detail)];
  });
}

function validateExecAction(
  { command = [] }: NonNullable<Handler["exec"]>,
  path: string,
): FieldError[] {
  return command.length === 0 ? [required(`${path}.command`)] : [];
}

function validateHttpGetAction(
  { path: target = "", port, scheme = "", httpHeaders = [] }: NonNullable<Handler["httpGet"]>,
  path: string,
): FieldError[] {
  const isKnown = schemes.includes(scheme);
  return [
    ...(target === "" ? [required(`${path}.path`)] : []),
    ...validatePort(port, `${path}.port`),
    ...(isKnown ? [] : [notSupported(`${path}.scheme`, scheme, schemes)]),
    ...httpHeaders.flatMap(({ name = "" }) => {
      return invalids(`${path}.httpHeaders`, name, isHttpHeaderName(name));
    }),
  ];
}

const schemes: readonly string[] = ["HTTP", "HTTPS"];

/** A number, or the name of one of the container's ports; ValidatePortNumOrName. */
function validatePort(port: number | string = 0, path: string): FieldError[] {
  const messages = typeof port === "string" ? isValidPortName(port) : isValidPortNum(port);
  return invalids(path, port, messages);
}

function validateSleepAction(
  seconds = 0,
  graceSeconds: number | undefined,
  path: string,
): FieldError[] {
  const isInside = graceSeconds === undefined || (seconds >= 0 && seconds <= graceSeconds);
  const detail = `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`;
  return isInside ? [] : [invalid(path, seconds, detail)];
}
