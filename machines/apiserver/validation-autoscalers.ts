import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerSpec,
  ScalingRules,
} from "../api/autoscaling-objects.ts";
import { nameIsDnsSubdomain } from "../api/names.ts";
import { quantitySign } from "../api/quantity.ts";
import { mustParse } from "../api/quantity-text.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  required,
  validateChoice,
} from "./field-error.ts";
import { isNegative, validateObjectMeta } from "./validation-metadata.ts";
import { validateMetric, validateReference } from "./validation-metrics.ts";

type Spec = Unchecked<HorizontalPodAutoscalerSpec>;

/** pkg/apis/autoscaling/validation/validation.go ValidateHorizontalPodAutoscaler. */
export function validateAutoscaler({
  metadata = {},
  spec = {},
}: Unchecked<HorizontalPodAutoscaler>) {
  const rules = { isNamespaced: true, validateName: nameIsDnsSubdomain };
  return [...validateObjectMeta(metadata, rules), ...validateAutoscalerSpec(spec)];
}

/** validateHorizontalPodAutoscalerSpec; the gate HPAScaleToZero is off. */
export function validateAutoscalerSpec(spec: Spec): FieldError[] {
  const { minReplicas: least, maxReplicas: most = 0, metrics = [], behavior } = spec;
  const toZero =
    "must specify at least one Object or External metric to support scaling to zero replicas";
  const hasOther = metrics.some(({ type }) => type === "Object" || type === "External");
  return [
    ...(least !== undefined && least < 1
      ? [invalid("spec.minReplicas", least, "must be greater than or equal to 1")]
      : []),
    ...(most < 1 ? [invalid("spec.maxReplicas", most, "must be greater than 0")] : []),
    ...(least !== undefined && most < least
      ? [invalid("spec.maxReplicas", most, "must be greater than or equal to `minReplicas`")]
      : []),
    ...validateReference(spec.scaleTargetRef ?? {}, "spec.scaleTargetRef"),
    ...metrics.flatMap((metric, index) => validateMetric(metric, `spec.metrics[${index}]`)),
    ...(least === 0 && !hasOther ? [forbidden("spec.metrics", toZero)] : []),
    ...validateRules(behavior?.scaleUp, "spec.behavior.scaleUp"),
    ...validateRules(behavior?.scaleDown, "spec.behavior.scaleDown"),
  ];
}

const maxPeriodSeconds = 1800;
const maxWindowSeconds = 3600;

function validateRules(rules: Unchecked<ScalingRules> | undefined, path: string): FieldError[] {
  if (rules === undefined) return [];
  const { stabilizationWindowSeconds: window = 0, selectPolicy, policies = [], tolerance } = rules;
  const at = `${path}.stabilizationWindowSeconds`;
  const long = `must be less than or equal to ${maxWindowSeconds}`;
  const isBelow = tolerance !== undefined && quantitySign(mustParse(tolerance)) < 0;
  return [
    ...(window < 0 ? [invalid(at, window, "must be greater than or equal to zero")] : []),
    ...(window > maxWindowSeconds ? [invalid(at, window, long)] : []),
    ...validateChoice(selectPolicy, ["Disabled", "Max", "Min"], `${path}.selectPolicy`),
    ...(policies.length === 0
      ? [required(`${path}.policies`, "must specify at least one Policy")]
      : []),
    ...policies.flatMap((policy, index) => validatePolicy(policy, `${path}.policies[${index}]`)),
    ...(isBelow ? [invalid(`${path}.tolerance`, String(tolerance), isNegative)] : []),
  ];
}

function validatePolicy(
  policy: NonNullable<Unchecked<ScalingRules>["policies"]>[number],
  path: string,
): FieldError[] {
  const { type = "", value = 0, periodSeconds: period = 0 } = policy;
  const types = ["Percent", "Pods"];
  const long = `must be less than or equal to ${maxPeriodSeconds}`;
  const none = "must be greater than zero";
  return [
    ...(types.includes(type) ? [] : [notSupported(`${path}.type`, type, types)]),
    ...(value <= 0 ? [invalid(`${path}.value`, value, none)] : []),
    ...(period <= 0 ? [invalid(`${path}.periodSeconds`, period, none)] : []),
    ...(period > maxPeriodSeconds ? [invalid(`${path}.periodSeconds`, period, long)] : []),
  ];
}
