import { compareText } from "../../machines/api/compare-text.ts";
import { isEvent, isPod } from "../../machines/api/objects.ts";
import type { KubeEvent } from "../../machines/api/event.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { ContainerStateTerminated, ContainerStatus } from "../../machines/api/pod-status.ts";
import { printPod } from "../../machines/api/printers.ts";
import { causeOf } from "./cause.ts";

/** One write to an API object, as a watch reports it. */
export interface ObjectChange {
  readonly atMs: number;
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: KubeObject;
  /** What a user did, when this write is the answer to it: `kubectl delete pod web`. */
  readonly step?: string | undefined;
}

/** A moment at which a pod's row reads differently from before. */
export interface TimelineRow {
  readonly atMs: number;
  /** Which component wrote it; undefined where that is not told. */
  readonly who?: string;
  readonly namespace: string;
  readonly name: string;
  /** As `kubectl get pods` words it. */
  readonly status: string;
  readonly ready: string;
  readonly restarts: number;
  /** `status.reason`, else the last terminated reason of a container. */
  readonly reason: string;
  readonly cause: string;
}

interface PodHistory {
  pod: Pod | undefined;
  row: TimelineRow | undefined;
  /** By name; the one recorded last comes last. */
  readonly events: Map<string, KubeEvent>;
  newest: KubeEvent | undefined;
}

/** Makes rows of what a watch reports; an Event is known to its pod as soon as it is recorded. */
export class Timeline {
  readonly #epochMs: number;
  readonly #pods = new Map<string, PodHistory>();

  /** `epochMs` is the wall clock when the run began. */
  constructor(epochMs: number) {
    this.#epochMs = epochMs;
  }

  /** The row that the change makes, if it makes one. */
  add(change: ObjectChange): TimelineRow | undefined {
    const { object, type } = change;
    if (isEvent(object) && type !== "DELETED") this.#remember(object);
    return isPod(object) ? this.#row(change, object) : undefined;
  }

  #remember(event: KubeEvent): void {
    const { kind, uid, namespace = "", name } = event.involvedObject;
    if (kind !== "Pod") return;
    const history = this.#history(uid ?? `${namespace}/${name}`);
    history.events.delete(event.metadata.name);
    history.events.set(event.metadata.name, event);
    history.newest = event;
  }

  #row({ atMs, type, step }: ObjectChange, pod: Pod): TimelineRow | undefined {
    const { uid, namespace = "default", name } = pod.metadata;
    const history = this.#history(uid ?? `${namespace}/${name}`);
    const { pod: before, row: last, newest, events } = history;
    const row = { atMs, ...rowOf(pod, this.#epochMs + atMs) };
    history.pod = pod;
    if (type !== "DELETED" && last !== undefined && isSame(row, last)) return undefined;
    const first = before === undefined && type === "MODIFIED" ? "ADDED" : type;
    const known = { pod, before, events: [...events.values()], newest, step };
    history.newest = undefined;
    history.row = { ...row, cause: causeOf({ type: first, ...known }) };
    return history.row;
  }

  #history(key: string): PodHistory {
    const known = this.#pods.get(key);
    if (known !== undefined) return known;
    const events = new Map<string, KubeEvent>();
    const history: PodHistory = { pod: undefined, row: undefined, events, newest: undefined };
    this.#pods.set(key, history);
    return history;
  }
}

type PrintedRow = Omit<TimelineRow, "atMs" | "cause" | "who">;

function rowOf(pod: Pod, nowMs: number): PrintedRow {
  const { namespace = "default", name } = pod.metadata;
  const { STATUS: status, READY: ready, RESTARTS: restarts } = printPod(pod, nowMs);
  const reason = pod.status?.reason || lastEndReason(pod);
  return { namespace, name, status, ready, restarts: Number.parseInt(restarts, 10), reason };
}

function isSame(a: PrintedRow, b: PrintedRow): boolean {
  return (
    a.status === b.status &&
    a.ready === b.ready &&
    a.restarts === b.restarts &&
    a.reason === b.reason
  );
}

/** What went wrong last, else what ended last; an init container's success is no news. */
function lastEndReason({ status = {} }: Pod): string {
  const { initContainerStatuses = [], containerStatuses = [] } = status;
  const init = initContainerStatuses.flatMap(lastEnd).filter(hasFailed);
  const ends = [...init, ...containerStatuses.flatMap(lastEnd)];
  const ranked = ends.some(hasFailed) ? ends.filter(hasFailed) : ends;
  const byTime = ranked.toSorted((a, b) => compareText(a.finishedAt ?? "", b.finishedAt ?? ""));
  return byTime.at(-1)?.reason ?? "";
}

function lastEnd({ state, lastState }: ContainerStatus): ContainerStateTerminated | [] {
  return state?.terminated ?? lastState?.terminated ?? [];
}

function hasFailed({ exitCode }: ContainerStateTerminated): boolean {
  return exitCode !== 0;
}
