import { line, tabbedString } from "./describe-lines.ts";
import type { KubeEvent } from "./event.ts";
import type { ObjectMeta } from "./meta.ts";
import { age } from "./printers.ts";
import { parseTime } from "./time.ts";

/** What the Events block is printed from. */
export type DescribedEvent = Pick<
  KubeEvent,
  "type" | "reason" | "message" | "source" | "reportingComponent" | "count" | "series" | EventTime
> & { readonly involvedObject: Pick<KubeEvent["involvedObject"], "fieldPath"> };

type EventTime = "firstTimestamp" | "lastTimestamp" | "eventTime";

/** The Events block of `kubectl describe`; kubectl/pkg/describe DescribeEvents. */
export function describeEvents(events: readonly DescribedEvent[], nowMs: number): string {
  return tabbedString(eventLines(events, nowMs));
}

/** The same before its tabs are columns, as a part of a description. */
export function eventLines(events: readonly DescribedEvent[], nowMs: number): string {
  if (events.length === 0) return line(0, "Events:\t<none>");
  const sorted = events.toSorted((a, b) => lastMs(a) - lastMs(b) || 0);
  return [
    line(0, "Events:"),
    line(1, "Type\tReason\tAge\tFrom\tMessage"),
    line(1, "----\t------\t----\t----\t-------"),
    ...sorted.map((event) => line(1, eventCells(event, nowMs).join("\t"))),
  ].join("");
}

/** What kubectl shows when the pod is gone and Events of its name are left. */
export function describeMissingPod(
  name: string,
  error: string,
  events: readonly DescribedEvent[],
  nowMs: number,
): string {
  const gone = line(0, `Pod '${name}': error '${error}', but found events.`);
  return tabbedString(gone + eventLines(events, nowMs));
}

/** The Events that are about this very pod, not about a former one of its name; searchEvents. */
export function eventsOfPod<E extends Pick<KubeEvent, "involvedObject">>(
  { name, namespace, uid, annotations }: PodIdentity,
  events: readonly E[],
): readonly E[] {
  const wanted = annotations?.["kubernetes.io/config.mirror"] ?? uid ?? "";
  return events.filter(
    ({ involvedObject }) =>
      involvedObject.name === name &&
      (involvedObject.namespace ?? "") === (namespace ?? "") &&
      (wanted === "" || involvedObject.uid === wanted),
  );
}

type PodIdentity = Pick<ObjectMeta, "name" | "namespace" | "uid" | "annotations">;

/** An Event without a last time is older than all others. */
function lastMs({ lastTimestamp }: DescribedEvent): number {
  return lastTimestamp ? parseTime(lastTimestamp) : Number.NEGATIVE_INFINITY;
}

function eventCells(event: DescribedEvent, nowMs: number): readonly string[] {
  const { fieldPath } = event.involvedObject;
  const message = event.message.trim();
  return [
    event.type,
    event.reason,
    interval(event, nowMs),
    event.source?.component || (event.reportingComponent ?? ""),
    fieldPath ? `${fieldPath}: ${message}` : message,
  ];
}

function interval(event: DescribedEvent, nowMs: number): string {
  const first = age(event.eventTime || event.firstTimestamp, nowMs);
  const { series, count = 0, lastTimestamp } = event;
  if (series) return `${age(series.lastObservedTime, nowMs)} (x${series.count} over ${first})`;
  return count > 1 ? `${age(lastTimestamp, nowMs)} (x${count} over ${first})` : first;
}
