import { nameIsDnsSubdomain } from "../api/names.ts";
import type { Unchecked } from "../api/unchecked.ts";
import type {
  ControllerRevision,
  DaemonSet,
  DaemonSetSpec,
  Deployment,
  DeploymentSpec,
  ReplicaSet,
  ReplicaSetSpec,
  RollingUpdate,
} from "../api/workload-objects.ts";
import { type FieldError, forbidden, invalid, notSupported, required } from "./field-error.ts";
import { validateLabelSelector } from "./validation-labels.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import {
  intOrPercentValue,
  isNotMoreThan100Percent,
  validateNonnegativeField,
  validateNonnegativeFields,
  validatePositiveIntOrPercent,
} from "./validation-numbers.ts";
import {
  isBrokenSelector,
  isSelected,
  notSelected,
  shownSelector,
  validatePodTemplateSpec,
  validateRunsForEver,
  validateSelector,
  validateSelects,
} from "./validation-templates.ts";

const rules = { isNamespaced: true, validateName: nameIsDnsSubdomain };

/** pkg/apis/apps/validation/validation.go ValidateDeployment. */
export function validateDeployment({ metadata = {}, spec = {} }: Unchecked<Deployment>) {
  return [...validateObjectMeta(metadata, rules), ...validateDeploymentSpec(spec)];
}

/** ValidateDeploymentSpec. */
export function validateDeploymentSpec(spec: Unchecked<DeploymentSpec>): FieldError[] {
  const { minReadySeconds = 0, progressDeadlineSeconds: deadline } = spec;
  const tooShort = "must be greater than minReadySeconds";
  return [
    ...validateNonnegativeField(spec.replicas, "spec.replicas"),
    ...validateSelectorAndTemplate(spec),
    ...validateStrategy(spec.strategy ?? {}, "spec.strategy"),
    ...validateNonnegativeFields(spec, ["minReadySeconds", "revisionHistoryLimit"], "spec"),
    ...validateNonnegativeField(deadline, "spec.progressDeadlineSeconds"),
    ...(deadline !== undefined && deadline <= minReadySeconds
      ? [invalid("spec.progressDeadlineSeconds", deadline, tooShort)]
      : []),
  ];
}

/** pkg/apis/apps/validation/validation.go ValidateReplicaSet. */
export function validateReplicaSet({ metadata = {}, spec = {} }: Unchecked<ReplicaSet>) {
  return [...validateObjectMeta(metadata, rules), ...validateReplicaSetSpec(spec)];
}

/** ValidateReplicaSetSpec. */
export function validateReplicaSetSpec(spec: Unchecked<ReplicaSetSpec>): FieldError[] {
  return [
    ...validateNonnegativeFields(spec, ["replicas", "minReadySeconds"], "spec"),
    ...validateSelectorAndTemplate(spec),
  ];
}

/** What Deployments and ReplicaSets have in common; the words speak of the first in both. */
function validateSelectorAndTemplate({
  selector,
  template = {},
}: Unchecked<ReplicaSetSpec>): FieldError[] {
  const broken = invalid("spec.selector", shownSelector(selector), "invalid label selector");
  return [
    ...validateSelector(selector, "spec.selector", "deployment"),
    ...(isBrokenSelector(selector)
      ? [broken]
      : [
          ...(selector === undefined
            ? [notSelected(template, "spec.template")]
            : validateSelects(selector, template, "spec.template")),
          ...validatePodTemplateSpec(template, "spec.template"),
          ...validateRunsForEver(template, "spec.template", "ReplicaSet"),
        ]),
  ];
}

type Strategy = NonNullable<Unchecked<DeploymentSpec>["strategy"]>;

function validateStrategy(strategy: Strategy, path: string): FieldError[] {
  const { type = "", rollingUpdate } = strategy;
  const at = `${path}.rollingUpdate`;
  switch (type) {
    case "Recreate":
      return rollingUpdate === undefined
        ? []
        : [forbidden(at, "may not be specified when strategy `type` is 'Recreate'")];
    case "RollingUpdate":
      return rollingUpdate === undefined
        ? [required(at, "this should be defaulted and never be nil")]
        : validateRollingUpdateDeployment(rollingUpdate, at);
    default:
      return [notSupported(path, shownStrategy(strategy), ["Recreate", "RollingUpdate"])];
  }
}

function shownStrategy({ type = "", rollingUpdate }: Strategy): object {
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate ?? {};
  const shown = { MaxUnavailable: maxUnavailable, MaxSurge: maxSurge };
  return { Type: type, RollingUpdate: rollingUpdate === undefined ? null : shown };
}

function validateRollingUpdateDeployment(
  { maxUnavailable = 0, maxSurge = 0 }: Unchecked<RollingUpdate>,
  path: string,
): FieldError[] {
  const at = `${path}.maxUnavailable`;
  const areZero = intOrPercentValue(maxUnavailable) === 0 && intOrPercentValue(maxSurge) === 0;
  const detail = "may not be 0 when `maxSurge` is 0";
  return [
    ...validatePositiveIntOrPercent(maxUnavailable, at),
    ...validatePositiveIntOrPercent(maxSurge, `${path}.maxSurge`),
    ...(areZero ? [invalid(at, maxUnavailable, detail)] : []),
    ...isNotMoreThan100Percent(maxUnavailable, at),
  ];
}

/** pkg/apis/apps/validation/validation.go ValidateDaemonSet. */
export function validateDaemonSet({ metadata = {}, spec = {} }: Unchecked<DaemonSet>) {
  return [...validateObjectMeta(metadata, rules), ...validateDaemonSetSpec(spec)];
}

/** ValidateDaemonSetSpec. */
export function validateDaemonSetSpec(spec: Unchecked<DaemonSetSpec>): FieldError[] {
  const { selector, template = {} } = spec;
  const at = "spec.template";
  return [
    ...validateLabelSelector(selector, "spec.selector"),
    ...(isSelected(selector, template) ? [] : [notSelected(template, at)]),
    ...(selector === undefined
      ? []
      : validateSelector(selector, "spec.selector", "daemonset").filter(({ detail }) => {
          return detail.startsWith("empty selector");
        })),
    ...validatePodTemplateSpec(template, at),
    ...validateRunsForEver(template, at, "DaemonSet"),
    ...validateNonnegativeField(spec.minReadySeconds, "spec.minReadySeconds"),
    ...validateDaemonSetUpdateStrategy(spec.updateStrategy ?? {}, "spec.updateStrategy"),
    ...validateNonnegativeField(spec.revisionHistoryLimit, "spec.revisionHistoryLimit"),
  ];
}

function validateDaemonSetUpdateStrategy(strategy: Strategy, path: string): FieldError[] {
  const { type = "", rollingUpdate } = strategy;
  if (type === "OnDelete") return [];
  if (type !== "RollingUpdate") {
    return [notSupported(path, shownStrategy(strategy), ["RollingUpdate", "OnDelete"])];
  }
  if (rollingUpdate === undefined) return [required(`${path}.rollingUpdate`)];
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate;
  const [surgeAt, unavailableAt] = ["maxSurge", "maxUnavailable"].map((field) => {
    return `${path}.rollingUpdate.${field}`;
  });
  const hasSurge = intOrPercentValue(maxSurge) !== 0;
  const hasUnavailable = intOrPercentValue(maxUnavailable) !== 0;
  const both = "may not be set when maxUnavailable is non-zero";
  const none = "cannot be 0 when maxSurge is 0";
  return [
    ...validatePositiveIntOrPercent(maxUnavailable, unavailableAt ?? ""),
    ...validatePositiveIntOrPercent(maxSurge, surgeAt ?? ""),
    ...isNotMoreThan100Percent(maxUnavailable, unavailableAt ?? ""),
    ...isNotMoreThan100Percent(maxSurge, surgeAt ?? ""),
    ...(hasUnavailable && hasSurge ? [invalid(surgeAt ?? "", maxSurge, both)] : []),
    ...(!hasUnavailable && !hasSurge ? [required(unavailableAt ?? "", none)] : []),
  ];
}

/** ValidateControllerRevisionCreate. */
export function validateControllerRevision(revision: Unchecked<ControllerRevision>): FieldError[] {
  const isMissing = revision.data === undefined || revision.data === null;
  return [
    ...validateObjectMeta(revision.metadata ?? {}, rules),
    ...validateNonnegativeField(revision.revision, "revision"),
    ...(isMissing ? [required("data", "data is mandatory")] : []),
    ...(!isMissing && (typeof revision.data !== "object" || Array.isArray(revision.data))
      ? [required("data", "data must be a valid JSON object")]
      : []),
  ];
}
