import type { KubeObject } from "../../machines/api/meta.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { scenarioLineFor } from "../manifest/scenario/choice-lines.ts";
import { flagOf } from "../manifest/scenario/kubectl.ts";
import type { ScenarioStep } from "../manifest/scenario/steps.ts";
import { writeObjects } from "../manifest/write.ts";
import { choicesText } from "../trace/choices-text.ts";
import { runDocument } from "../trace/run-document.ts";
import { type ClusterState, podDescriptions, podEvents, podTable } from "../trace/state-text.ts";
import { Timeline, type TimelineRow } from "../trace/timeline.ts";
import { podName, timelineStart, timelineText, timeText } from "../trace/timeline-text.ts";
import { traceLine } from "../trace/trace-lines.ts";
import { type UserStep, userStepOf } from "../trace/user-step.ts";
import type { RunInput } from "./run-input.ts";
import { createProgress, styleOf } from "./terminal.ts";

/** A run that has not begun. */
export interface PlannedRun {
  readonly cluster: Cluster;
  readonly input: RunInput;
  readonly nodes: number | undefined;
  readonly untilMs: number;
  readonly isWatched: boolean;
}

/** Runs to the end and prints that form of it. */
export function printRun(form: OutputForm, run: PlannedRun): void {
  printers[form](run);
}

const printers = {
  timeline: printTimeline,
  table: (run) => print(podTable(endOf(run))),
  events: (run) => print(podEvents(endOf(run))),
  describe: (run) => print(podDescriptions(endOf(run))),
  json: printDocument,
  yaml: printObjects,
  trace: printTrace,
  choices: printChoices,
} as const satisfies Readonly<Record<string, (run: PlannedRun) => void>>;

export type OutputForm = keyof typeof printers;

/** Every word that `-o` takes. */
export const outputForms: readonly string[] = Object.keys(printers);

function printTimeline(run: PlannedRun): void {
  const { cluster, input, isWatched } = run;
  const style = styleOf(process.stdout, process.env);
  const timeline = new Timeline(cluster.epochMs);
  const steps = input.scenario.steps.flatMap(userStep);
  const rows: TimelineRow[] = [];
  let before = isWatched ? timelineStart(input.objects.map(nameOf)) : undefined;
  const printRows = (some: readonly TimelineRow[]): void => {
    const { lines, table } = timelineText(some, style, before);
    before = table;
    print(lines.map((line) => `${line}\n`).join(""));
  };
  cluster.watch((change) => {
    const row = timeline.add({ ...change, step: userStepOf(steps, change) });
    if (row === undefined) return;
    if (isWatched) printRows([row]);
    else rows.push(row);
  });
  const state = endOf(run);
  printRows(rows);
  print(["", podTable(state), podEvents(state)].join("\n"));
}

function printDocument(run: PlannedRun): void {
  const { cluster, input, nodes, untilMs } = run;
  const { endedBy } = endOf(run);
  const document = runDocument({
    objects: [...input.kubelets.map(({ configuration }) => configuration), ...input.objects],
    scenario: input.scenarioValue,
    files: input.files,
    choices: cluster.choices(),
    nodes,
    untilMs,
    endMs: cluster.now,
    endedBy,
    endObjects: objectsOf(run),
  });
  print(`${JSON.stringify(document, null, 2)}\n`);
}

function printObjects(run: PlannedRun): void {
  endOf(run);
  print(writeObjects(objectsOf(run), "yaml"));
}

function printTrace(run: PlannedRun): void {
  run.cluster.observe((delivery) => print(`${traceLine(delivery)}\n`));
  endOf(run);
}

function printChoices(run: PlannedRun): void {
  endOf(run);
  print(choicesText(run.cluster.choices(), scenarioLineFor));
}

interface EndState extends ClusterState {
  readonly endedBy: "quiet" | "until";
}

/** Runs, and says what there is then. */
function endOf({ cluster, untilMs, isWatched }: PlannedRun): EndState {
  const gone: Pod[] = [];
  cluster.watch(({ type, object }) => {
    if (type === "DELETED" && isPod(object)) gone.push(object);
  });
  const progress = createProgress(process.stderr, () => performance.now());
  const { endedBy } = cluster.run(untilMs, (nowMs, deliveries) => {
    if (isWatched) return;
    progress.report(`${timeText(nowMs)} of ${timeText(untilMs)}, ${deliveries} deliveries`);
  });
  progress.end();
  return {
    pods: cluster.list("Pod").filter(isPod),
    gone,
    eventsOf: (pod) => cluster.eventsOf(pod),
    nowMs: cluster.epochMs + cluster.now,
    endedBy,
  };
}

/** All objects but Events, as they stand. */
function objectsOf({ cluster, input }: PlannedRun): readonly KubeObject[] {
  const kinds = new Set(["Node", "Pod", ...input.objects.map(({ kind }) => kind)]);
  return [...kinds].flatMap((kind) => cluster.list(kind));
}

function userStep(step: ScenarioStep): UserStep | [] {
  if (step.do !== "kubectl") return [];
  const { atMs, text, command } = step;
  const names = command.targets.flatMap((target) => target.names);
  return { atMs, text, namespace: flagOf(command, "namespace") ?? "default", names };
}

function nameOf({ metadata: { namespace = "default", name } }: KubeObject): string {
  return podName(namespace, name);
}

function isPod(object: KubeObject): object is Pod {
  return object.kind === "Pod";
}

function print(text: string): void {
  process.stdout.write(text);
}
