import type { CronJob, Job, JobSpec, PodFailurePolicy } from "../api/job-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import { setDefaultsTemplate } from "./defaults-workloads.ts";

/** pkg/apis/batch/v1/defaults.go SetDefaults_Job; its labels are the template's. */
export function setDefaultsJob(job: Unchecked<Job>): Unchecked<Job> {
  const { metadata = {}, spec = {} } = job;
  const labels = spec.template?.metadata?.labels;
  const isUnlabeled = Object.keys(metadata.labels ?? {}).length === 0;
  const isSingle = spec.completions === undefined && spec.parallelism === undefined;
  const limit = spec.backoffLimitPerIndex === undefined ? 6 : maxInt32;
  const policy = spec.podFailurePolicy === undefined ? "TerminatingOrFailed" : "Failed";
  return {
    ...job,
    metadata: { ...metadata, ...(labels && isUnlabeled && { labels }) },
    spec: {
      ...setDefaultsJobTemplate(spec),
      ...(isSingle && { completions: 1 }),
      parallelism: spec.parallelism ?? 1,
      backoffLimit: spec.backoffLimit ?? limit,
      completionMode: spec.completionMode ?? "NonIndexed",
      suspend: spec.suspend ?? false,
      podReplacementPolicy: spec.podReplacementPolicy ?? policy,
      manualSelector: spec.manualSelector ?? false,
    },
  };
}

const maxInt32 = 2 ** 31 - 1;

/** What a job gets even where it is the template of a CronJob. */
function setDefaultsJobTemplate(spec: Unchecked<JobSpec>): Unchecked<JobSpec> {
  const { podFailurePolicy } = spec;
  return {
    ...spec,
    template: setDefaultsTemplate(spec.template),
    ...(podFailurePolicy && { podFailurePolicy: setDefaultsPatterns(podFailurePolicy) }),
  };
}

/** SetDefaults_PodFailurePolicyOnPodConditionsPattern. */
function setDefaultsPatterns(policy: Unchecked<PodFailurePolicy>): Unchecked<PodFailurePolicy> {
  const rules = policy.rules?.map((rule) => {
    const onPodConditions = rule.onPodConditions?.map((pattern) => {
      return { ...pattern, status: pattern.status || "True" };
    });
    return onPodConditions === undefined ? rule : { ...rule, onPodConditions };
  });
  return rules === undefined ? policy : { ...policy, rules };
}

/** SetDefaults_CronJob. */
export function setDefaultsCronJob(cronJob: Unchecked<CronJob>): Unchecked<CronJob> {
  const { spec = {} } = cronJob;
  const { jobTemplate = {} } = spec;
  return {
    ...cronJob,
    spec: {
      ...spec,
      concurrencyPolicy: spec.concurrencyPolicy || "Allow",
      suspend: spec.suspend ?? false,
      successfulJobsHistoryLimit: spec.successfulJobsHistoryLimit ?? 3,
      failedJobsHistoryLimit: spec.failedJobsHistoryLimit ?? 1,
      jobTemplate: { ...jobTemplate, spec: setDefaultsJobTemplate(jobTemplate.spec ?? {}) },
    },
  };
}
