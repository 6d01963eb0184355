import type { CronJob, Job, JobSpec } from "../api/job-objects.ts";
import type { Unchecked } from "../api/unchecked.ts";
import type { PodTemplateSpec } from "../api/workload-objects.ts";
import { setDefaultsCronJob, setDefaultsJob } from "./defaults-jobs.ts";
import { generateSelectorIfNeeded } from "./prepare-jobs.ts";
import { nameWarnings, preparedTemplate } from "./prepare-templates.ts";
import {
  created,
  isOtherGeneration,
  metadataUpdateErrors,
  type Strategy,
  withGeneration,
  withOldStatus,
} from "./kind-strategy.ts";
import { validateCronJob, validateCronJobSpec } from "./validation-cron-jobs.ts";
import { validateJobUpdate } from "./validation-job-update.ts";
import { validateJob } from "./validation-jobs.ts";
import { getWarningsForPodTemplate } from "./warnings-pod.ts";

function withTemplate(spec: Unchecked<JobSpec> = {}): Unchecked<JobSpec> {
  const template: Unchecked<PodTemplateSpec> = preparedTemplate(spec.template);
  return { ...spec, template };
}

/** pkg/registry/batch/job/strategy.go */
export const jobs: Strategy<Unchecked<Job>> = {
  isNamespaced: true,
  setDefaults: setDefaultsJob,
  convert: (job) => ({ ...job, spec: withTemplate(job.spec) }),
  prepareForCreate: (object) => generateSelectorIfNeeded(created(object)),
  validate: (object) => validateJob(object),
  warningsOnCreate: ({ metadata, spec }) => [
    ...nameWarnings(metadata?.name),
    ...jobWarnings(spec, "spec"),
  ],
  prepareForUpdate: (object, old) => withGeneration(withOldStatus(object, old), old),
  validateUpdate: validateJobUpdate,
  warningsOnUpdate: (object, old) => {
    return isOtherGeneration(object, old) ? jobWarnings(object.spec, "spec") : [];
  },
};

const manyCompletions = 100_000;
const manyAtOnce = 10_000;
const mayLoseTrack =
  "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail";

/** pkg/api/job/warnings.go WarningsForJobSpec. */
function jobWarnings(spec: Unchecked<JobSpec> = {}, path: string): readonly string[] {
  const { completionMode, completions = 0, parallelism = 0 } = spec;
  const isLarge =
    completionMode === "Indexed" && completions > manyCompletions && parallelism > manyAtOnce;
  return [
    ...(isLarge ? [`${path}: ${mayLoseTrack}`] : []),
    ...getWarningsForPodTemplate(spec.template, `${path}.template`),
  ];
}

function withJobTemplate(cronJob: Unchecked<CronJob>): Unchecked<CronJob> {
  const { spec = {} } = cronJob;
  const jobTemplate = { ...spec.jobTemplate, spec: withTemplate(spec.jobTemplate?.spec) };
  return { ...cronJob, spec: { ...spec, jobTemplate } };
}

const jobPath = "spec.jobTemplate.spec";

/** pkg/registry/batch/cronjob/strategy.go; the warning names a field that is not there. */
export const cronJobs: Strategy<Unchecked<CronJob>> = {
  isNamespaced: true,
  setDefaults: setDefaultsCronJob,
  convert: withJobTemplate,
  prepareForCreate: created,
  validate: validateCronJob,
  warningsOnCreate: ({ metadata, spec }) => [
    ...nameWarnings(metadata?.name),
    ...jobWarnings(spec?.jobTemplate?.spec, jobPath),
  ],
  prepareForUpdate: (object, old) => withGeneration(withOldStatus(object, old), old),
  validateUpdate: (object, old) => [
    ...metadataUpdateErrors(object, old),
    ...validateCronJobSpec(object.spec ?? {}, old.spec ?? {}),
  ],
  warningsOnUpdate: (object, old) => [
    ...(isOtherGeneration(object, old) ? jobWarnings(object.spec?.jobTemplate?.spec, jobPath) : []),
    ...(object.spec?.schedule?.includes("TZ") ? [timeZoneWarning] : []),
  ],
};

const timeZoneWarning =
  "cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details";
