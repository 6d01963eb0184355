import type { SavedControllers } from "./controllers-side.ts";
import type { KubeSchedulerConfiguration } from "../../machines/api/scheduler-configuration.ts";
import type { Pod } from "../../machines/api/pod.ts";
import type { Store } from "../store/store.ts";
import type { EventLog } from "./event-correlator.ts";
import type { NameNumbers } from "./name-numbers.ts";
import type { NodeSide } from "./node-side.ts";
import type { PodSide } from "./pod-side.ts";
import type { SavedProxies } from "./proxies-side.ts";
import type { SavedScheduler } from "./saved-scheduler.ts";

/** A world as plain JSON. */
export interface SavedWorld {
  readonly epochMs: number;
  readonly objects: ReturnType<Store["objects"]>;
  readonly revision: number;
  readonly pods: readonly (readonly [string, PodSide])[];
  readonly nodes: readonly (readonly [string, NodeSide])[];
  readonly logs: readonly (readonly [string, EventLog])[];
  readonly scheduler: SavedScheduler;
  readonly controllers: SavedControllers;
  readonly names: ReturnType<NameNumbers["save"]>;
  readonly proxies: SavedProxies;
  /** Absent: with the defaults. */
  readonly scheduling?: KubeSchedulerConfiguration;
}

export function isSavedWorld(saved: unknown): saved is SavedWorld {
  if (typeof saved !== "object" || saved === null) return false;
  return worldFields.every((field) => field in saved);
}

const worldFields: readonly (keyof SavedWorld)[] = [
  "epochMs",
  "objects",
  "revision",
  "pods",
  "nodes",
  "logs",
  "scheduler",
  "controllers",
  "names",
  "proxies",
];

/** A kubelet's copy is the stored object itself, as long as both are of one revision. */
export function sharing(side: PodSide, stored: Pod | undefined): PodSide {
  if (stored === undefined || stored.metadata.uid !== side.uid) return side;
  const { resourceVersion } = side.pod.metadata;
  return stored.metadata.resourceVersion === resourceVersion ? { ...side, pod: stored } : side;
}
