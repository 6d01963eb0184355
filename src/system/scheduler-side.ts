import type { Handle } from "../../machines/scheduler/framework/handle.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { Snapshot } from "../../machines/scheduler/framework/snapshot.ts";
import type { PodInfo } from "../../machines/scheduler/framework/pod-info.ts";
import type { PostFiltered } from "../../machines/scheduler/post-filter.ts";
import type { QueueEvent } from "../../machines/scheduler/queue/queueing-strategy.ts";
import type { Attempt } from "../../machines/scheduler/schedule-one.ts";
import { type ActivePod, ActiveQueue } from "./active-queue.ts";
import { SchedulerCache } from "./scheduler-cache.ts";

/** A pod without a node as the scheduler remembers it; framework/types.go QueuedPodInfo. */
export interface QueuedPod {
  readonly podInfo: PodInfo;
  /** Where its queue's machine said last that it is. */
  readonly place: Place;
  /** Milliseconds since 1970 when it came, or when its last attempt ended. */
  readonly timestampMs: number;
  readonly attempts: number;
  readonly unschedulableCount: number;
  readonly consecutiveErrorsCount: number;
  /** Once somebody has asked. */
  readonly backoffUntilMs?: number | undefined;
  readonly unschedulablePlugins: readonly string[];
  readonly gatingPlugin?: string | undefined;
  /** What the end of its last attempt means for it. */
  readonly requeue?: Requeue | undefined;
}

export type Place =
  | "absent"
  | "gated"
  | "unschedulable"
  | "backoff"
  | "errorBackoff"
  | "active"
  | "inFlight"
  | "binding";

export interface Requeue {
  /** Nothing that happened since can help it. */
  readonly isSkipped: boolean;
  /** A PreEnqueue plugin refuses it. */
  readonly isGated: boolean;
  /** By plugins; else it was an error. */
  readonly isRejected: boolean;
}

/** A pod that is being tried, or what has happened since; active_queue.go inFlightEvents. */
export type InFlight = { readonly uid: string } | { readonly happened: QueueEvent };

/** A pod that waits for room on a node; nominator.go. */
export interface Nomination {
  readonly nodeName: string;
  readonly key: string;
  readonly pod: Pod;
}

/** The attempt under way; what has come of it can be found out again from what was seen then. */
export interface AttemptUnderWay {
  readonly key: string;
  readonly podInfo: PodInfo;
  readonly attempt?: Attempt;
  /** What plugins were shown; nobody saves it. */
  readonly handle?: Handle;
  readonly seen?: SeenNodes;
  readonly postFiltered?: PostFiltered;
  readonly seenByPostFilter?: SeenNodes;
}

/** What plugins saw of nodes at a moment. */
export interface SeenNodes {
  readonly snapshot: Snapshot;
  readonly nominations: readonly Nomination[];
}

/**
 * Pods that have to make room for another, which goes on beside the attempts;
 * framework/preemption/preemption.go Evaluator.
 */
export interface PreemptionUnderWay {
  readonly preemptor: Pod;
  readonly nodeName: string;
  /** Those that were not told to go yet. */
  readonly victims: readonly Pod[];
  readonly losesNomination: readonly Pod[];
  /** Those for whom the API server has not answered yet. */
  readonly asked: readonly Pod[];
  /** The one that is asked for when all others have been told; lastVictimsPendingPreemption. */
  readonly lastVictim?: Pod;
}

/** All that one scheduler has in memory. */
export class SchedulerSide {
  cache = new SchedulerCache();
  /** By `namespace/name`, with the node: the API server does not know yet. */
  assumed: ReadonlyMap<string, Pod> = new Map();
  inFlight: readonly InFlight[] = [];
  nominations: readonly Nomination[] = [];
  nextStartNodeIndex = 0;
  attempt: AttemptUnderWay | undefined;
  /** The pod of the last attempt that has ended. */
  ended = "";
  /** That attempt itself, for who wants to know why; no part of what is saved. */
  last: AttemptUnderWay | undefined;
  /** By which pod: at most one each, because it is not tried meanwhile. */
  preemptions: readonly PreemptionUnderWay[] = [];
  #queue = new Map<string, QueuedPod>();
  /** How many of them may be helped by what happens. */
  #waiting = 0;
  #backingOff = 0;
  /** Those that may be tried, and who came first; undefined until somebody asks. */
  #active: ActiveQueue | undefined;
  #orders = new Map<string, number>();
  #came = 0;
  #isShared = false;

  get queue(): ReadonlyMap<string, QueuedPod> {
    return this.#queue;
  }

  setQueued(key: string, queued: QueuedPod | undefined): void {
    if (this.#isShared) this.#queue = new Map(this.#queue);
    this.#isShared = false;
    const before = this.#queue.get(key);
    this.#waiting += mayWait(queued) - mayWait(before);
    this.#backingOff += Number(queued?.place === "backoff") - Number(before?.place === "backoff");
    if (queued === undefined) this.#queue.delete(key);
    else this.#queue.set(key, queued);
    if (this.#active === undefined) return;
    if (queued === undefined) this.#orders.delete(key);
    else this.#line(this.#active, key, queued);
  }

  /** The first in line of those that may be tried. */
  firstActive(): string | undefined {
    if (this.#active === undefined) {
      this.#active = new ActiveQueue();
      this.#orders = new Map();
      for (const [key, queued] of this.#queue) this.#line(this.#active, key, queued);
    }
    return this.#active.first((pod) => {
      const queued = this.#queue.get(pod.key);
      if (queued?.place !== "active" || this.#orders.get(pod.key) !== pod.order) return false;
      return queued.timestampMs === pod.timestampMs && priorityOf(queued) === pod.priority;
    });
  }

  get isAnyBackingOff(): boolean {
    return this.#backingOff > 0;
  }

  #line(active: ActiveQueue, key: string, queued: QueuedPod): void {
    const order = this.#orders.get(key) ?? this.#came++;
    this.#orders.set(key, order);
    if (queued.place !== "active") return;
    const pod: ActivePod = {
      key,
      priority: priorityOf(queued),
      timestampMs: queued.timestampMs,
      order,
    };
    active.push(pod);
  }

  /** Whether it could matter to anybody what happens, but to who is being tried. */
  get isAnyWaiting(): boolean {
    const trying = this.attempt && this.#queue.get(this.attempt.key);
    return this.#waiting > (trying?.place === "inFlight" ? 1 : 0);
  }

  changeQueued(key: string, change: Partial<QueuedPod>): void {
    const queued = this.#queue.get(key);
    if (queued !== undefined) this.setQueued(key, { ...queued, ...change });
  }

  /** Its process has ended: another one begins with nothing. */
  restart(): void {
    const { cache, assumed, inFlight, nominations, nextStartNodeIndex, attempt } =
      new SchedulerSide();
    Object.assign(this, { cache, assumed, inFlight, nominations, nextStartNodeIndex, attempt });
    Object.assign(this, { ended: "", last: undefined, preemptions: [] });
    this.#queue = new Map();
    [this.#waiting, this.#backingOff] = [0, 0];
    this.#active = undefined;
    this.#orders = new Map();
    this.#came = 0;
    this.#isShared = false;
  }

  fork(): SchedulerSide {
    const copy = new SchedulerSide();
    Object.assign(copy, this, { cache: this.cache.fork() });
    copy.#queue = this.#queue;
    copy.#waiting = this.#waiting;
    copy.#backingOff = this.#backingOff;
    copy.#isShared = true;
    this.#isShared = true;
    return copy;
  }
}

/** component-helpers scheduling/corev1/helpers.go PodPriority */
export function priorityOf({ podInfo }: Pick<QueuedPod, "podInfo">): number {
  return podInfo.pod.spec.priority ?? 0;
}

/** 1 for a pod that was refused, or may have been just now. */
function mayWait(queued: QueuedPod | undefined): 0 | 1 {
  return queued !== undefined && waitingPlaces.has(queued.place) ? 1 : 0;
}

const waitingPlaces: ReadonlySet<Place> = new Set(["unschedulable", "gated", "inFlight"]);
