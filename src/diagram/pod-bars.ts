import type { TimelineRow } from "../trace/timeline.ts";

/** One pod of a time line, with what it showed one after the other. */
export interface PodLane {
  /** `web`, or `team/web` outside of the default namespace. */
  readonly name: string;
  readonly bars: readonly PodBar[];
  readonly marks: readonly LaneMark[];
}

/** As long as the column STATUS showed one word. */
export interface PodBar {
  readonly fromMs: number;
  readonly toMs: number;
  readonly status: string;
  readonly kind: BarKind;
  /** Why it began. */
  readonly cause: string;
}

/** What a status means for who looks on. */
export type BarKind = "ready" | "running" | "waiting" | "ended" | "failed" | "leaving";

/** A restart, or an Event of the pod. */
export interface LaneMark {
  readonly atMs: number;
  readonly kind: "restart" | "event" | "warning";
  readonly text: string;
}

/** An Event at the moment when it was recorded. */
export interface PodEventMark {
  readonly atMs: number;
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

/** In the order in which the pods came. */
export function podLanes(
  rows: readonly TimelineRow[],
  events: readonly PodEventMark[],
  endMs: number,
): readonly PodLane[] {
  const names = new Set(rows.map(laneName));
  return [...names].map((name) => {
    const own = rows.filter((row) => laneName(row) === name);
    const told = events.filter((event) => laneName(event) === name);
    return { name, bars: barsOf(own, endMs), marks: [...restartsIn(own), ...told.map(markOf)] };
  });
}

function laneName({ namespace, name }: Pick<PodEventMark, "namespace" | "name">): string {
  return namespace === "default" ? name : `${namespace}/${name}`;
}

/** Rows of one status are one bar; where a pod is gone there is none, until the next comes. */
function barsOf(rows: readonly TimelineRow[], endMs: number): readonly PodBar[] {
  const bars: PodBar[] = [];
  for (const [index, row] of rows.entries()) {
    if (isGone(row)) continue;
    const { atMs: fromMs, status, cause } = row;
    const toMs = rows[index + 1]?.atMs ?? Math.max(endMs, fromMs);
    const kind = kindOf(row);
    const last = bars.at(-1);
    if (last?.status === status && last.kind === kind && last.toMs === fromMs) {
      bars[bars.length - 1] = { ...last, toMs };
    } else bars.push({ fromMs, toMs, status, kind, cause });
  }
  return bars;
}

/** The row that tells that the object is gone says so as its cause. */
function isGone({ cause }: TimelineRow): boolean {
  return cause === "deleted" || cause.startsWith("deleted: ");
}

function restartsIn(rows: readonly TimelineRow[]): readonly LaneMark[] {
  return rows.flatMap(({ atMs, restarts }, index) => {
    const before = rows[index - 1]?.restarts ?? 0;
    return restarts > before
      ? [{ atMs, kind: "restart", text: `restart ${restarts}` } as const]
      : [];
  });
}

function markOf({ atMs, type, reason, message }: PodEventMark): LaneMark {
  return { atMs, kind: type === "Warning" ? "warning" : "event", text: `${reason}: ${message}` };
}

/** By the words of kubectl; one that it does not know is a failure that it shows. */
function kindOf({ status, ready }: TimelineRow): BarKind {
  if (status === "Terminating") return "leaving";
  if (status === "Completed" || status === "Succeeded") return "ended";
  if (status === "Running" || status === "NotReady") return isReady(ready) ? "ready" : "running";
  const isWaiting = /^(?:Init:\d+\/\d+|\w+Gated)$/.test(status) || waitingWords.has(status);
  return isWaiting ? "waiting" : "failed";
}

const waitingWords = new Set(["Pending", "ContainerCreating", "PodInitializing"]);

function isReady(ready: string): boolean {
  const [some, all] = ready.split("/");
  return some === all;
}
