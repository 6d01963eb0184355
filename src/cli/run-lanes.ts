import { isEvent } from "../../machines/api/objects.ts";
import { type PodEventMark, podLanes } from "../diagram/pod-bars.ts";
import { timelineSvg } from "../diagram/timeline-svg.ts";
import { Timeline, type TimelineRow } from "../trace/timeline.ts";
import { type PlannedRun, print, runToEnd } from "./planned-run.ts";

/** The time line as a picture. */
export function printLanes(run: PlannedRun): void {
  const { cluster } = run;
  const timeline = new Timeline(cluster.epochMs);
  const rows: TimelineRow[] = [];
  const events: PodEventMark[] = [];
  cluster.watch((change) => {
    const row = timeline.add(change);
    if (row !== undefined) rows.push(row);
    const { object, atMs, type: did } = change;
    if (did === "DELETED" || !isEvent(object) || object.involvedObject.kind !== "Pod") return;
    const { involvedObject, type, reason, message } = object;
    const { namespace = "default", name } = involvedObject;
    events.push({ atMs, namespace, name, type, reason, message });
  });
  const { nowMs } = runToEnd(run);
  const endMs = nowMs - cluster.epochMs;
  print(timelineSvg(podLanes(rows, events, endMs), { endMs }));
}
