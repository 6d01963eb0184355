import { line, timeText } from "../api/describe-lines.ts";
import { humanDuration } from "../api/duration.ts";
import type { CronJob, Job, JobSpec, JobStatus } from "../api/job-objects.ts";
import { labelSelectorText } from "../api/labels.ts";
import { parseTime } from "../api/time.ts";
import { type Around, described } from "./describe-around.ts";
import { metadataLines, nameLines, ownerLine, templateLines } from "./describe-template.ts";

/** kubectl/pkg/describe describeJob. */
export function describeJob(job: Job, around: Around): string {
  const { spec = {}, status = {} } = job;
  const { activeDeadlineSeconds, completionMode } = spec;
  return described(job, around, [
    nameLines(job),
    line(0, `Selector:\t${labelSelectorText(spec.selector ?? {})}`),
    metadataLines(job),
    ownerLine(job),
    ifSet("Parallelism", spec.parallelism),
    line(0, `Completions:\t${spec.completions ?? "<unset>"}`),
    ifSet("Completion Mode", completionMode),
    ifSet("Suspend", spec.suspend),
    ifSet("Backoff Limit", spec.backoffLimit),
    ifSet("TTL Seconds After Finished", spec.ttlSecondsAfterFinished),
    timeLines(status),
    ifSet("Active Deadline Seconds", activeDeadlineSeconds && `${activeDeadlineSeconds}s`),
    podsLine(status),
    completionMode === "Indexed" ? indexesLine(status.completedIndexes ?? "") : "",
    templateLines(spec.template),
  ]);
}

function timeLines({ startTime, completionTime }: JobStatus): string {
  const isOver = startTime !== undefined && completionTime !== undefined;
  return [
    ifSet("Start Time", startTime && timeText(startTime)),
    ifSet("Completed At", completionTime && timeText(completionTime)),
    isOver
      ? line(0, `Duration:\t${humanDuration(parseTime(completionTime) - parseTime(startTime))}`)
      : "",
  ].join("");
}

function podsLine({ active = 0, ready, succeeded = 0, failed = 0 }: JobStatus): string {
  const readyText = ready === undefined ? "" : ` (${ready} Ready)`;
  return line(
    0,
    `Pods Statuses:\t${active} Active${readyText} / ${succeeded} Succeeded / ${failed} Failed`,
  );
}

const indexesShown = 50;

/** Cut at the first comma after so many characters; capIndexesListOrNone. */
function indexesLine(indexes: string): string {
  const comma = indexes.indexOf(",", indexesShown);
  const shown = comma === -1 ? indexes : `${indexes.slice(0, comma + 1)}...`;
  return line(0, `Completed Indexes:\t${shown || "<none>"}`);
}

/** describeCronJob. */
export function describeCronJob(cronJob: CronJob, around: Around): string {
  const { spec, status } = cronJob;
  const suspended = spec?.suspend === true ? "True" : "False";
  const deadline = spec?.startingDeadlineSeconds;
  const last = status?.lastScheduleTime;
  const active = status?.active?.map(({ name = "" }) => name).join(", ");
  return described(cronJob, around, [
    nameLines(cronJob),
    metadataLines(cronJob),
    line(0, `Schedule:\t${spec?.schedule ?? ""}`),
    line(0, `Concurrency Policy:\t${spec?.concurrencyPolicy ?? ""}`),
    line(0, `Suspend:\t${spec?.suspend === undefined ? "<unset>" : suspended}`),
    line(0, `Successful Job History Limit:\t${spec?.successfulJobsHistoryLimit ?? "<unset>"}`),
    line(0, `Failed Job History Limit:\t${spec?.failedJobsHistoryLimit ?? "<unset>"}`),
    line(0, `Starting Deadline Seconds:\t${deadline === undefined ? "<unset>" : `${deadline}s`}`),
    jobTemplateLines(spec?.jobTemplate?.spec ?? {}),
    line(0, `Last Schedule Time:\t${last ? timeText(last) : "<unset>"}`),
    line(0, `Active Jobs:\t${active || "<none>"}`),
  ]);
}

/** describeJobTemplate. */
function jobTemplateLines({
  selector,
  parallelism,
  completions,
  activeDeadlineSeconds,
  template,
}: JobSpec): string {
  return [
    line(0, `Selector:\t${selector === undefined ? "<unset>" : labelSelectorText(selector)}`),
    line(0, `Parallelism:\t${parallelism ?? "<unset>"}`),
    line(0, `Completions:\t${completions ?? "<unset>"}`),
    ifSet("Active Deadline Seconds", activeDeadlineSeconds && `${activeDeadlineSeconds}s`),
    templateLines(template),
  ].join("");
}

function ifSet(title: string, value: string | number | boolean | undefined): string {
  return value === undefined ? "" : line(0, `${title}:\t${value}`);
}
