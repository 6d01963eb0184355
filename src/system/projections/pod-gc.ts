import { isNode, isPod } from "../../../machines/api/objects.ts";
import { gc } from "../../../machines/controllers/pod-gc/gc.ts";
import type { PodGcStep } from "../../../machines/controllers/pod-gc/pod-gc.machine.ts";
import { addressOf, type Receiver } from "../composition.ts";
import type { Caches, SyncUnderWay } from "../controllers-side.ts";
import type { KubeWorld } from "../world.ts";
import { type ControllerSync, endOfPass } from "./sync-ended.ts";

type PodGcCaches = Extract<Caches, { controller: "podGc" }>;

/** pkg/controller/podgc/config/v1alpha1/defaults.go */
export const terminatedPodThreshold = 12_500;
/** gc_controller.go gcCheckPeriod, quarantineTime */
const gcCheckPeriodMs = 20_000;
const quarantineMs = 40_000;

/** To the next pass, virtual milliseconds; only those are made that may find a pod. */
export function untilGcMs(now: number): number {
  return (gcCheckPeriodMs - (now % gcCheckPeriodMs)) % gcCheckPeriodMs;
}

export function seenPods(world: KubeWorld, receiver: Receiver): PodGcCaches {
  const memory = world.controllers.recall("memory", addressOf(receiver));
  return {
    controller: "podGc",
    pods: world.store.list("Pod").filter(isPod),
    nodes: world.store.list("Node").filter(isNode),
    terminatedPodThreshold,
    quarantine: memory?.of === "podGc" ? memory.quarantine : [],
    quarantineMs,
    epochMs: world.epochMs,
  };
}

export function* syncOfPods(caches: PodGcCaches, nowMs: number): ControllerSync {
  const quarantine = yield* gc({ ...caches, nowMs });
  const dueMs = Math.min(...quarantine.map(({ readyAtMs }) => readyAtMs));
  if (!Number.isFinite(dueMs)) return {};
  const requeueAfterMs = dueMs + untilGcMs(dueMs - caches.epochMs) - nowMs;
  return { requeueAfterMs, memory: { of: "podGc", quarantine } };
}

/** What a pass does next, in the words of its chart. */
export function podGcStep(sync: SyncUnderWay): PodGcStep {
  const [request] = sync.asks;
  if (request === undefined) return endOfPass(sync);
  if (request.verb === "delete") return "delete";
  return request.verb === "get" ? "read" : "mark";
}
