import type { PodToEvict } from "./eviction-grace.ts";
import type { ThresholdRef, ThresholdView } from "./eviction-pass.ts";
import type { EvictionSignal, PressureCondition, StarvedResource } from "./eviction-signals.ts";
import type { EvictionCause } from "./eviction-verdict.ts";
import type { PodOverLimit } from "./eviction-view.ts";

/** What an eviction manager is told. */
export type EvictionManagerEvent =
  | { type: "kubelet.started" }
  | {
      type: "stats.observed";
      thresholds: readonly ThresholdView[];
      overLimit: readonly PodOverLimit[];
    }
  | { type: "gracePeriod.ended"; signal: EvictionSignal }
  | { type: "gracePeriod.forgotten"; signal: EvictionSignal }
  | { type: "threshold.chosen"; threshold: ThresholdRef }
  | { type: "unusedContainers.deleted" }
  | { type: "unusedImages.deleted" }
  | { type: "reclaim.measured"; isEnough: boolean }
  | { type: "pods.ranked"; pods: readonly PodToEvict[] }
  | { type: "pod.killed" }
  | { type: "pods.cleanedUp" };

/** What it says: requests, of which each is answered by one event, and what is to be written. */
export type EvictionManagerFact =
  | { type: "stats.requested" }
  | { type: "nodeCondition.changed"; condition: PressureCondition; status: "True" | "False" }
  | { type: "threshold.choiceRequested"; thresholds: readonly ThresholdRef[] }
  | { type: "event.recorded"; reason: "EvictionThresholdMet"; resource: StarvedResource }
  | { type: "event.recorded"; reason: "ExceededGracePeriod"; slot: number }
  | { type: "unusedContainers.deletionRequested" }
  | { type: "unusedImages.deletionRequested" }
  | { type: "reclaim.measureRequested" }
  | { type: "pods.rankRequested"; signal: EvictionSignal }
  | ({ type: "pod.evictionRequested"; slot: number; gracePeriodSeconds: number } & EvictionCause)
  | { type: "podCleanup.requested" };
