import { formatTime } from "../../machines/api/time.ts";
import type { Node } from "../../machines/api/node.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { PodStatus } from "../../machines/api/pod-status.ts";
import { assert } from "../../machines/assert.ts";
import type { EvictionConfiguration } from "../../machines/kubelet/eviction-settings.ts";
import type { PressureCondition } from "../../machines/kubelet/eviction-signals.ts";
import type {
  CredentialsConfiguration,
  PulledRecord,
} from "../../machines/kubelet/pulled-record.ts";
import type { PullConfiguration } from "../../machines/kubelet/pull-limits.ts";
import type { RestartBackOffConfiguration } from "../../machines/kubelet/restart-back-off.ts";
import type { RuntimeStatus } from "../../machines/kubelet/runtime-status.ts";
import type { CachedStatus } from "../../machines/kubelet/status-cache.ts";
import { keyOf, Store } from "../store/store.ts";
import type { Receiver, World } from "./composition.ts";
import type { EventLog, EventSource } from "./event-correlator.ts";
import { recordEvent } from "./event-recorder.ts";
import type { EvictionNotes } from "./eviction-notes.ts";
import type { KillNotes } from "./kill-notes.ts";
import type { ProbeNotes } from "./probe-notes.ts";
import type { PullHistory, PullTurn, RestartNotes } from "./pull-notes.ts";
import type { NodeMachine, PodUsage } from "./usage-notes.ts";

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
  /** The status being put together from the cache. */
  readonly generated: PodStatus | undefined;
  /** The status is generated with the knowledge that nothing runs any more. */
  readonly podIsTerminal: boolean;
  /** The status manager's entry. */
  readonly staged: CachedStatus | undefined;
  /** What the entry becomes with the generated status; undefined when that is no news. */
  readonly next?: CachedStatus | undefined;
  /** The reason cache: why the last start of a container failed. */
  readonly reasons: Readonly<Record<string, WaitingReason>>;
  /** The eviction's or admission's word for `status.reason` and `status.message`. */
  readonly verdict: PodVerdict | undefined;
  /** How many containers and sandboxes the runtime has made for it; ids come from them. */
  readonly made: number;
  /** TerminatePod has run: the object may be deleted. */
  readonly isFinished: boolean;
  /** SyncTerminatingPod has stopped every container. */
  readonly isStopped: boolean;
  /** The probe workers that exist. */
  readonly probes: ProbeNotes;
  /** When the first back-off that a sync waits for ends, virtual milliseconds. */
  readonly backOffUntilMs: number | undefined;
  /** Names of the volumes that are mounted. */
  readonly mounted: readonly string[];
  /** By container: how its process goes on, which only the runtime knows. */
  readonly processes: Readonly<Record<string, ProcessLife>>;
  readonly kills?: KillNotes;
  /** By image as its containers write it. */
  readonly imagePulls?: Readonly<Record<string, PullHistory>>;
  /** By container. */
  readonly restarts?: Readonly<Record<string, RestartNotes>>;
  readonly usage?: PodUsage;
}

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

export interface HookCall {
  /** Who waits for it. */
  readonly by: Receiver;
  readonly hook: "preStop" | "postStart";
  readonly startedAtMs: number;
  readonly endsAtMs: number;
}

export interface WaitingReason {
  readonly reason: string;
  readonly message: string;
}

export interface PodVerdict extends WaitingReason {
  /** `DisruptionTarget`'s message, when the condition is to be set. */
  readonly disruption?: { readonly reason: string; readonly message: string };
}

/** A node as its own machine knows it; immutable, replaced as a whole. */
export interface NodeSide {
  readonly name: string;
  /** Images that the runtime has, as it names them. */
  readonly images: readonly string[];
  /** When its kubelet started, virtual milliseconds. */
  readonly kubeletStartedAt: number;
  /** The kernel ends all processes of a container at once: cgroup v2 without singleProcessOOMKill. */
  readonly killsGroup: boolean;
  /** Where in each second the PLEG relists, milliseconds. */
  readonly relistPhaseMs: number;
  readonly networkIsReady: boolean;
  readonly ip: string;
  /** How many sandboxes have had an address of the node's range. */
  readonly addresses: number;
  /** Keys of the pods that its kubelet has taken on. */
  readonly pods: readonly string[];
  /** Pressure conditions that the eviction manager has told the kubelet. */
  readonly pressure: readonly PressureCondition[];
  /** The kubelet runs. */
  readonly isWatching: boolean;
  /** Containers that wait for a pull, in the order of asking. */
  readonly pulls?: readonly PullTurn[];
  /** What the kubelet has written down of its pulls, by image. */
  readonly pulledRecords?: Readonly<Record<string, PulledRecord>>;
  readonly configuration?: NodeConfiguration;
  readonly machine?: NodeMachine;
  readonly eviction?: EvictionNotes;
  /** When images came that were not there at first, virtual milliseconds. */
  readonly pulledAtMs?: Readonly<Record<string, number>>;
}

/** What of its KubeletConfiguration a node's machines are made with; absent: the default. */
export interface NodeConfiguration
  extends PullConfiguration,
    CredentialsConfiguration,
    RestartBackOffConfiguration,
    EvictionConfiguration {
  /** A duration in Go's words. */
  readonly nodeStatusUpdateFrequency?: string;
  readonly imageMinimumGCAge?: string;
}

export interface SavedWorld {
  readonly epochMs: number;
  readonly objects: ReturnType<Store["objects"]>;
  readonly revision: number;
  readonly pods: readonly (readonly [string, PodSide])[];
  readonly nodes: readonly (readonly [string, NodeSide])[];
  readonly logs: readonly (readonly [string, EventLog])[];
}

/** Objects, runtime records, PLEG caches and nodes: all that projections write and views read. */
export class KubeWorld implements World<KubeWorld> {
  readonly store: Store;
  /** The wall clock at virtual time 0, in ms since 1970. */
  readonly epochMs: number;
  #pods: Map<string, PodSide>;
  #nodes: Map<string, NodeSide>;
  #logs: Map<string, EventLog>;
  #removed: (readonly [string, PodSide])[] = [];
  #halted: (readonly [string, PodSide])[] = [];
  #shared = false;

  constructor(epochMs: number, store = new Store()) {
    this.epochMs = epochMs;
    this.store = store;
    this.#pods = new Map();
    this.#nodes = new Map();
    this.#logs = new Map();
  }

  /** RFC 3339 text of a virtual time. */
  time(nowMs: number): string {
    return formatTime(this.epochMs + nowMs);
  }

  /** The API object; undefined once it is gone. */
  pod(key: string): Pod | undefined {
    const object = this.store.get("Pod", key);
    return object !== undefined && isPod(object) ? object : undefined;
  }

  nodeObject(name: string): Node | undefined {
    const object = this.store.get("Node", name);
    return object !== undefined && isNode(object) ? object : undefined;
  }

  findSide(key: string): PodSide | undefined {
    return this.#pods.get(key);
  }

  /** The kubelet's side of a pod that one of its actors speaks for. */
  side(key: string | undefined): PodSide {
    const side = key === undefined ? undefined : this.#pods.get(key);
    assert(side !== undefined, "a pod with actors is known to its kubelet");
    return side;
  }

  sides(): IterableIterator<[string, PodSide]> {
    return this.#pods.entries();
  }

  addSide(key: string, side: PodSide): void {
    this.#own();
    this.#pods.set(key, side);
    const node = this.node(side.node);
    this.setNode({ ...node, pods: [...node.pods, key] });
  }

  change(key: string | undefined, change: Partial<PodSide>): PodSide {
    const side = { ...this.side(key), ...change };
    this.#own();
    if (key !== undefined) this.#pods.set(key, side);
    return side;
  }

  /** The kubelet forgets a pod; its actors end with it. */
  removeSide(key: string): void {
    const side = this.side(key);
    const node = this.node(side.node);
    this.setNode({ ...node, pods: node.pods.filter((pod) => pod !== key) });
    this.#pods.delete(key);
    this.#removed.push([key, side]);
  }

  /** What a kubelet has only in memory is lost when it stops; the pod and its records stay. */
  forgetKubeletSide(key: string): void {
    const side = this.side(key);
    this.change(key, {
      cache: side.runtime,
      generated: undefined,
      podIsTerminal: false,
      staged: undefined,
      next: undefined,
      reasons: {},
      probes: {},
      kills: { containers: {}, failures: [] },
      isStopped: false,
      isFinished: false,
      backOffUntilMs: undefined,
      mounted: [],
      restarts: {},
      imagePulls: {},
    });
    this.#halted.push([key, side]);
  }

  /** The pods whose kubelet has stopped since the last call. */
  takeHalted(): readonly (readonly [string, PodSide])[] {
    if (this.#halted.length === 0) return nothingRemoved;
    const halted = this.#halted;
    this.#halted = [];
    return halted;
  }

  /** The pods that were forgotten since the last call. */
  takeRemoved(): readonly (readonly [string, PodSide])[] {
    if (this.#removed.length === 0) return nothingRemoved;
    const removed = this.#removed;
    this.#removed = [];
    return removed;
  }

  node(name: string | undefined): NodeSide {
    const node = name === undefined ? undefined : this.#nodes.get(name);
    assert(node !== undefined, "a bound pod names an existing node");
    return node;
  }

  setNode(node: NodeSide): void {
    this.#own();
    this.#nodes.set(node.name, node);
  }

  nodes(): IterableIterator<NodeSide> {
    return this.#nodes.values();
  }

  /** Milliseconds to the node's next relist, more than 0. */
  untilRelistMs(node: string, nowMs: number): number {
    const { relistPhaseMs } = this.node(node);
    return (
      relistPeriodMs -
      ((((nowMs - relistPhaseMs) % relistPeriodMs) + relistPeriodMs) % relistPeriodMs)
    );
  }

  /** Records an Event about an object, as the component's recorder would. */
  record(nowMs: number, source: EventSource): void {
    const { kind, uid = "", name } = source.about;
    const key = `${kind}/${uid}/${name}`;
    const { log, write } = recordEvent(this.#logs.get(key), source, this.epochMs + nowMs);
    this.#own();
    this.#logs.set(key, log);
    if (write === undefined) return;
    const { event, patch } = write;
    const before = patch && this.store.get("Event", keyOf(event));
    this.store.put(before === undefined ? event : { ...before, ...patch });
  }

  fork(): KubeWorld {
    const copy = new KubeWorld(this.epochMs, this.store.fork());
    copy.#pods = this.#pods;
    copy.#nodes = this.#nodes;
    copy.#logs = this.#logs;
    copy.#shared = true;
    this.#shared = true;
    return copy;
  }

  save(): SavedWorld {
    const { store, epochMs } = this;
    const [pods, nodes, logs] = [[...this.#pods], [...this.#nodes], [...this.#logs]];
    return { epochMs, objects: store.objects(), revision: store.revision, pods, nodes, logs };
  }

  static load({ epochMs, objects, revision, pods, nodes, logs }: SavedWorld): KubeWorld {
    const world = new KubeWorld(epochMs, new Store(objects, revision));
    world.#pods = new Map(pods.map(([key, side]) => [key, sharing(side, world.pod(key))]));
    world.#nodes = new Map(nodes);
    world.#logs = new Map(logs);
    return world;
  }

  #own(): void {
    if (!this.#shared) return;
    this.#pods = new Map(this.#pods);
    this.#nodes = new Map(this.#nodes);
    this.#logs = new Map(this.#logs);
    this.#shared = false;
  }
}

/** pkg/kubelet/kubelet.go genericPlegRelistPeriod */
const relistPeriodMs = 1_000;

const nothingRemoved: readonly (readonly [string, PodSide])[] = [];

/** A kubelet's copy is the stored object itself, as long as both are of one revision. */
function sharing(side: PodSide, stored: Pod | undefined): PodSide {
  if (stored === undefined || stored.metadata.uid !== side.uid) return side;
  const { resourceVersion } = side.pod.metadata;
  return stored.metadata.resourceVersion === resourceVersion ? { ...side, pod: stored } : side;
}

function isPod(object: { readonly kind: string }): object is Pod {
  return object.kind === "Pod";
}

function isNode(object: { readonly kind: string }): object is Node {
  return object.kind === "Node";
}
