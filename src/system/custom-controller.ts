import type { AnyStateMachine } from "xstate";

import type { KubeObject } from "../../machines/api/meta.ts";
import type { ApiRequest, Sync, SyncError } from "../../machines/controllers/sync.ts";

/** A controller of one's own, beside those of kube-controller-manager. */
export interface CustomController {
  /**
   * Its chart; its id names its queue, too. It hears `sync.asked`, `step.found` and
   * `calls.answered`, and emits `sync.begun`, `calls.sent`, `answers.taken`, `sync.succeeded` and
   * `sync.failed`.
   */
  readonly machine: AnyStateMachine;
  /** Whose objects it syncs: `example.com/v1` and `Website`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** Kinds of which it has objects; a change of one wakes its owner. */
  readonly owns: readonly string[];
  /** One sync: it yields requests, and goes on with the answers. It may be begun again. */
  readonly reconcile: (seen: SeenByController) => Sync<Reconciliation>;
  /** What its chart calls such requests. */
  readonly step: (requests: readonly ApiRequest[]) => string;
}

/** What its informers know when a sync begins. */
export interface SeenByController {
  readonly object: KubeObject;
  /** Those that it controls, of the kinds that are named. */
  readonly owned: readonly KubeObject[];
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/** How a sync ends; an error brings it back behind the rate limiter. */
export interface Reconciliation {
  readonly error?: SyncError;
}

/** By the ids of their machines. */
export type CustomControllers = ReadonlyMap<string, CustomController>;
