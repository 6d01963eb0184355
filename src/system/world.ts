import { formatTime } from "../../machines/api/time.ts";
import type { Node } from "../../machines/api/node.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { PodStatus } from "../../machines/api/pod-status.ts";
import { assert } from "../../machines/assert.ts";
import type { RuntimeStatus } from "../../machines/kubelet/runtime-status.ts";
import { Store } from "../store/store.ts";
import type { World } from "./composition.ts";
import { type EventLog, type EventSource, recordEvent } from "./event-recorder.ts";

/** What a probe last told the kubelet; absent: nothing yet. */
export type ProbeResult = "success" | "failure" | "unknown";
export type ProbeKind = "startup" | "liveness" | "readiness";

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
  /** The status manager's entry. */
  readonly staged: PodStatus | undefined;
  /** The reason cache: why the last start of a container failed. */
  readonly reasons: Readonly<Record<string, WaitingReason>>;
  readonly probeResults: Readonly<Record<string, Partial<Record<ProbeKind, ProbeResult>>>>;
  /** The eviction's or admission's word for `status.reason` and `status.message`. */
  readonly verdict: PodVerdict | undefined;
  /** How many containers and sandboxes the runtime has made for it; ids come from them. */
  readonly made: number;
  /** TerminatePod has run: the object may be deleted. */
  readonly isFinished: boolean;
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
  }

  change(key: string | undefined, change: Partial<PodSide>): PodSide {
    const side = { ...this.side(key), ...change };
    this.#own();
    if (key !== undefined) this.#pods.set(key, side);
    return side;
  }

  removeSide(key: string): void {
    this.#own();
    this.#pods.delete(key);
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

  /** Records an Event about an object, as the component's recorder would. */
  record(nowMs: number, source: EventSource): void {
    const { kind, uid = "", name } = source.about;
    const key = `${kind}/${uid}/${name}`;
    const { log, event } = recordEvent(this.#logs.get(key), source, this.epochMs, nowMs);
    this.#own();
    this.#logs.set(key, log);
    if (event !== undefined) this.store.put(event);
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
    world.#pods = new Map(pods);
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

function isPod(object: { readonly kind: string }): object is Pod {
  return object.kind === "Pod";
}

function isNode(object: { readonly kind: string }): object is Node {
  return object.kind === "Node";
}
