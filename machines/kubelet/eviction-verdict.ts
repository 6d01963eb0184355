import { assert } from "../assert.ts";
import {
  type EvictionMessage,
  evicted,
  evictionMessage,
  type PodOfMessage,
} from "./eviction-message.ts";
import type { SignalObservations } from "./eviction-observations.ts";
import type { ThresholdRef } from "./eviction-pass.ts";
import { signalToResource } from "./eviction-signals.ts";
import type { Threshold } from "./eviction-thresholds.ts";
import { thresholdOf } from "./eviction-view.ts";
import type { KillVerdict } from "./kill-verdict.ts";
import {
  exceededStorageLimit,
  type PodOfStorage,
  type StorageLimit,
} from "./local-storage-eviction.ts";
import type { PodStats } from "./node-stats.ts";

/** Why a pod goes: the node is starved, or the pod is over a storage limit of its own. */
export type EvictionCause =
  | { readonly cause: "threshold"; readonly threshold: ThresholdRef }
  | { readonly cause: "limit"; readonly limit: StorageLimit };

/** What the pass that evicts has seen. */
export interface EvictionEvidence {
  readonly thresholds: readonly Threshold[];
  readonly observations: SignalObservations;
  readonly dedicatedImageFs: boolean;
}

/** What is said of an evicted pod, in its status and in the Event. */
export interface EvictionVerdict extends KillVerdict, EvictionMessage {
  readonly reason: typeof evicted;
  readonly message: string;
}

/**
 * The words for an eviction, from what the pass has seen.
 * pkg/kubelet/eviction/eviction_manager.go evictPod
 */
export function evictionVerdict(
  cause: EvictionCause,
  pod: PodOfMessage & PodOfStorage,
  podStats: PodStats | undefined,
  { thresholds, observations, dedicatedImageFs }: EvictionEvidence,
): EvictionVerdict {
  if (cause.cause === "limit") {
    const exceeded = exceededStorageLimit(pod, podStats, dedicatedImageFs);
    assert(exceeded !== undefined, "a pod that goes for a limit exceeds one");
    const { message } = exceeded;
    return { reason: evicted, message, annotations: {} };
  }
  const met = thresholdOf(thresholds, cause.threshold);
  assert(met !== undefined, "a pod goes for a threshold that is configured");
  const resource = signalToResource(met.signal);
  const said = evictionMessage(resource, pod, podStats, [met], observations);
  const disruption = { reason: "TerminationByKubelet", message: said.message };
  return { reason: evicted, ...said, disruption };
}
