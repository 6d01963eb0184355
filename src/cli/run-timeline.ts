import { isPod } from "../../machines/api/objects.ts";
import { flagOf } from "../manifest/scenario/kubectl.ts";
import type { ScenarioStep } from "../manifest/scenario/steps.ts";
import { type Refused, refusalsText, refusedIn } from "../trace/refusals-text.ts";
import { podEvents, podTable } from "../trace/state-text.ts";
import { Timeline, type TimelineRow } from "../trace/timeline.ts";
import { podName, timelineStart, timelineText } from "../trace/timeline-text.ts";
import { type UserStep, userStepOf } from "../trace/user-step.ts";
import { type PlannedRun, print, runToEnd } from "./planned-run.ts";
import { styleOf } from "./terminal.ts";

/** The time line, then the table and the Events at the end. */
export function printTimeline(run: PlannedRun): void {
  const { cluster, input, isWatched } = run;
  const printRows = rowPrinter(run);
  const timeline = new Timeline(cluster.epochMs);
  const steps = input.scenario.steps.flatMap(userStep);
  const rows: TimelineRow[] = [];
  cluster.watch((change) => {
    const row = timeline.add({ ...change, step: userStepOf(steps, change) });
    if (row === undefined) return;
    if (isWatched) printRows([row]);
    else rows.push(row);
  });
  const refused: Refused[] = [];
  if (steps.length > 0) {
    cluster.observe((delivery) => refused.push(...[refusedIn(steps, delivery) ?? []].flat()));
  }
  const end = runToEnd(run);
  printRows(rows);
  print([refusalsText(refused), podTable(end), podEvents(end)].join("\n"));
}

/** Columns of a watch have their places before all rows are known. */
function rowPrinter({ input, isWatched }: PlannedRun): (rows: readonly TimelineRow[]) => void {
  const style = styleOf(process.stdout, process.env);
  const names = input.objects.filter(isPod).map(({ metadata: { namespace = "default", name } }) => {
    return podName(namespace, name);
  });
  let before = isWatched ? timelineStart(names) : undefined;
  return (rows) => {
    const { lines, table } = timelineText(rows, style, before);
    before = table;
    print(lines.map((line) => `${line}\n`).join(""));
  };
}

function userStep(step: ScenarioStep): UserStep | [] {
  if (step.do !== "kubectl") return [];
  const { atMs, text, command } = step;
  const names = command.targets.flatMap((target) => target.names);
  return { atMs, text, namespace: flagOf(command, "namespace") ?? "default", names };
}
