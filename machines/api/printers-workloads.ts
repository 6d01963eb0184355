import { humanDuration } from "./duration.ts";
import type { CronJob, Job } from "./job-objects.ts";
import { containerCells, kindPrinter } from "./kind-printer.ts";
import { formatLabels, formatLabelSelector, labelSelectorText } from "./labels.ts";
import { age } from "./printers.ts";
import { labelSelectorAsSelector } from "./selector.ts";
import { parseTime } from "./time.ts";
import type * as apps from "./workload-objects.ts";

const counted = "NAME | DESIRED | CURRENT | READY | AGE | +CONTAINERS | +IMAGES | +SELECTOR";

/** pkg/printers/internalversion/printers.go printReplicaSet. */
export const replicaSets = kindPrinter<apps.ReplicaSet>(counted, (set, nowMs) => [
  ...countedCells(set, nowMs),
  formatLabelSelector(set.spec?.selector),
]);

/** printReplicationController. */
export const replicationControllers = kindPrinter<apps.ReplicationController>(
  counted,
  (controller, nowMs) => [
    ...countedCells(controller, nowMs),
    formatLabels(controller.spec?.selector),
  ],
);

/** All but the selector. */
function countedCells(
  { metadata, spec = {}, status = {} }: apps.ReplicaSet | apps.ReplicationController,
  nowMs: number,
) {
  return [
    metadata.name,
    spec.replicas ?? 0,
    status.replicas ?? 0,
    status.readyReplicas ?? 0,
    age(metadata.creationTimestamp, nowMs),
    ...containerCells(spec.template),
  ];
}

/** printDeployment; of an empty selector nothing is shown. */
export const deployments = kindPrinter<apps.Deployment>(
  "NAME | READY | UP-TO-DATE | AVAILABLE | AGE | +CONTAINERS | +IMAGES | +SELECTOR",
  ({ metadata, spec = {}, status = {} }, nowMs) => {
    const { selector = {} } = spec;
    const isBroken = "error" in labelSelectorAsSelector(selector);
    return [
      metadata.name,
      `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
      status.updatedReplicas ?? 0,
      status.availableReplicas ?? 0,
      age(metadata.creationTimestamp, nowMs),
      ...containerCells(spec.template),
      isBroken ? "<invalid>" : labelSelectorText(selector),
    ];
  },
);

/** printStatefulSet. */
export const statefulSets = kindPrinter<apps.StatefulSet>(
  "NAME | READY | AGE | +CONTAINERS | +IMAGES",
  ({ metadata, spec = {}, status = {} }, nowMs) => [
    metadata.name,
    `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
    age(metadata.creationTimestamp, nowMs),
    ...containerCells(spec.template),
  ],
);

/** printDaemonSet. */
export const daemonSets = kindPrinter<apps.DaemonSet>(
  "NAME | DESIRED | CURRENT | READY | UP-TO-DATE | AVAILABLE | NODE SELECTOR | AGE | +CONTAINERS | +IMAGES | +SELECTOR",
  ({ metadata, spec = {}, status = {} }, nowMs) => [
    metadata.name,
    status.desiredNumberScheduled ?? 0,
    status.currentNumberScheduled ?? 0,
    status.numberReady ?? 0,
    status.updatedNumberScheduled ?? 0,
    status.numberAvailable ?? 0,
    formatLabels(spec.template?.spec?.nodeSelector),
    age(metadata.creationTimestamp, nowMs),
    ...containerCells(spec.template),
    formatLabelSelector(spec.selector),
  ],
);

/** printControllerRevision. */
export const controllerRevisions = kindPrinter<apps.ControllerRevision>(
  "NAME | CONTROLLER | REVISION | AGE",
  ({ metadata, revision = 0 }, nowMs) => {
    const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
    const group = /^(.*)\//.exec(owner?.apiVersion ?? "")?.[1];
    const kind = group === undefined ? owner?.kind : `${owner?.kind}.${group}`;
    const name = owner === undefined ? "<none>" : `${kind?.toLowerCase()}/${owner.name}`;
    return [metadata.name, name, revision, age(metadata.creationTimestamp, nowMs)];
  },
);

/** printJob. */
export const jobs = kindPrinter<Job>(
  "NAME | STATUS | COMPLETIONS | DURATION | AGE | +CONTAINERS | +IMAGES | +SELECTOR",
  (job, nowMs) => {
    const { metadata, spec = {}, status = {} } = job;
    const { succeeded = 0, startTime, completionTime } = status;
    const { completions, parallelism = 0 } = spec;
    const wanted = completions ?? (parallelism > 1 ? `1 of ${parallelism}` : 1);
    const endMs = completionTime === undefined ? nowMs : parseTime(completionTime);
    return [
      metadata.name,
      jobStatus(job),
      `${succeeded}/${wanted}`,
      startTime === undefined ? "" : humanDuration(endMs - parseTime(startTime)),
      age(metadata.creationTimestamp, nowMs),
      ...containerCells(spec.template),
      formatLabelSelector(spec.selector),
    ];
  },
);

/** The word that stands for the first of its conditions that counts. */
function jobStatus({ metadata, status = {} }: Job): string {
  const has = (type: string) =>
    status.conditions?.some((one) => one.type === type && one.status === "True") === true;
  if (has("Complete")) return "Complete";
  if (has("Failed")) return "Failed";
  if (metadata.deletionTimestamp !== undefined) return "Terminating";
  const word = ["Suspended", "FailureTarget", "SuccessCriteriaMet"].find(has);
  return word ?? "Running";
}

/** printCronJob. */
export const cronJobs = kindPrinter<CronJob>(
  "NAME | SCHEDULE | TIMEZONE | SUSPEND | ACTIVE | LAST SCHEDULE | AGE | +CONTAINERS | +IMAGES | +SELECTOR",
  ({ metadata, spec, status = {} }, nowMs) => {
    const { lastScheduleTime } = status;
    const job = spec?.jobTemplate?.spec;
    const suspend = spec?.suspend;
    const suspended = suspend === true ? "True" : "False";
    return [
      metadata.name,
      spec?.schedule ?? "",
      spec?.timeZone ?? "<none>",
      suspend === undefined ? "<unset>" : suspended,
      status.active?.length ?? 0,
      lastScheduleTime === undefined ? "<none>" : age(lastScheduleTime, nowMs),
      age(metadata.creationTimestamp, nowMs),
      ...containerCells(job?.template),
      formatLabelSelector(job?.selector),
    ];
  },
);
