import type { Pod } from "../../machines/api/pod.ts";
import type { ThresholdView } from "../../machines/kubelet/eviction-pass.ts";
import type { PodStats } from "../../machines/kubelet/node-stats.ts";
import type { NodeAmounts } from "./usage-notes.ts";

/** What a node's eviction manager has seen in its last pass, and whom it has evicted in it. */
export interface EvictionNotes {
  /** What was in use. */
  readonly used: NodeAmounts;
  readonly thresholds: readonly ThresholdView[];
  /** The active pods by slot; none where nothing was over a threshold or a limit. */
  readonly pods: readonly PodOfPass[];
  /** Keys. */
  readonly evicted: readonly string[];
  /** Whom the manager waits for. */
  readonly victim?: string;
}

export interface PodOfPass {
  /** `namespace/name`. */
  readonly key: string;
  readonly pod: Pod;
  /** Absent: nothing of it runs. */
  readonly podStats: PodStats | undefined;
}
