import type { Pod } from "../../machines/api/pod.ts";
import type { Deployment, ReplicaSet } from "../../machines/api/workload-objects.ts";
import type { ControlleeExpectations } from "../../machines/controllers/expectations.ts";
import type { ApiAnswer, ApiRequest } from "../../machines/controllers/sync.ts";

/** What a controller's caches held when a sync began, and what has been answered since. */
export interface SyncUnderWay {
  readonly replicaSet?: ReplicaSet;
  readonly deployment?: Deployment;
  readonly replicaSets: readonly ReplicaSet[];
  readonly pods: readonly Pod[];
  readonly expectations?: ControlleeExpectations;
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
}

export interface SavedControllers {
  readonly expectations: readonly (readonly [string, ControlleeExpectations])[];
  readonly syncs: readonly (readonly [string, SyncUnderWay])[];
  readonly clients: readonly (readonly [string, number])[];
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

  /** By the ReplicaSet's `namespace/name`. */
  expectationsOf(key: string): ControlleeExpectations | undefined {
    return this.#expectations.get(key);
  }

  setExpectations(key: string, expectations: ControlleeExpectations | undefined): void {
    if (expectations === this.#expectations.get(key)) return;
    this.#expectations = changed(this.#expectations, key, expectations);
  }

  /** By the machine's address. */
  sync(address: string): SyncUnderWay | undefined {
    return this.#syncs.get(address);
  }

  setSync(address: string, sync: SyncUnderWay | undefined): void {
    this.#syncs = changed(this.#syncs, address, sync);
  }

  /** How long a controller's client holds back the last of so many requests, in milliseconds. */
  reserve(controller: string, requests: number, nowMs: number): number {
    const restedAt = Math.max(this.#clients.get(controller) ?? 0, nowMs);
    const restsAt = restedAt + requests * client.intervalMs;
    this.#clients = changed(this.#clients, controller, restsAt);
    return Math.max(0, restsAt - nowMs - client.burst * client.intervalMs);
  }

  fork(): ControllersSide {
    const copy = new ControllersSide();
    copy.#clients = this.#clients;
    copy.#expectations = this.#expectations;
    copy.#syncs = this.#syncs;
    return copy;
  }

  save(): SavedControllers {
    return {
      expectations: [...this.#expectations],
      syncs: [...this.#syncs],
      clients: [...this.#clients],
    };
  }

  static load({ expectations, syncs, clients }: SavedControllers): ControllersSide {
    const side = new ControllersSide();
    side.#clients = new Map(clients);
    side.#expectations = new Map(expectations);
    side.#syncs = new Map(syncs);
    return side;
  }
}

function changed<Value>(map: ReadonlyMap<string, Value>, key: string, value: Value | undefined) {
  const copy = new Map(map);
  if (value === undefined) copy.delete(key);
  else copy.set(key, value);
  return copy;
}
