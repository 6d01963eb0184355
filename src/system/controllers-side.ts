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
  readonly end?: SyncEnded;
}

export interface SyncEnded {
  readonly error?: string;
  readonly requeueAfterMs?: number;
}

export interface SavedControllers {
  readonly expectations: readonly (readonly [string, ControlleeExpectations])[];
  readonly syncs: readonly (readonly [string, SyncUnderWay])[];
}

/** All that the controllers have in memory beside their queues. */
export class ControllersSide {
  #expectations: ReadonlyMap<string, ControlleeExpectations> = new Map();
  #syncs: ReadonlyMap<string, SyncUnderWay> = new Map();

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

  fork(): ControllersSide {
    const copy = new ControllersSide();
    copy.#expectations = this.#expectations;
    copy.#syncs = this.#syncs;
    return copy;
  }

  save(): SavedControllers {
    return { expectations: [...this.#expectations], syncs: [...this.#syncs] };
  }

  static load({ expectations, syncs }: SavedControllers): ControllersSide {
    const side = new ControllersSide();
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
