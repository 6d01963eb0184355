import type { LabelSelector } from "./label-selector.ts";
import type { KubeObject } from "./meta.ts";

export interface Namespace extends KubeObject {
  readonly kind: "Namespace";
}

/** What gathers pods behind one name. */
export interface Service extends KubeObject {
  readonly kind: "Service";
  readonly spec?: { readonly selector?: Readonly<Record<string, string>> };
}

export interface ReplicationController extends KubeObject {
  readonly kind: "ReplicationController";
  readonly spec?: { readonly selector?: Readonly<Record<string, string>> };
}

export interface ReplicaSet extends KubeObject {
  readonly kind: "ReplicaSet";
  readonly spec?: { readonly selector?: LabelSelector };
}

export interface StatefulSet extends KubeObject {
  readonly kind: "StatefulSet";
  readonly spec?: { readonly selector?: LabelSelector };
}

/** How many pods of a set may be disturbed at once. */
export interface PodDisruptionBudget extends KubeObject {
  readonly kind: "PodDisruptionBudget";
  readonly spec?: { readonly selector?: LabelSelector };
  readonly status?: {
    readonly disruptionsAllowed?: number;
    /** Evicted already, but not seen to be gone; by name. */
    readonly disruptedPods?: Readonly<Record<string, string>>;
  };
}
