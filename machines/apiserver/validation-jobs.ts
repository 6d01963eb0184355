import type { Job, JobSpec } from "../api/job-objects.ts";
import { isDns1123Label, nameIsDnsSubdomain } from "../api/names.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { type FieldError, invalid, notSupported, required, tooLong } from "./field-error.ts";
import { isDomainPrefixedPath } from "./validation-domains.ts";
import { shownSuccessPolicy } from "./shown-job-policies.ts";
import { validatePodFailurePolicy, validateSuccessPolicy } from "./validation-job-policies.ts";
import { validateLabelSelector } from "./validation-labels.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import { validateNonnegativeFields } from "./validation-numbers.ts";
import {
  isBrokenSelector,
  isSelected,
  notSelected,
  shownMap,
  shownSelector,
  validatePodTemplateSpec,
} from "./validation-templates.ts";

type Spec = Unchecked<JobSpec>;

/** pkg/apis/batch/validation/validation.go ValidateJob. */
export function validateJob(job: Unchecked<Job>, hasPrefixedLabels = true): FieldError[] {
  const { metadata = {}, spec = {} } = job;
  const { name = "" } = metadata;
  const last = (spec.completions ?? 0) - 1;
  const hostname = `${name}-${last}`;
  const isIndexed = spec.completionMode === "Indexed" && last >= 0;
  const detail = `will not able to create pod with invalid DNS label: ${hostname}`;
  return [
    ...validateObjectMeta(metadata, { isNamespaced: true, validateName: nameIsDnsSubdomain }),
    ...validateGeneratedSelector(job, hasPrefixedLabels),
    ...validateJobSpec(spec),
    ...(isIndexed && isDns1123Label(hostname).length > 0
      ? [invalid("metadata.name", name, detail)]
      : []),
  ];
}

/** The labels that a generated selector asks for stand in the template. */
function validateGeneratedSelector(job: Unchecked<Job>, hasPrefixedLabels: boolean): FieldError[] {
  const { metadata = {}, spec = {} } = job;
  const { uid = "", name = "" } = metadata;
  if (spec.manualSelector === true || spec.selector === undefined) return [];
  const legacy = { "controller-uid": uid, "job-name": name };
  const prefixed = { [uidLabel]: uid, "batch.kubernetes.io/job-name": name };
  const expected = { ...legacy, ...(hasPrefixedLabels && prefixed) };
  const template = { metadata: { labels: expected } };
  const broken = isBrokenSelector(spec.selector) || isSelected(spec.selector, template);
  const labels = spec.template?.metadata?.labels ?? {};
  const detail = "`selector` not auto-generated";
  return [
    ...(uid === "" ? [required("metadata.uid")] : []),
    ...Object.entries(expected).flatMap(([key, value]) => validateHasLabel(labels, key, value)),
    ...(broken ? [] : [invalid("spec.selector", shownSelector(spec.selector), detail)]),
  ];
}

export const uidLabel = "batch.kubernetes.io/controller-uid";

/** pkg/apis/core/validation/validation.go ValidateHasLabel. */
function validateHasLabel(
  labels: Readonly<Record<string, string>>,
  key: string,
  value: string,
): FieldError[] {
  const at = "spec.template.metadata.labels";
  const actual = labels[key];
  if (actual === undefined) return [required(`${at}[${key}]`, `must be '${value}'`)];
  return actual === value ? [] : [invalid(`${at}[${key}]`, shownMap(labels), `must be '${value}'`)];
}

/** ValidateJobSpec. */
export function validateJobSpec(spec: Spec): FieldError[] {
  const { selector, template = {} } = spec;
  return [
    ...validateJobSpecTemplate(spec, "spec"),
    ...(selector === undefined
      ? [required("spec.selector")]
      : validateLabelSelector(selector, "spec.selector")),
    ...(isSelected(selector, template) ? [] : [notSelected(template, "spec.template")]),
  ];
}

/** What a CronJob's template must obey too; validateJobSpec. */
export function validateJobSpecTemplate(spec: Spec, path: string): FieldError[] {
  const { completionMode: mode, successPolicy, podFailurePolicy } = spec;
  const isIndexed = mode === "Indexed";
  const notIndexed = "requires indexed completion mode";
  return [
    ...validateNonnegativeFields(spec, numbers, path),
    ...(spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined
      ? [required(`${path}.backoffLimitPerIndex`, "when maxFailedIndexes is specified")]
      : []),
    ...validateManagedBy(spec.managedBy, `${path}.managedBy`),
    ...(mode === undefined || modes.includes(mode)
      ? []
      : [notSupported(`${path}.completionMode`, mode, modes)]),
    ...(isIndexed ? validateIndexed(spec, path) : []),
    ...(mode === undefined || mode === "NonIndexed" ? validateNonIndexed(spec, path) : []),
    ...(podFailurePolicy ? validatePodFailurePolicy(spec, `${path}.podFailurePolicy`) : []),
    ...(successPolicy && isIndexed ? validateSuccessPolicy(spec, `${path}.successPolicy`) : []),
    ...(successPolicy && !isIndexed
      ? [invalid(`${path}.successPolicy`, shownSuccessPolicy(successPolicy), notIndexed)]
      : []),
    ...validateReplacement(spec, `${path}.podReplacementPolicy`),
    ...validatePodTemplateSpec(spec.template ?? {}, `${path}.template`),
    ...validateRestarts(spec, `${path}.template.spec.restartPolicy`),
  ];
}

const modes = ["NonIndexed", "Indexed"];
const numbers = [
  "parallelism",
  "completions",
  "activeDeadlineSeconds",
  "backoffLimit",
  "ttlSecondsAfterFinished",
  "backoffLimitPerIndex",
  "maxFailedIndexes",
] as const;

const maxManagedByLength = 63;

function validateManagedBy(managedBy: string | undefined, path: string): FieldError[] {
  if (managedBy === undefined) return [];
  const isLong = managedBy.length > maxManagedByLength;
  return [
    ...isDomainPrefixedPath(path, managedBy),
    ...(isLong ? [tooLong(path, maxManagedByLength)] : []),
  ];
}

const manyCompletions = 100_000;
const manyFailures = 10_000;

function validateIndexed(spec: Spec, path: string): FieldError[] {
  const { completions, parallelism = 0, maxFailedIndexes: failures } = spec;
  const at = `${path}.maxFailedIndexes`;
  const isLarge = (completions ?? 0) > manyCompletions && spec.backoffLimitPerIndex !== undefined;
  const high = `when completions are above ${manyCompletions} and used with backoff limit per index`;
  const specified = `must be specified when completions is above ${manyCompletions}`;
  return [
    ...(completions === undefined
      ? [required(`${path}.completions`, "when completion mode is Indexed")]
      : []),
    ...(parallelism > manyCompletions
      ? [invalid(`${path}.parallelism`, parallelism, `${atMost(manyCompletions)} ${whenIndexed}`)]
      : []),
    ...(completions !== undefined && failures !== undefined && failures > completions
      ? [invalid(at, failures, "must be less than or equal to completions")]
      : []),
    ...((failures ?? 0) > manyCompletions ? [invalid(at, failures, atMost(manyCompletions))] : []),
    ...(isLarge && failures === undefined ? [required(at, specified)] : []),
    ...(isLarge && parallelism > manyFailures
      ? [invalid(`${path}.parallelism`, parallelism, `${atMost(manyFailures)} ${high}`)]
      : []),
    ...(isLarge && (failures ?? 0) > manyFailures
      ? [invalid(at, failures, `${atMost(manyFailures)} ${high}`)]
      : []),
  ];
}

function atMost(limit: number): string {
  return `must be less than or equal to ${limit}`;
}

const whenIndexed = "when completion mode is Indexed";

function validateNonIndexed(spec: Spec, path: string): FieldError[] {
  return (["backoffLimitPerIndex", "maxFailedIndexes"] as const).flatMap((field) => {
    const value = spec[field];
    const detail = "requires indexed completion mode";
    return value === undefined ? [] : [invalid(`${path}.${field}`, value, detail)];
  });
}

function validateReplacement(
  { podReplacementPolicy: policy, podFailurePolicy }: Spec,
  path: string,
): FieldError[] {
  const known = podFailurePolicy ? ["Failed"] : ["Failed", "TerminatingOrFailed"];
  return policy === undefined || known.includes(policy) ? [] : [notSupported(path, policy, known)];
}

function validateRestarts(spec: Spec, path: string): FieldError[] {
  const { restartPolicy: policy = "" } = spec.template?.spec ?? {};
  const onlyNever = 'only "Never" is supported when podFailurePolicy is specified';
  if (policy === "" || policy === "Always") {
    return [required(path, 'valid values: "OnFailure", "Never"')];
  }
  if (policy !== "OnFailure" && policy !== "Never") {
    return [notSupported(path, policy, ["OnFailure", "Never"])];
  }
  return spec.podFailurePolicy && policy !== "Never" ? [invalid(path, policy, onlyNever)] : [];
}
