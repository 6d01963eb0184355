import type { Job, JobSpec } from "../api/job-objects.ts";
import type { Affinity, PodSpec } from "../api/pod.ts";
import type { Unchecked } from "../api/unchecked.ts";
import type { PodTemplateSpec } from "../api/workload-objects.ts";
import { type FieldError, invalid } from "./field-error.ts";
import { shownFailurePolicy, shownSuccessPolicy } from "./shown-job-policies.ts";
import { metadataUpdateErrors } from "./kind-strategy.ts";
import { uidLabel, validateJob, validateJobSpec } from "./validation-jobs.ts";
import { validateImmutableField } from "./validation-numbers.ts";
import { shownSelector } from "./validation-templates.ts";

type Spec = Unchecked<JobSpec>;
type Template = Unchecked<PodTemplateSpec>;

/** pkg/registry/batch/job/strategy.go ValidateUpdate; the spec is looked at twice. */
export function validateJobUpdate(job: Unchecked<Job>, old: Unchecked<Job>): FieldError[] {
  const labels = old.spec?.template?.metadata?.labels ?? {};
  const hasPrefixed = "batch.kubernetes.io/job-name" in labels && uidLabel in labels;
  const isWaiting = old.spec?.suspend === true && old.status?.startTime === undefined;
  return [
    ...validateJob(job, hasPrefixed),
    ...metadataUpdateErrors(job, old),
    ...validateJobSpecUpdate(job.spec ?? {}, old.spec ?? {}, isWaiting),
  ];
}

/** pkg/apis/batch/validation/validation.go ValidateJobSpecUpdate. */
function validateJobSpecUpdate(spec: Spec, old: Spec, isWaiting: boolean): FieldError[] {
  const { template = {}, selector } = spec;
  const before = isWaiting ? withDirectivesOf(template, old.template ?? {}) : old.template;
  const shown = { selector: shownSelector(selector) };
  return [
    ...validateJobSpec(spec),
    ...validateCompletions(spec, old),
    ...validateImmutableField(selector, old.selector, "spec.selector", shown.selector),
    ...validateImmutableField(template, before, "spec.template"),
    ...validateImmutableField(spec.completionMode, old.completionMode, "spec.completionMode"),
    ...validateImmutableField(
      spec.podFailurePolicy,
      old.podFailurePolicy,
      "spec.podFailurePolicy",
      shownFailurePolicy(spec.podFailurePolicy),
    ),
    ...validateImmutableField(
      spec.backoffLimitPerIndex,
      old.backoffLimitPerIndex,
      "spec.backoffLimitPerIndex",
    ),
    ...validateImmutableField(spec.managedBy, old.managedBy, "spec.managedBy"),
    ...validateImmutableField(
      spec.successPolicy,
      old.successPolicy,
      "spec.successPolicy",
      shownSuccessPolicy(spec.successPolicy),
    ),
  ];
}

/** Of indexed jobs they change together with parallelism, of others not at all. */
function validateCompletions(spec: Spec, old: Spec): FieldError[] {
  const { completions, parallelism = 0 } = spec;
  const at = "spec.completions";
  if (spec.completionMode !== "Indexed") {
    return validateImmutableField(completions, old.completions, at);
  }
  const isFine =
    completions === old.completions || completions === undefined || completions === parallelism;
  const detail = "can only be modified in tandem with spec.parallelism";
  return isFine ? [] : [invalid(at, completions, detail)];
}

/** Where its pods may go can change while it has never run. */
function withDirectivesOf(template: Template, old: Template): Template {
  const { annotations, labels } = template.metadata ?? {};
  const { nodeSelector, tolerations, schedulingGates, affinity } = template.spec ?? {};
  const { affinity: oldAffinity, ...spec } = old.spec ?? {};
  const kept = affinityOf(affinity, oldAffinity);
  const directives: Unchecked<PodSpec> = {
    ...without(spec, "nodeSelector", "tolerations", "schedulingGates"),
    ...(nodeSelector && { nodeSelector }),
    ...(tolerations && { tolerations }),
    ...(schedulingGates && { schedulingGates }),
    ...(kept && { affinity: kept }),
  };
  const metadata = without(old.metadata ?? {}, "annotations", "labels");
  return {
    ...old,
    metadata: { ...metadata, ...(annotations && { annotations }), ...(labels && { labels }) },
    spec: directives,
  };
}

function affinityOf(
  affinity: Unchecked<Affinity> | undefined,
  old: Unchecked<Affinity> | undefined,
): Unchecked<Affinity> | undefined {
  if (affinity === undefined && old === undefined) return undefined;
  const { nodeAffinity: _, ...others } = old ?? {};
  const { nodeAffinity } = affinity ?? {};
  if (affinity === undefined && Object.keys(others).length === 0) return undefined;
  return nodeAffinity === undefined ? others : { ...others, nodeAffinity };
}

function without<T extends object, Key extends keyof T>(
  object: T,
  ...keys: readonly Key[]
): Partial<T> {
  const kept: Partial<T> = { ...object };
  for (const key of keys) delete kept[key];
  return kept;
}
