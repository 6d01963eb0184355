import type { StoreChange } from "../store/change.ts";
import type { Receiver } from "./composition.ts";
import type { CustomResourceDefinition } from "../../machines/api/extension-objects.ts";
import type { KubeObject } from "../../machines/api/meta.ts";
import type { Node, Taint } from "../../machines/api/node.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { Deployment, ReplicaSet } from "../../machines/api/workload-objects.ts";
import type { EndpointsView } from "../../machines/controllers/endpoint/sync-endpoints.ts";
import type { TriggerTimes } from "../../machines/controllers/endpoint/trigger-time.ts";
import type { ServiceView } from "../../machines/controllers/endpointslice/sync-service.ts";
import type { ControlleeExpectations } from "../../machines/controllers/expectations.ts";
import type { NamespaceView } from "../../machines/controllers/namespace/namespaced-resources-deleter.ts";
import type { NodeLifecycleView } from "../../machines/controllers/node-lifecycle/monitor-node-health.ts";
import type { SavedNodeLifecycle } from "../../machines/controllers/node-lifecycle/saved-memory.ts";
import type { ApiAnswer, ApiRequest } from "../../machines/controllers/sync.ts";
import type { PodGCView, Quarantined } from "../../machines/controllers/pod-gc/gc.ts";
import type {
  Candidacy,
  Observed,
} from "../../machines/controllers/leader-election/leader-election.ts";
import type { ResourceQuotaView } from "../../machines/controllers/resource-quota/sync-resource-quota.ts";
import type { RootCaView } from "../../machines/controllers/root-ca-cert-publisher/publish-root-ca.ts";
import type { ServiceAccountView } from "../../machines/controllers/service-account/sync-namespace.ts";
import type { ObjectIdentity } from "../../machines/controllers/garbage-collector/graph-node.ts";
import type { CustomControllers } from "./custom-controller.ts";
import type { TimedWork } from "../../machines/controllers/taint-eviction/process-pod.ts";

/** What a controller knows of a key from one sync to the next. */
export type Memory =
  | ({ readonly of: "nodeLifecycle" } & SavedNodeLifecycle)
  /** A deletion that is planned, in ms since 1970. */
  | { readonly of: "taintEviction"; readonly work: TimedWork }
  | { readonly of: "podGc"; readonly quarantine: readonly Quarantined[] }
  /** Of one process: another one of the same host is another candidate. */
  | {
      readonly of: "leaderElection";
      readonly identity: string;
      readonly observed: Observed | undefined;
    };

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
  | TaintEvictionCaches
  | { readonly controller: "crdFinalizer"; readonly definition: CustomResourceDefinition }
  | ({ readonly controller: "namespace" } & Omit<NamespaceView, "nowMs">)
  | ({ readonly controller: "podGc"; readonly epochMs: number } & Omit<PodGCView, "nowMs">)
  | ({ readonly controller: "serviceAccount" } & ServiceAccountView)
  | ({ readonly controller: "rootCaCertPublisher" } & RootCaView)
  | ({ readonly controller: "resourceQuota" } & Omit<ResourceQuotaView, "nowMs">)
  | (Omit<Candidacy, "nowMs"> & {
      readonly controller: "leaderElection";
      readonly does: "attempt" | "release";
      /** How long it waits if it does not get the Lease. */
      readonly retryMs: number;
    })
  /** Of a controller of somebody's own. */
  | {
      readonly controller: "custom";
      readonly machine: string;
      readonly object: KubeObject;
      readonly owned: readonly KubeObject[];
    }
  | {
      readonly controller: "garbageCollector";
      readonly identity: ObjectIdentity;
      /** Its owners, itself and its dependents, as far as they are there. */
      readonly objects: readonly KubeObject[];
    };

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
  /** Other keys of the queue that are looked at next. */
  readonly woken?: readonly string[];
}

/** What controllers remember beside their queues, by what it is. */
export interface Memories {
  /** By the ReplicaSet's `namespace/name`. */
  readonly expectations: ControlleeExpectations;
  /** By the machine's address. */
  readonly sync: SyncUnderWay;
  /** By controller, when its client may send a whole burst again. */
  readonly client: { readonly restsAtMs: number };
  /** What a controller of endpoints saw of a service in its last sync, by the machine's address. */
  readonly triggerTimes: TriggerTimes;
  /** What a controller knows of a key from one sync to the next, by the machine's address. */
  readonly memory: Memory;
  /** By component, the hosts whose process leads; without leader election nobody asks. */
  readonly leaders: readonly string[];
  /** By component and host, whether it reaches no API server. */
  readonly cutOff: true;
  /** By program of a control plane that boots, whether it answers. */
  readonly serving: true;
  /** By component, what its leader has not heard of since it is cut off. */
  readonly missed: readonly StoreChange[];
  /** By component, whom its leader's process has begun, and who ends with it. */
  readonly begun: readonly Receiver[];
}

export interface SavedControllers {
  readonly running: readonly string[];
  readonly memories: readonly (readonly [kind: string, key: string, memory: unknown])[];
}

/**
 * What a controller's client lets through: the QPS and Burst of kube-controller-manager,
 * pkg/controller/apis/config/v1alpha1/defaults.go.
 */
const client = { intervalMs: 1_000 / 20, burst: 30 };

/** The namespace controller's is chattier; cmd/kube-controller-manager/app/core.go. */
const clients: Readonly<Record<string, typeof client>> = {
  namespace: { intervalMs: client.intervalMs / 20, burst: client.burst * 100 },
};

/** All that the controllers have in memory; whoever keeps it elsewhere overrides two methods. */
export class ControllersSide {
  readonly running: ReadonlySet<string>;
  /** Controllers of somebody's own. */
  custom: CustomControllers = new Map();
  #memories = new Map<string, Map<string, unknown>>();
  #isShared = false;

  constructor(running: Iterable<string> = []) {
    this.running = new Set(running);
  }

  /** Whether a controller that a cluster may do without is there, by its machine. */
  runs(machine: string): boolean {
    return this.running.has(machine);
  }

  /** Whether processes of a component elect who leads. */
  elects(component: string): boolean {
    return this.running.has(electionOf(component));
  }

  /** The hosts of a control plane of which there are several; none when there is one of each. */
  get hosts(): readonly string[] {
    const prefix = `${leaderElection}/`;
    const named = [...this.running].filter((one) => one.startsWith(prefix));
    return named.map((one) => one.slice(prefix.length));
  }

  recall<Kind extends keyof Memories>(kind: Kind, key: string): Memories[Kind] | undefined;
  recall(kind: keyof Memories, key: string): unknown {
    return this.#memories.get(kind)?.get(key);
  }

  /** Undefined forgets it. */
  remember<Kind extends keyof Memories>(
    kind: Kind,
    key: string,
    memory: Memories[Kind] | undefined,
  ): void {
    if (memory === this.#memories.get(kind)?.get(key)) return;
    this.#own();
    const known = this.#memories.get(kind) ?? new Map<string, unknown>();
    if (memory === undefined) known.delete(key);
    else known.set(key, memory);
    this.#memories.set(kind, known);
  }

  /** Of what nothing is awaited any more, nothing is kept: it would count for nobody. */
  setExpectations(key: string, expectations: ControlleeExpectations | undefined): void {
    this.remember("expectations", key, isAwaited(expectations) ? expectations : undefined);
  }

  /** How long a controller's client holds back the last of so many requests, in milliseconds. */
  reserve(controller: string, requests: number, nowMs: number): number {
    const { intervalMs, burst } = clients[controller] ?? client;
    const { restsAtMs = 0 } = this.recall("client", controller) ?? {};
    const nextMs = Math.max(restsAtMs, nowMs) + requests * intervalMs;
    this.remember("client", controller, { restsAtMs: nextMs });
    return Math.max(0, nextMs - nowMs - burst * intervalMs);
  }

  fork(): ControllersSide {
    const copy = new ControllersSide(this.running);
    copy.custom = this.custom;
    copy.#memories = this.#memories;
    copy.#isShared = true;
    this.#isShared = true;
    return copy;
  }

  /** What copies share is copied when one of them writes. */
  #own(): void {
    if (!this.#isShared) return;
    this.#memories = new Map([...this.#memories].map(([kind, known]) => [kind, new Map(known)]));
    this.#isShared = false;
  }

  save(): SavedControllers {
    const memories = [...this.#memories].flatMap(([kind, known]) =>
      [...known].map(([key, memory]) => [kind, key, memory] as const),
    );
    return { running: [...this.running], memories };
  }

  static load({ running, memories: saved }: SavedControllers): ControllersSide {
    const side = new ControllersSide(running);
    const memories = new Map<string, Map<string, unknown>>();
    for (const [kind, key, memory] of saved) {
      memories.set(kind, (memories.get(kind) ?? new Map<string, unknown>()).set(key, memory));
    }
    side.#memories = memories;
    return side;
  }
}

const leaderElection = "leaderElection";

/** What is started so that processes on those hosts elect the leaders of those components. */
export function electing(
  hosts: readonly string[],
  components: readonly string[],
): readonly string[] {
  return [...components.map(electionOf), ...hosts.map((host) => `${leaderElection}/${host}`)];
}

function electionOf(component: string): string {
  return `${leaderElection} of ${component}`;
}

function isAwaited(expectations: ControlleeExpectations | undefined): boolean {
  return expectations !== undefined && (expectations.add > 0 || expectations.del > 0);
}
