import type { Node, Taint } from "../../machines/api/node.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { Deployment, ReplicaSet } from "../../machines/api/workload-objects.ts";
import type { EndpointsView } from "../../machines/controllers/endpoint/sync-endpoints.ts";
import type { TriggerTimes } from "../../machines/controllers/endpoint/trigger-time.ts";
import type { ServiceView } from "../../machines/controllers/endpointslice/sync-service.ts";
import type { ControlleeExpectations } from "../../machines/controllers/expectations.ts";
import type { NodeLifecycleView } from "../../machines/controllers/node-lifecycle/monitor-node-health.ts";
import type { SavedNodeLifecycle } from "../../machines/controllers/node-lifecycle/saved-memory.ts";
import type { ApiAnswer, ApiRequest } from "../../machines/controllers/sync.ts";
import type { TimedWork } from "../../machines/controllers/taint-eviction/process-pod.ts";

/** What a controller knows of a key from one sync to the next. */
export type Memory =
  | ({ readonly of: "nodeLifecycle" } & SavedNodeLifecycle)
  /** A deletion that is planned, in ms since 1970. */
  | { readonly of: "taintEviction"; readonly work: TimedWork };

/** What a controller's caches held of a key when its sync began. */
export type Caches =
  | {
      readonly controller: "replicaSet";
      readonly replicaSet: ReplicaSet;
      readonly replicaSets: readonly ReplicaSet[];
      readonly pods: readonly Pod[];
      readonly expectations?: ControlleeExpectations;
    }
  | {
      readonly controller: "deployment";
      readonly deployment: Deployment;
      readonly replicaSets: readonly ReplicaSet[];
      readonly pods: readonly Pod[];
    }
  | ({ readonly controller: "endpoints" } & EndpointsView)
  /** Of a service that is gone. */
  | { readonly controller: "endpoints"; readonly namespace: string; readonly name: string }
  | ({ readonly controller: "endpointSlice" } & ServiceView)
  | NodeLifecycleCaches
  | { readonly controller: "nodeTaint"; readonly node: Node }
  | TaintEvictionCaches;

export interface NodeLifecycleCaches extends Omit<NodeLifecycleView, "nowMs" | "renewTimes"> {
  readonly controller: "nodeLifecycle";
  readonly memory: SavedNodeLifecycle;
  readonly renewTimes: readonly (readonly [string, string])[];
  /** The pass over all nodes is due, too. */
  readonly isMonitoring: boolean;
  /** Nodes whose leases nobody renews. */
  readonly silent: readonly string[];
}

export interface TaintEvictionCaches {
  readonly controller: "taintEviction";
  /** Of a pod that is gone its names alone. */
  readonly pod: Pod;
  readonly isGone: boolean;
  /** Undefined when its node is not known. */
  readonly taints: readonly Taint[] | undefined;
  readonly planned: TimedWork | undefined;
}

/** What a sync began with, and what has been answered since. */
export interface SyncUnderWay {
  /** Without any there was nothing to do. */
  readonly caches?: Caches;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** One list for each round of requests. */
  readonly answers: readonly (readonly ApiAnswer[])[];
  /** What it asks for next; none when it has ended. */
  readonly asks: readonly ApiRequest[];
  /** How long the controller's client holds them back, in milliseconds. */
  readonly heldBackMs?: number;
  readonly end?: SyncEnded;
}

export interface SyncEnded {
  readonly error?: string;
  readonly requeueAfterMs?: number;
  /** What is to be remembered of a service. */
  readonly triggerTimes?: TriggerTimes;
  readonly memory?: Memory;
}

export interface SavedControllers {
  readonly expectations: readonly (readonly [string, ControlleeExpectations])[];
  readonly syncs: readonly (readonly [string, SyncUnderWay])[];
  readonly clients: readonly (readonly [string, number])[];
  readonly triggerTimes: readonly (readonly [string, TriggerTimes])[];
  readonly memories: readonly (readonly [string, Memory])[];
  readonly running: readonly string[];
}

/**
 * What a controller's client lets through: the QPS and Burst of kube-controller-manager,
 * pkg/controller/apis/config/v1alpha1/defaults.go.
 */
const client = { intervalMs: 1_000 / 20, burst: 30 };

/** All that the controllers have in memory beside their queues. */
export class ControllersSide {
  #expectations: ReadonlyMap<string, ControlleeExpectations> = new Map();
  #syncs: ReadonlyMap<string, SyncUnderWay> = new Map();
  /** By controller, when its client may send a whole burst again, in virtual milliseconds. */
  #clients: ReadonlyMap<string, number> = new Map();
  #triggerTimes: ReadonlyMap<string, TriggerTimes> = new Map();
  #memories: ReadonlyMap<string, Memory> = new Map();
  #running: ReadonlySet<string>;

  constructor(running: Iterable<string> = []) {
    this.#running = new Set(running);
  }

  /** Whether a controller that a cluster may do without is there, by its machine. */
  runs(machine: string): boolean {
    return this.#running.has(machine);
  }

  /** By the ReplicaSet's `namespace/name`. */
  expectationsOf(key: string): ControlleeExpectations | undefined {
    return this.#expectations.get(key);
  }

  /** Of what nothing is awaited any more, nothing is kept: it would count for nobody. */
  setExpectations(key: string, expectations: ControlleeExpectations | undefined): void {
    const kept = isAwaited(expectations) ? expectations : undefined;
    if (kept === this.expectationsOf(key)) return;
    this.putExpectations(key, kept);
  }

  protected putExpectations(key: string, expectations: ControlleeExpectations | undefined): void {
    this.#expectations = changed(this.#expectations, key, expectations);
  }

  /** By the machine's address. */
  sync(address: string): SyncUnderWay | undefined {
    return this.#syncs.get(address);
  }

  setSync(address: string, sync: SyncUnderWay | undefined): void {
    this.#syncs = changed(this.#syncs, address, sync);
  }

  /** What a controller of endpoints saw of a service in its last sync, by the machine's address. */
  triggerTimes(address: string): TriggerTimes | undefined {
    return this.#triggerTimes.get(address);
  }

  setTriggerTimes(address: string, times: TriggerTimes | undefined): void {
    if (times === this.#triggerTimes.get(address)) return;
    this.#triggerTimes = changed(this.#triggerTimes, address, times);
  }

  /** What a controller remembers of a key, by the machine's address. */
  memory(address: string): Memory | undefined {
    return this.#memories.get(address);
  }

  setMemory(address: string, memory: Memory | undefined): void {
    if (memory === this.#memories.get(address)) return;
    this.#memories = changed(this.#memories, address, memory);
  }

  /** How long a controller's client holds back the last of so many requests, in milliseconds. */
  reserve(controller: string, requests: number, nowMs: number): number {
    const restsAt = Math.max(this.restsAt(controller), nowMs) + requests * client.intervalMs;
    this.setRest(controller, restsAt);
    return Math.max(0, restsAt - nowMs - client.burst * client.intervalMs);
  }

  protected restsAt(controller: string): number {
    return this.#clients.get(controller) ?? 0;
  }

  protected setRest(controller: string, atMs: number): void {
    this.#clients = changed(this.#clients, controller, atMs);
  }

  fork(): ControllersSide {
    const copy = new ControllersSide();
    copy.#running = this.#running;
    copy.#memories = this.#memories;
    copy.#clients = this.#clients;
    copy.#expectations = this.#expectations;
    copy.#syncs = this.#syncs;
    copy.#triggerTimes = this.#triggerTimes;
    return copy;
  }

  save(): SavedControllers {
    return {
      expectations: [...this.#expectations],
      syncs: [...this.#syncs],
      clients: [...this.#clients],
      triggerTimes: [...this.#triggerTimes],
      memories: [...this.#memories],
      running: [...this.#running],
    };
  }

  static load(saved: SavedControllers): ControllersSide {
    const { expectations, syncs, clients, triggerTimes, memories, running } = saved;
    const side = new ControllersSide(running);
    side.#memories = new Map(memories);
    side.#clients = new Map(clients);
    side.#expectations = new Map(expectations);
    side.#syncs = new Map(syncs);
    side.#triggerTimes = new Map(triggerTimes);
    return side;
  }
}

function isAwaited(expectations: ControlleeExpectations | undefined): boolean {
  return expectations !== undefined && (expectations.add > 0 || expectations.del > 0);
}

function changed<Value>(map: ReadonlyMap<string, Value>, key: string, value: Value | undefined) {
  const copy = new Map(map);
  if (value === undefined) copy.delete(key);
  else copy.set(key, value);
  return copy;
}
