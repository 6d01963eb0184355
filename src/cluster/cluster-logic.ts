import type { ActorLogic, ActorScope, EventObject, Snapshot } from "xstate";

import type { KubeObject } from "../../machines/api/meta.ts";
import type { KubeletSetting } from "../manifest/kubelets.ts";
import type { Scenario } from "../manifest/scenario.ts";
import type { Delivery } from "../system/delivery.ts";
import type { SavedSystem } from "../system/save.ts";
import { Cluster, type ClusterOptions, type WatchChange } from "./cluster.ts";

/** What a cluster that is an XState actor understands: kubectl's verbs and the clock's. */
export type ClusterEvent =
  | { readonly type: "apply"; readonly objects: readonly KubeObject[] }
  | {
      readonly type: "delete";
      readonly kind: string;
      readonly key: string;
      readonly gracePeriodSeconds?: number;
    }
  /** One delivery. */
  | { readonly type: "step" }
  /** Everything due until that virtual time, ms. */
  | { readonly type: "advance"; readonly toMs: number }
  /** Until only periodic work is left, at most to that virtual time, ms. */
  | { readonly type: "run"; readonly untilMs: number };

/** What the actor emits while it handles an event. */
export type ClusterEmitted =
  | { readonly type: "delivered"; readonly delivery: Delivery }
  | { readonly type: "changed"; readonly change: WatchChange };

/** The cluster as it stands; each event makes a new one by a fork, the old one stays as it is. */
export type ClusterSnapshot = Snapshot<undefined> & { readonly cluster: Cluster };

/** What the actor begins with; it forks, which live actors and choices of one's own cannot. */
export type ClusterInput = Omit<ClusterOptions, "host" | "choices" | "environment" | "without">;

/** A persisted snapshot: plain JSON, timers, choices and scenario included. */
export interface PersistedCluster {
  readonly saved: SavedSystem;
  readonly scenario: Scenario;
  readonly kubelets: readonly KubeletSetting[];
}

/**
 * A whole cluster as one XState actor: `createActor(clusterLogic, { input: { objects } })`. Time
 * moves only by its events.
 */
export const clusterLogic: ActorLogic<
  ClusterSnapshot,
  ClusterEvent,
  ClusterInput,
  ActorScope<Snapshot<unknown>, EventObject>["system"],
  ClusterEmitted
> = {
  getInitialSnapshot: (_, input) => active(Cluster.create(input)),
  transition: ({ cluster }, event, { emit }) => {
    const next = cluster.fork();
    next.observe((delivery) => emit({ type: "delivered", delivery }));
    next.watch((change) => emit({ type: "changed", change }));
    handle(next, event);
    return active(next.fork());
  },
  getPersistedSnapshot: ({ cluster, status }) => {
    const { scenario, kubelets } = cluster;
    const persisted: PersistedCluster = { saved: cluster.save(), scenario, kubelets };
    return { status, output: undefined, error: undefined, ...persisted };
  },
  restoreSnapshot: (snapshot) => {
    if (!isPersisted(snapshot)) throw new Error("a cluster is restored from what it persisted");
    return active(Cluster.load(snapshot.saved, snapshot.scenario, snapshot.kubelets));
  },
};

function active(cluster: Cluster): ClusterSnapshot {
  return { status: "active", output: undefined, error: undefined, cluster };
}

function handle(cluster: Cluster, event: ClusterEvent): void {
  switch (event.type) {
    case "apply":
      return cluster.apply(event.objects);
    case "delete":
      return cluster.delete(event.kind, event.key, event);
    case "step":
      return void cluster.system.step();
    case "advance":
      return cluster.system.advanceTo(event.toMs);
    case "run":
      return void cluster.run(event.untilMs);
  }
}

function isPersisted(snapshot: object): snapshot is PersistedCluster {
  return "saved" in snapshot && "scenario" in snapshot && "kubelets" in snapshot;
}
