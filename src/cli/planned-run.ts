import { isEvent, isPod } from "../../machines/api/objects.ts";
import type { KubeEvent } from "../../machines/api/event.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { ClusterState } from "../trace/state-text.ts";
import { storedKind } from "../store/store.ts";
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
}

/** A run that is over. */
export interface EndedRun extends ClusterState {
  readonly endedBy: "quiet" | "until";
  /** All but Events. */
  readonly objects: readonly KubeObject[];
}

/** Runs, and says what there is then; a watched run has lines enough to show that it goes on. */
export function runToEnd({ cluster, input, untilMs, isWatched }: PlannedRun): EndedRun {
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
  const given = input.objects.map(storedKind);
  const kinds = new Set(["Node", "Pod", ...given, ...madeByControllers]);
  return {
    pods: cluster.list("Pod").filter(isPod),
    gone,
    eventsOf: eventsByPod(cluster.list("Event").filter(isEvent)),
    nowMs: cluster.epochMs + (endedBy === "until" ? untilMs : cluster.now),
    endedBy,
    objects: [...kinds].flatMap((kind) => cluster.list(kind)),
  };
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
