import { isPod } from "../../machines/api/objects.ts";
import { type Refused, refusalsText, refusedIn } from "../trace/refusals-text.ts";
import { podEvents, podTable } from "../trace/state-text.ts";
import { ClusterTimeline, type DeedRow } from "../trace/cluster-timeline.ts";
import { Timeline, type TimelineRow } from "../trace/timeline.ts";
import { podName, timelineStart, timelineText } from "../trace/timeline-text.ts";
import { type UserStep, userStepOf } from "../trace/user-step.ts";
import { serviceRules } from "../cluster/service-rules.ts";
import { type PlannedRun, print, runToEnd, userStep } from "./planned-run.ts";
import { styleOf } from "./terminal.ts";

type Row = TimelineRow | DeedRow;

/** The time line, then the table and the Events at the end. */
export function printTimeline(run: PlannedRun): void {
  const { cluster, input, isWatched } = run;
  const withWho = hasControllers(run);
  const printRows = rowPrinter(run, withWho);
  const rows: Row[] = [];
  const told = (some: readonly Row[]): void => {
    if (isWatched) printRows(some);
    else rows.push(...some);
  };
  const steps = input.scenario.steps.flatMap(userStep);
  if (withWho) tellDeeds(run, steps, told);
  else tellPods(run, steps, told);
  const refused: Refused[] = [];
  if (steps.length > 0) {
    cluster.observe((delivery) => refused.push(...[refusedIn(steps, delivery) ?? []].flat()));
  }
  const end = runToEnd(run);
  printRows(rows);
  print([refusalsText(refused), podTable(end), podEvents(end)].join("\n"));
}

type Tell = (rows: readonly Row[]) => void;

function tellPods({ cluster }: PlannedRun, steps: readonly UserStep[], tell: Tell): void {
  const timeline = new Timeline(cluster.epochMs);
  cluster.watch((change) => {
    const row = timeline.add({ ...change, step: userStepOf(steps, change) });
    if (row !== undefined) tell([row]);
  });
}

/** Who makes pods, and who sends them traffic, act too. */
function tellDeeds({ cluster }: PlannedRun, steps: readonly UserStep[], tell: Tell): void {
  const timeline = new ClusterTimeline(cluster.epochMs, (node) => serviceRules(cluster, node));
  cluster.observe((delivery) => tell(timeline.delivered(delivery)));
  cluster.watch((change) => {
    tell(timeline.changed({ ...change, step: userStepOf(steps, change) }));
  });
}

/** Whether there is anything that a controller makes pods or endpoints for. */
function hasControllers({ input: { objects, files } }: PlannedRun): boolean {
  const later = Object.values(files).flatMap((some) => some.map(({ object }) => object));
  return [...objects, ...later].some(({ kind }) => controlled.includes(kind));
}

const controlled = [
  "Deployment",
  "ReplicaSet",
  "ReplicationController",
  "StatefulSet",
  "DaemonSet",
  "Job",
  "CronJob",
  "Service",
];

/** Columns of a watch have their places before all rows are known. */
function rowPrinter(
  { input, isWatched }: PlannedRun,
  withWho: boolean,
): (rows: readonly Row[]) => void {
  const style = { ...styleOf(process.stdout, process.env), withWho };
  const names = input.objects.filter(isPod).map(({ metadata: { namespace = "default", name } }) => {
    return podName(namespace, name);
  });
  let before = isWatched ? timelineStart(names, withWho) : undefined;
  return (rows) => {
    const { lines, table } = timelineText(rows, style, before);
    before = table;
    print(lines.map((line) => `${line}\n`).join(""));
  };
}
