import { isEvent, isPod } from "../../machines/api/objects.ts";
import type { KubeEvent } from "../../machines/api/event.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { ClusterState } from "../trace/state-text.ts";
import { storedKind } from "../store/store.ts";
import { flagOf } from "../manifest/scenario/kubectl.ts";
import type { ScenarioStep } from "../manifest/scenario/steps.ts";
import { type Refused, refusedIn } from "../trace/refusals-text.ts";
import type { UserStep } from "../trace/user-step.ts";
import { timeText } from "../trace/timeline-text.ts";
import type { RunInput } from "./run-input.ts";
import { createProgress } from "./terminal.ts";

/** A run that has not begun. */
export interface PlannedRun {
  readonly cluster: Cluster;
  readonly input: RunInput;
  readonly nodes: number | undefined;
  readonly untilMs: number;
  readonly isWatched: boolean;
  /** Steps that cannot apply are told, and the run goes on. */
  readonly keepsGoing: boolean;
  /** Is told why a run was stopped before its end. */
  readonly onStop: (why: string) => void;
}

/** A run that is over. */
export interface EndedRun extends ClusterState {
  readonly endedBy: "quiet" | "until";
  /** All but Events. */
  readonly objects: readonly KubeObject[];
}

/** Runs, and says what there is then; a watched run has lines enough to show that it goes on. */
export function runToEnd(run: PlannedRun): EndedRun {
  const { cluster, input, untilMs, isWatched } = run;
  const gone: Pod[] = [];
  cluster.watch(({ type, object }) => {
    if (type === "DELETED" && isPod(object)) gone.push(object);
  });
  const progress = createProgress(process.stderr, () => performance.now());
  const { endedBy, endMs } = runSteps(run, (nowMs, deliveries) => {
    if (isWatched) return;
    progress.report(`${timeText(nowMs)} of ${timeText(untilMs)}, ${deliveries} deliveries`);
  });
  progress.end();
  const given = input.objects.map(storedKind);
  const kinds = new Set(["Node", "Pod", ...given, ...madeByControllers]);
  return {
    pods: cluster.list("Pod").filter(isPod),
    gone,
    eventsOf: eventsByPod(cluster.list("Event").filter(isEvent)),
    nowMs: cluster.epochMs + (endedBy === "until" ? endMs : cluster.now),
    endedBy,
    objects: [...kinds].flatMap((kind) => cluster.list(kind)),
  };
}

/** Up to the end, or to the moment of a step that has nothing to be about. */
function runSteps(
  { cluster, input, untilMs, keepsGoing, onStop }: PlannedRun,
  progress: (nowMs: number, deliveries: number) => void,
): { readonly endedBy: "quiet" | "until"; readonly endMs: number } {
  const { steps } = input.scenario;
  if (keepsGoing || steps.length === 0) {
    return { ...cluster.run(untilMs, progress), endMs: untilMs };
  }
  let stopped: Refused | undefined;
  const end = cluster.observe((delivery) => {
    const refused = refusedIn(steps.flatMap(userStep), delivery);
    if (refused?.cannotApply === true) stopped ??= refused;
  });
  const moments = new Set(steps.map(({ atMs }) => Math.max(0, atMs)));
  const inOrder = [...moments].filter((atMs) => atMs < untilMs).toSorted((a, b) => a - b);
  for (const atMs of inOrder) {
    cluster.run(atMs, progress);
    if (stopped === undefined) continue;
    end();
    const { step = "a step", text } = stopped;
    onStop(`${timeText(stopped.atMs)} ${step}: ${text}; --keep-going goes on all the same`);
    return { endedBy: "until", endMs: atMs };
  }
  end();
  return { ...cluster.run(untilMs, progress), endMs: untilMs };
}

/** A line of kubectl, as the time line tells it. */
export function userStep(step: ScenarioStep): UserStep | [] {
  if (step.do !== "kubectl") return [];
  const { atMs, text, command } = step;
  const names = command.targets.flatMap((target) => target.names);
  return { atMs, text, namespace: flagOf(command, "namespace") ?? "default", names };
}

const madeByControllers = ["ReplicaSet", "Endpoints", "EndpointSlice"];

/** Grouped once, because there may be as many pods as Events. */
function eventsByPod(events: readonly KubeEvent[]): ClusterState["eventsOf"] {
  const groups = new Map<string, KubeEvent[]>();
  for (const event of events) {
    const { uid = "" } = event.involvedObject;
    const group = groups.get(uid);
    if (group === undefined) groups.set(uid, [event]);
    else group.push(event);
  }
  return ({ metadata: { uid = "" } }) => groups.get(uid) ?? [];
}

/** Writes to standard output as it is. */
export function print(text: string): void {
  process.stdout.write(text);
}
