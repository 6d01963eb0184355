import type { Pod } from "../../machines/api/pod.ts";
import type { PodStatus } from "../../machines/api/pod-status.ts";
import type { Allocation } from "../../machines/kubelet/resize-allocation.ts";
import type { ResizeConditions } from "../../machines/kubelet/resize-conditions.ts";
import type { RuntimeStatus } from "../../machines/kubelet/runtime-status.ts";
import type { CachedStatus } from "../../machines/kubelet/status-cache.ts";
import type { Receiver } from "./composition.ts";
import type { KillNotes } from "./kill-notes.ts";
import type { ProbeNotes } from "./probe-notes.ts";
import type { PullHistory, RestartNotes } from "./pull-notes.ts";
import type { PodUsage } from "./usage-notes.ts";

/** A pod as its kubelet and its runtime know it; immutable, replaced as a whole. */
export interface PodSide {
  readonly uid: string;
  readonly node: string;
  /** The object as the kubelet last saw it. */
  readonly pod: Pod;
  /** What the runtime has: written by the facts. */
  readonly runtime: RuntimeStatus;
  /** What the last relist saw of it. */
  readonly cache: RuntimeStatus;
  /** The cache as the sync under way was given it. */
  readonly podStatus?: RuntimeStatus | undefined;
  /** The status being put together from the cache. */
  readonly generated: PodStatus | undefined;
  /** The status is generated with the knowledge that nothing runs any more. */
  readonly podIsTerminal: boolean;
  /** The status manager's entry. */
  readonly staged: CachedStatus | undefined;
  /** The status that the last PATCH has left at the API. */
  readonly sent?: PodStatus | undefined;
  /** What the entry becomes with the generated status; undefined when that is no news. */
  readonly next?: CachedStatus | undefined;
  /** What the node has given its containers, once that is not what its spec first said. */
  readonly allocation?: Allocation | undefined;
  readonly resize?: ResizeConditions | undefined;
  /** The reason cache: why the last start of a container failed. */
  readonly reasons: Readonly<Record<string, WaitingReason>>;
  /** The eviction's or admission's word for `status.reason` and `status.message`. */
  readonly verdict: PodVerdict | undefined;
  /** How many containers and sandboxes the runtime has made for it; ids come from them. */
  readonly made: number;
  /** How often a sandbox was asked for. */
  readonly sandboxAttempts?: number;
  /** TerminatePod has run: the object may be deleted. */
  readonly isFinished: boolean;
  /** SyncTerminatingPod has stopped every container. */
  readonly isStopped: boolean;
  /** The kubelet has stopped since it added the pod, and has not added it again. */
  readonly isForgotten?: boolean;
  /** The probe workers that exist. */
  readonly probes: ProbeNotes;
  /** When the first back-off that a sync waits for ends, virtual milliseconds. */
  readonly backOffUntilMs: number | undefined;
  /** Names of the volumes that are mounted. */
  readonly mounted: readonly string[];
  /** By container: how its process goes on, which only the runtime knows. */
  readonly processes: Readonly<Record<string, ProcessLife>>;
  readonly kills?: KillNotes | undefined;
  /** By image as its containers write it. */
  readonly imagePulls?: Readonly<Record<string, PullHistory>>;
  /** By container. */
  readonly restarts?: Readonly<Record<string, RestartNotes>>;
  readonly usage?: PodUsage | undefined;
}

/**
 * A pod of which nothing has happened. Every field is there from the beginning, in one order: so
 * engines copy sides fastest, and a side that was saved and loaded is written as before.
 */
export function newSide(own: Pick<PodSide, "uid" | "node" | "pod">): PodSide {
  const { uid, node, pod } = own;
  return { uid, node, pod, ...untouched };
}

const untouched: Omit<PodSide, "uid" | "node" | "pod"> = {
  runtime: {},
  cache: {},
  podStatus: undefined,
  generated: undefined,
  podIsTerminal: false,
  staged: undefined,
  sent: undefined,
  next: undefined,
  reasons: {},
  verdict: undefined,
  made: 0,
  allocation: undefined,
  resize: undefined,
  sandboxAttempts: 0,
  isFinished: false,
  isStopped: false,
  isForgotten: false,
  probes: {},
  backOffUntilMs: undefined,
  mounted: [],
  processes: {},
  kills: undefined,
  imagePulls: {},
  restarts: {},
  usage: undefined,
};

/** A running process, as the environment has decided about it. */
export interface ProcessLife {
  /** When it will exit by itself, virtual milliseconds; null: never. */
  readonly exitsAtMs: number | null;
  readonly exitCode: number;
  readonly startedAtMs: number;
  /** How often this container has been started, from 1. */
  readonly run: number;
  readonly isRunning: boolean;
  /** The last command that a hook ran in it. */
  readonly hook?: HookCall;
}

/** A hook's command or request under way. */
export interface HookCall {
  /** Who waits for it. */
  readonly by: Receiver;
  readonly hook: "preStop" | "postStart";
  readonly startedAtMs: number;
  readonly endsAtMs: number;
}

/** What `state.waiting` says. */
export interface WaitingReason {
  readonly reason: string;
  readonly message: string;
}

/** The last word on a pod that an eviction, preemption or admission has ended. */
export interface PodVerdict extends WaitingReason {
  /** `DisruptionTarget`'s message, when the condition is to be set. */
  readonly disruption?: { readonly reason: string; readonly message: string };
}

/** What of a pod is other when its kubelet has stopped: all that it only had in memory. */
export function withoutMemory({ runtime }: PodSide): Partial<PodSide> {
  return {
    cache: runtime,
    generated: undefined,
    podIsTerminal: false,
    staged: undefined,
    next: undefined,
    reasons: {},
    verdict: undefined,
    isForgotten: true,
    resize: undefined,
    probes: {},
    kills: { containers: {}, failures: [] },
    isStopped: false,
    isFinished: false,
    backOffUntilMs: undefined,
    mounted: [],
    restarts: {},
    imagePulls: {},
  };
}
