import { parseCronSchedule } from "../api/cron-schedule.ts";
import type { CronJob, CronJobSpec, JobTemplateSpec } from "../api/job-objects.ts";
import { nameIsDnsSubdomain } from "../api/names.ts";
import { timeZoneError } from "../api/time-zone.ts";
import type { Unchecked } from "../api/unchecked.ts";
import {
  type FieldError,
  invalid,
  notSupported,
  required,
  validateRequiredChoice,
} from "./field-error.ts";
import { validateJobSpecTemplate } from "./validation-jobs.ts";
import { validateObjectMeta } from "./validation-metadata.ts";
import { validateNonnegativeFields } from "./validation-numbers.ts";
import { shownSelector } from "./validation-templates.ts";

type Spec = Unchecked<CronJobSpec>;

/** Its jobs' names get eleven characters more. */
const maxNameLength = 52;

/** pkg/apis/batch/validation/validation.go ValidateCronJobCreate. */
export function validateCronJob({ metadata = {}, spec = {} }: Unchecked<CronJob>): FieldError[] {
  const { name = "" } = metadata;
  const detail = `must be no more than ${maxNameLength} characters`;
  return [
    ...validateObjectMeta(metadata, { isNamespaced: true, validateName: nameIsDnsSubdomain }),
    ...validateCronJobSpec(spec),
    ...(name.length > maxNameLength ? [invalid("metadata.name", name, detail)] : []),
  ];
}

/** What was wrong before stays as it is; validateCronJobSpec. */
export function validateCronJobSpec(spec: Spec, old?: Spec): FieldError[] {
  const { schedule = "", timeZone } = spec;
  const isNewZone = old === undefined || old.timeZone !== timeZone;
  const policies = ["Allow", "Forbid", "Replace"];
  return [
    ...(schedule === ""
      ? [required("spec.schedule")]
      : validateScheduleFormat(spec, old?.schedule?.includes("TZ") === true)),
    ...validateNonnegativeFields(spec, ["startingDeadlineSeconds"], "spec"),
    ...(isNewZone && timeZone !== undefined ? validateTimeZone(timeZone, "spec.timeZone") : []),
    ...validateRequiredChoice(spec.concurrencyPolicy ?? "", policies, "spec.concurrencyPolicy"),
    ...validateJobTemplateSpec(spec.jobTemplate ?? {}, "spec.jobTemplate.spec"),
    ...validateNonnegativeFields(
      spec,
      ["successfulJobsHistoryLimit", "failedJobsHistoryLimit"],
      "spec",
    ),
  ];
}

function validateScheduleFormat(
  { schedule = "", timeZone }: Spec,
  allowsTimeZone: boolean,
): FieldError[] {
  const parsed = parseCronSchedule(schedule);
  const wrong = "error" in parsed ? [invalid("spec.schedule", schedule, parsed.error)] : [];
  if (!schedule.includes("TZ")) return wrong;
  const both = "cannot use both timeZone field and TZ or CRON_TZ in schedule";
  const other = "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
  if (!allowsTimeZone) return [...wrong, invalid("spec.schedule", schedule, other)];
  return timeZone === undefined ? wrong : [...wrong, invalid("spec.schedule", schedule, both)];
}

function validateTimeZone(timeZone: string, path: string): FieldError[] {
  if (timeZone === "") {
    return [invalid(path, timeZone, "timeZone must be nil or non-empty string")];
  }
  const isName = timeZone.split("/").every((part) => {
    return part !== "." && part !== ".." && /^(?!-)[A-Za-z.\-_0-9+]{1,14}$/.test(part);
  });
  if (!isName) return [invalid(path, timeZone, `unknown time zone ${timeZone}`)];
  const isLocal = timeZone.toLowerCase() === "local";
  const wrong = timeZoneError(timeZone);
  return [
    ...(isLocal ? [invalid(path, timeZone, explicit)] : []),
    ...(wrong === undefined ? [] : [invalid(path, timeZone, wrong)]),
  ];
}

const explicit =
  "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";

function validateJobTemplateSpec(
  { spec = {} }: Unchecked<JobTemplateSpec>,
  path: string,
): FieldError[] {
  const { selector, manualSelector } = spec;
  const generated = "`selector` will be auto-generated";
  return [
    ...validateJobSpecTemplate(spec, path),
    ...(selector ? [invalid(`${path}.selector`, shownSelector(selector), generated)] : []),
    ...(manualSelector === true
      ? [notSupported(`${path}.manualSelector`, manualSelector, ["nil", "false"])]
      : []),
  ];
}
