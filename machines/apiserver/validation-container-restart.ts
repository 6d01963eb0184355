import type { Container } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, forbidden, notSupported, required, tooLong } from "./field-error.ts";

type RestartFields = Pick<Unchecked<Container>, "restartPolicy" | "restartPolicyRules">;

/** The API server's feature gates that its validation asks for; PodValidationOptions. */
export interface PodValidationOptions {
  /** RestartAllContainersOnContainerExits. */
  readonly allowRestartAllContainers?: boolean;
}

/** pkg/apis/core/validation/validation.go validateContainerRestartPolicy. */
export function validateContainerRestartPolicy(
  { restartPolicy, restartPolicyRules = [] }: RestartFields,
  path: string,
  options: PodValidationOptions = {},
): FieldError[] {
  const at = `${path}.restartPolicyRules`;
  const isKnown = restartPolicy === undefined || restartPolicies.includes(restartPolicy);
  return [
    ...(restartPolicy === undefined && restartPolicyRules.length > 0
      ? [required(`${path}.restartPolicy`, mustHavePolicy)]
      : []),
    ...(isKnown ? [] : [notSupported(`${path}.restartPolicy`, restartPolicy, restartPolicies)]),
    ...(restartPolicyRules.length > maxRules ? [tooLong(at, maxRules)] : []),
    ...restartPolicyRules.flatMap((rule, index) => validateRule(rule, `${at}[${index}]`, options)),
  ];
}

/**
 * A sidecar is restarted always, without rules unless they may restart all containers.
 * validateInitContainerRestartPolicy
 */
export function validateInitContainerRestartPolicy(
  container: RestartFields,
  path: string,
  options: PodValidationOptions = {},
): FieldError[] {
  const { restartPolicy, restartPolicyRules = [] } = container;
  const hasRules = restartPolicyRules.length > 0;
  const mayHaveRules = restartPolicy !== "Always" || options.allowRestartAllContainers === true;
  if (restartPolicy !== undefined && mayHaveRules) {
    return validateContainerRestartPolicy(container, path, options);
  }
  if (!hasRules) return [];
  const ofSidecar =
    "restartPolicyRules are not allowed for init containers with restart policy Always";
  return restartPolicy === undefined
    ? [required(`${path}.restartPolicy`, mustHavePolicy)]
    : [forbidden(`${path}.restartPolicyRules`, ofSidecar)];
}

const mustHavePolicy = "must specify restartPolicy when restart rules are used";
const maxRules = 20;
const maxExitCodes = 255;
const restartPolicies: readonly string[] = ["Always", "Never", "OnFailure"];
const operators: readonly string[] = ["In", "NotIn"];

/** Restarting all containers is behind a gate; upstream's message does not name it either way. */
function validateRule(
  { action = "", exitCodes }: NonNullable<RestartFields["restartPolicyRules"]>[number],
  path: string,
  { allowRestartAllContainers = false }: PodValidationOptions,
): FieldError[] {
  const isAllowed = allowRestartAllContainers && action === "RestartAllContainers";
  const ofAction =
    action === "Restart" || isAllowed ? [] : [notSupported(`${path}.action`, action, ["Restart"])];
  if (exitCodes === undefined) {
    return [...ofAction, required(`${path}.exitCodes`, "must be specified")];
  }
  const { operator = "", values = [] } = exitCodes;
  return [
    ...ofAction,
    ...(operators.includes(operator)
      ? []
      : [notSupported(`${path}.exitCodes.operator`, operator, operators)]),
    ...(values.length > maxExitCodes ? [tooLong(`${path}.exitCodes.values`, maxExitCodes)] : []),
  ];
}
